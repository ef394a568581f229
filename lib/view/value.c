#include "view/value.h"

#include <string.h>

#include "format/html.h"
#include "view/people.h"
#include "view/typing.h"

enum {
	BYTES_SHOWN = 1000,
	KILO = 1000,
	KILOS_FROM = 10000,
	MEGA = 1000000
};

bool
value_shown(const struct table *table, size_t column)
{
	const struct column *c = &table->columns[column];

	if (c->key_part > 0)
		return true;
	if (c->kept)
		return false;
	return table->version == NULL || table->version_column != column;
}

size_t
value_bytes(const char *text)
{
	return strncmp(text, "\\x", 2) == 0 ? (strlen(text) - 2) / 2 : 0;
}

char *
value_size(struct mem *mem, const struct site *site, size_t bytes)
{
	const char *args[3] = { NULL };
	enum word unit = WORD_BYTES;

	if (bytes >= MEGA) {
		unit = WORD_MEGABYTES;
		args[0] = number_show(mem, site->language,
		    mem_printf(mem, "%zu.%zu", bytes / MEGA,
			bytes % MEGA / (MEGA / 10)));
	} else if (bytes >= KILOS_FROM) {
		unit = WORD_KILOBYTES;
		args[0] = mem_printf(mem, "%zu", bytes / KILO);
	} else {
		args[0] = mem_printf(mem, "%zu", bytes);
	}
	return words_fill(mem, site->language, unit, args);
}

static void
write_mark(FILE *out, const struct site *site, enum word word)
{
	fputs("<span class=\"none\">", out);
	html_text(out, words_text(site->language, word));
	fputs("</span>", out);
}

/* The place behind at most n characters of UTF-8. */
static size_t
prefix(const char *text, size_t n)
{
	size_t at = 0;

	while (text[at] != '\0') {
		bool begins = ((unsigned char)text[at] & 0xc0) != 0x80;

		if (begins && n-- == 0)
			break;
		at++;
	}
	return at;
}

void
value_write(FILE *out, struct mem *mem, const struct site *site,
    const struct column *column, const char *value, size_t cut)
{
	size_t end;

	if (value == NULL) {
		write_mark(out, site, WORD_NO_VALUE);
	} else if (*value == '\0' || (strcmp(column->base, "bytea") == 0 &&
					 strcmp(value, "\\x") == 0)) {
		write_mark(out, site, WORD_EMPTY);
	} else if (column->json == COLUMN_BOOL &&
		   (strcmp(value, "t") == 0 || strcmp(value, "f") == 0)) {
		html_text(out, words_text(site->language,
				   *value == 't' ? WORD_YES : WORD_NO));
	} else if (strcmp(column->base, "bytea") == 0 &&
		   value_bytes(value) > (cut > 0 ? cut / 2 : BYTES_SHOWN)) {
		html_text(out, value_size(mem, site, value_bytes(value)));
	} else {
		value = column->author
			    ? people_show(site, value)
			    : typing_show(mem, site->language, column, value);
		end = cut > 0 ? prefix(value, cut) : strlen(value);
		html_text(out, mem_copy(mem, value, end));
		if (value[end] != '\0')
			fputs("\xe2\x80\xa6", out);
	}
}
