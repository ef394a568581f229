#include "view/changes.h"

#include <string.h>

#include "format/form.h"
#include "format/html.h"
#include "view/caption.h"
#include "view/difference.h"
#include "view/value.h"

enum {
	CUT = 200, /* characters */
	LINE = 60
};

/* What the entries of one list share. */
struct list {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	bool begun;
};

static void
word(const struct list *list, enum word text)
{
	layout_word(list->out, list->mem, list->site, text, NULL, NULL);
}

/* One of the cell's values; a long text cut. */
static void
write_value(const struct list *list, const struct column *column,
    const struct cell *cell, const char *value)
{
	fputs("<bdi class=\"given\">", list->out);
	widget_value(
	    list->out, list->mem, list->site, column, cell, value, CUT);
	fputs("</bdi>", list->out);
}

static void
begin_item(struct list *list)
{
	fputs(list->begun ? "<li>" : "<ul class=\"changes\">\n<li>", list->out);
	list->begun = true;
}

static void
write_named(const struct list *list, enum word name,
    const struct column *column, const struct cell *cell, const char *value)
{
	fputs(" <span>", list->out);
	word(list, name);
	putc(' ', list->out);
	write_value(list, column, cell, value);
	fputs("</span>", list->out);
}

/* Whether before and after are better compared than shown side by side. */
static bool
is_long(const struct column *column, const char *before, const char *after)
{
	return column->text && before != NULL && after != NULL &&
	       (strlen(before) > LINE || strlen(after) > LINE ||
		   strchr(before, '\n') != NULL || strchr(after, '\n') != NULL);
}

static void
write_values(const struct list *list, const struct column *column,
    const struct cell *cell, const struct contest *contest)
{
	const char *after = contest->merge == MERGE_THEIRS || contest->alike
				? cell->theirs
				: cell->value;

	if (contest->base_known && is_long(column, cell->base, after)) {
		fputs("<details><summary>", list->out);
		word(list, WORD_CHANGES_SEE);
		fputs(
		    "</summary><div class=\"lines\" dir=\"auto\">", list->out);
		difference_write(list->out, list->mem, list->site,
		    form_newlines(list->mem, cell->base),
		    form_newlines(list->mem, after));
		fputs("</div></details>", list->out);
		return;
	}
	if (contest->base_known)
		write_named(
		    list, WORD_CHANGES_BEFORE, column, cell, cell->base);
	write_named(list, WORD_CHANGES_NOW, column, cell, after);
}

static void
write_item(struct list *list, const struct column *column,
    const struct cell *cell, const struct contest *contest)
{
	enum word what = WORD_CHANGES_THEIRS;

	if (contest->joined)
		what = WORD_CHANGES_JOINED;
	else if (contest->alike)
		what = WORD_CHANGES_ALIKE;
	else if (contest->merge == MERGE_MINE)
		what = WORD_CHANGES_MINE;
	begin_item(list);
	fputs("<b dir=\"auto\">", list->out);
	html_text(list->out, caption_column(list->mem, column).label);
	fputs("</b>: ", list->out);
	word(list, what);
	write_values(list, column, cell, contest);
	fputs("</li>\n", list->out);
}

/* Whether the table has columns that this person does not see, other than what
 * only counts versions. */
static bool
has_unseen(const struct scope *scope)
{
	for (size_t i = 0; i < scope->table->n_columns; i++)
		if (!scope->read[i] && value_shown(scope->table, i))
			return true;
	return false;
}

bool
changes_write(FILE *out, struct mem *mem, const struct site *site,
    const struct scope *scope, const struct cell *cells,
    const struct contest *contests)
{
	struct list list = { .out = out, .mem = mem, .site = site };
	bool theirs = false, told = true;

	for (size_t i = 0; i < scope->table->n_columns; i++) {
		const struct contest *contest = &contests[i];

		if (!value_shown(scope->table, i) || !scope->read[i])
			continue;
		told = told && !contest->blind;
		theirs = theirs || contest->merge == MERGE_THEIRS ||
			 contest->merge == MERGE_DISPUTE || contest->alike ||
			 contest->joined;
		if (contest->merge == MERGE_DISPUTE ||
		    (contest->merge == MERGE_SAME && !contest->alike))
			continue;
		write_item(
		    &list, &scope->table->columns[i], &cells[i], contest);
	}
	if (!theirs && told) {
		begin_item(&list);
		word(&list, has_unseen(scope) ? WORD_CHANGES_UNSEEN
					      : WORD_CHANGES_NOTHING);
		fputs("</li>\n", out);
	}
	if (list.begun)
		fputs("</ul>\n", out);
	return list.begun;
}
