#include "view/dispute.h"

#include <string.h>

#include "format/form.h"
#include "format/hash.h"
#include "format/html.h"
#include "view/caption.h"
#include "view/difference.h"
#include "view/places.h"

char *
dispute_id(struct mem *mem, const struct column *column)
{
	return mem_printf(mem, "%s-dispute", widget_id(mem, column));
}

char *
dispute_held(struct mem *mem, const char *value)
{
	return value != NULL ? hash_text(mem, value, strlen(value)) : "";
}

static void
write_wrong(const struct disputed *f)
{
	if (f->contest->wrong == WORD_NONE)
		return;
	fputs("<p class=\"error\"", f->page->out);
	html_attr(
	    f->page->out, "id", mem_printf(f->page->mem, "%s-wrong", f->id));
	putc('>', f->page->out);
	option_word(f, f->contest->wrong);
	fputs("</p>\n", f->page->out);
}

/* Whether theirs is too long to be shown beside mine. */
static bool
is_long(const struct disputed *f)
{
	return f->column->text && f->cell->theirs != NULL &&
	       f->cell->value != NULL && strchr(f->cell->theirs, '\n') != NULL;
}

static void
write_before(const struct disputed *f)
{
	FILE *out = f->page->out;

	if (!f->contest->base_known || f->contest->hunks.n > 0 || is_long(f))
		return;
	fputs("<p class=\"before\">", out);
	option_word(f, WORD_CONFLICT_BEFORE);
	fputs(" <bdi class=\"given\">", out);
	widget_value(out, f->page->mem, f->page->site, f->column, f->cell,
	    f->cell->base, 0);
	fputs("</bdi></p>\n", out);
}

/* What is saved now; of a long text where it differs from what was typed. */
static void
write_theirs(const struct disputed *f, const char *id)
{
	struct mem *mem = f->page->mem;
	FILE *out = f->page->out;

	if (is_long(f)) {
		fputs("<p class=\"whose\">", out);
		option_word(f, WORD_CONFLICT_COMPARED);
		fputs("</p>\n<div class=\"lines\" dir=\"auto\"", out);
		html_attr(out, "id", id);
		putc('>', out);
		difference_write(out, mem, f->page->site, f->cell->value,
		    form_newlines(mem, f->cell->theirs));
		fputs("</div>\n", out);
		return;
	}
	fputs("<p class=\"offer\"", out);
	html_attr(out, "id", id);
	fputs("><bdi class=\"given\">", out);
	widget_value(
	    out, mem, f->page->site, f->column, f->cell, f->cell->theirs, 0);
	fputs("</bdi></p>\n", out);
}

/* The whole field: theirs or mine. */
static void
write_whole(const struct disputed *f)
{
	struct mem *mem = f->page->mem;
	FILE *out = f->page->out;
	struct option option = {
		.name = mem_printf(mem, "_choice.%s", f->name),
		.value = "theirs",
		.id = mem_printf(mem, "%s-take", f->id),
		.label = WORD_CONFLICT_THEIRS,
		.checked = f->contest->choice == CHOICE_THEIRS,
		.required = true,
		.described = mem_printf(mem, "%s-theirs", f->id),
	};

	option_write(f, &option);
	write_theirs(f, option.described);
	option.value = "mine";
	option.id = mem_printf(mem, "%s-keep", f->id);
	option.label = WORD_CONFLICT_MINE;
	option.checked = f->contest->choice == CHOICE_MINE;
	option.described = NULL;
	option_write(f, &option);
	fputs("<div class=\"offer\">\n", out);
	widget_write(out, mem, f->page->site, f->column, f->cell);
	fputs("</div>\n", out);
	html_hidden(out, mem_printf(mem, "_held.%s", f->name),
	    dispute_held(mem, f->cell->value));
}

static void
write_base(const struct disputed *f)
{
	struct mem *mem = f->page->mem;

	if (!f->contest->base_known || !f->contest->base_whole)
		return;
	if (f->cell->base != NULL)
		html_hidden(f->page->out, mem_printf(mem, "_base.%s", f->name),
		    f->cell->base);
	else
		html_hidden(f->page->out,
		    mem_printf(mem, "_basenull.%s", f->name), "1");
}

void
dispute_write(const struct dispute *page, const struct column *column,
    const struct cell *cell, const struct contest *contest)
{
	const struct disputed f = { .page = page,
		.column = column,
		.cell = cell,
		.contest = contest,
		.name = widget_name(page->mem, column),
		.id = widget_id(page->mem, column) };

	fputs("<fieldset class=\"dispute\"", page->out);
	html_attr(page->out, "id", dispute_id(page->mem, column));
	fputs(" tabindex=\"-1\"", page->out);
	if (contest->wrong != WORD_NONE)
		html_attr(page->out, "aria-describedby",
		    mem_printf(page->mem, "%s-wrong", f.id));
	fputs(">\n<legend dir=\"auto\">", page->out);
	html_text(page->out, caption_column(page->mem, column).label);
	fputs("</legend>\n", page->out);
	write_wrong(&f);
	write_before(&f);
	if (contest->hunks.n > 0)
		places_write(&f);
	else
		write_whole(&f);
	write_base(&f);
	fputs("</fieldset>\n", page->out);
}
