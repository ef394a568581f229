#include "view/room.h"

#include <string.h>

#include "format/html.h"
#include "view/value.h"

enum {
	REST = 16 /* that part of the limit is for a form's other parts */
};

size_t
room_of(const struct site *site)
{
	return site->limit - site->limit / REST;
}

/* As it is sent: every line break takes two bytes. */
static size_t
size_of(const struct cell *cell)
{
	size_t size = 0;

	for (const char *at = cell->value; at != NULL && *at != '\0'; at++)
		size += *at == '\n' ? 2 : 1;
	return size;
}

bool
room_tight(const struct site *site, const struct cell *cell)
{
	return size_of(cell) > room_of(site) / 2;
}

static char *
sentence(
    struct mem *mem, const struct site *site, enum word word, const char *size)
{
	const char *args[3] = { size, value_size(mem, site, room_of(site)),
		NULL };

	return words_fill(mem, site->language, word, args);
}

void
room_write(const struct field *f)
{
	size_t size = size_of(f->cell);
	bool over = size > room_of(f->site);

	fputs(over ? "<p class=\"error\"" : "<p class=\"help\"", f->out);
	html_attr(f->out, "id", mem_printf(f->mem, "%s-room", f->id));
	putc('>', f->out);
	html_text(f->out,
	    sentence(f->mem, f->site, over ? WORD_ROOM_OVER : WORD_ROOM_TAKES,
		value_size(f->mem, f->site, size)));
	fputs("</p>\n", f->out);
}

void
room_form(FILE *out, struct mem *mem, const struct site *site)
{
	html_attr(out, "data-room", mem_printf(mem, "%zu", room_of(site)));
	html_attr(
	    out, "data-takes", sentence(mem, site, WORD_ROOM_TAKES, "%1"));
	html_attr(out, "data-over", sentence(mem, site, WORD_ROOM_OVER, "%1"));
}
