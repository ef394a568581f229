#include "view/grid.h"

#include "format/html.h"
#include "view/caption.h"
#include "view/dispute.h"
#include "view/shortlist.h"
#include "view/value.h"
#include "view/was.h"

/* What the parts of one page share. */
struct sheet {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct several_page *page;
	const bool *others; /* by column: shown as it is */
	size_t room;	    /* for long texts (view/was) */
	bool focused;
};

/* The columns of the list that are not edited, and that the label does not say
 * already. */
static bool *
other_columns(struct mem *mem, const struct several_page *page)
{
	const struct scope *scope = page->scope;
	const struct label_rule label = table_label(mem, scope);
	bool *others = shortlist(mem, scope);

	for (size_t p = 0; p < label.n; p++)
		if (label.parts[p].text == NULL && (label.joined || p == 0))
			others[label.parts[p].column] = false;
	for (size_t i = 0; i < scope->table->n_columns; i++)
		others[i] = others[i] && !page->columns[i];
	return others;
}

/* What a part of a control's form is called. */
static char *
part_name(
    struct sheet *s, const char *part, size_t n, const struct column *column)
{
	return mem_printf(s->mem, "%s.%s", part,
	    several_name(s->mem, n, widget_name(s->mem, column)));
}

static void
write_option(struct sheet *s, const char *name, const char *value,
    enum word label, bool checked)
{
	fputs("<p class=\"option\"><label><input type=\"radio\" required",
	    s->out);
	html_attr(s->out, "name", name);
	html_attr(s->out, "value", value);
	html_flag(s->out, "checked", checked);
	putc('>', s->out);
	html_text(s->out, words_text(s->site->language, label));
	fputs("</label></p>\n", s->out);
}

/* Both sides changed the value: which of the two counts? */
static void
write_choice(struct sheet *s, size_t n, size_t i)
{
	const struct several_row *row = &s->page->rows[n];
	const struct column *column = &s->page->scope->table->columns[i];
	const struct cell *cell = &row->cells[i];
	const struct contest *contest = &row->contests[i];
	const char *name = part_name(s, "_choice", n, column);

	several_before(s->out, s->mem, s->site, s->page, row, i);
	fputs("<fieldset class=\"which\">\n<legend class=\"aloud\">", s->out);
	html_text(s->out, several_caption(s->mem, row, column));
	fputs("</legend>\n", s->out);
	write_option(s, name, "theirs", WORD_CONFLICT_THEIRS,
	    contest->choice == CHOICE_THEIRS);
	write_option(s, name, "mine", WORD_CONFLICT_MINE,
	    contest->choice == CHOICE_MINE);
	fputs("</fieldset>\n", s->out);
	html_hidden(s->out, part_name(s, "_held", n, column),
	    dispute_held(s->mem, cell->value));
	if (!contest->base_known || !contest->base_whole)
		return;
	if (cell->base != NULL)
		html_hidden(
		    s->out, part_name(s, "_base", n, column), cell->base);
	else
		html_hidden(s->out, part_name(s, "_basenull", n, column), "1");
}

static void
write_control(struct sheet *s, size_t n, size_t i)
{
	const struct several_row *row = &s->page->rows[n];
	const struct column *column = &s->page->scope->table->columns[i];
	const struct contest *contest =
	    row->contests != NULL ? &row->contests[i] : NULL;
	bool disputed = contest != NULL && contest->merge == MERGE_DISPUTE;
	struct cell cell = row->cells[i];
	const struct widget_place place = {
		.name = several_name(s->mem, n, widget_name(s->mem, column)),
		.id =
		    mem_printf(s->mem, "r%zu%s", n, widget_id(s->mem, column)),
		.label = several_caption(s->mem, row, column),
	};

	cell.whole = cell.hashed || was_whole(column, cell.was, &s->room);
	cell.show_theirs = cell.show_theirs || disputed;
	if (disputed && contest->wrong != WORD_NONE)
		cell.error = words_text(s->site->language, contest->wrong);
	cell.focus = !s->focused && (cell.focus || cell.error != NULL);
	s->focused = s->focused || cell.focus;
	widget_write_at(s->out, s->mem, s->site, column, &cell, &place);
	if (disputed)
		write_choice(s, n, i);
	if (contest != NULL && contest->joined) {
		fputs("<p class=\"theirs\">", s->out);
		html_text(
		    s->out, words_text(s->site->language, WORD_CHANGES_JOINED));
		fputs("</p>\n", s->out);
	}
}

static void
begin_cell(struct sheet *s, size_t i, const char *tag)
{
	fputs(tag, s->out);
	html_attr(s->out, "data-label",
	    caption_column(s->mem, &s->page->scope->table->columns[i]).label);
	putc('>', s->out);
}

static void
write_cells(struct sheet *s, size_t n)
{
	const struct several_page *page = s->page;
	size_t n_columns = page->scope->table->n_columns;
	const struct row *row = page->rows[n].row;

	for (size_t i = 0; i < n_columns; i++) {
		if (!page->columns[i])
			continue;
		begin_cell(s, i, "<td class=\"edited\"");
		write_control(s, n, i);
		fputs("</td>\n", s->out);
	}
	for (size_t i = 0; i < n_columns; i++) {
		if (!s->others[i])
			continue;
		begin_cell(s, i, "<td dir=\"auto\"");
		if (row != NULL)
			several_value(
			    s->out, s->mem, s->site, page, i, row->values[i]);
		fputs("</td>\n", s->out);
	}
}

/* The text of a row that is no more. */
static void
write_typed(struct sheet *s, size_t n)
{
	const struct table *table = s->page->scope->table;
	const struct cell *cells = s->page->rows[n].cells;
	size_t span = 0;

	for (size_t i = 0; i < table->n_columns; i++)
		span += s->page->columns[i] + s->others[i];
	fprintf(s->out, "<td class=\"typed\" colspan=\"%zu\">\n", span);
	layout_paragraph(s->out, s->mem, s->site, WORD_ROW_GONE_TYPED, NULL);
	fputs("<dl>\n", s->out);
	for (size_t i = 0; i < table->n_columns; i++) {
		if (!s->page->columns[i] || !cells[i].touched)
			continue;
		fputs("<dt dir=\"auto\">", s->out);
		html_text(
		    s->out, caption_column(s->mem, &table->columns[i]).label);
		fputs("</dt>\n<dd class=\"value\" dir=\"auto\">", s->out);
		value_write(s->out, s->mem, s->site, &table->columns[i],
		    cells[i].value, 0);
		fputs("</dd>\n", s->out);
	}
	fputs("</dl>\n</td>\n", s->out);
}

void
grid_page(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page)
{
	struct sheet s = {
		.out = out,
		.mem = mem,
		.site = site,
		.page = page,
		.others = other_columns(mem, page),
		.room = WAS_ROOM,
	};
	const char *const table[3] = {
		caption_table(mem, page->scope->table).label
	};

	several_begin(out, mem, site, page,
	    page->again
		? words_text(site->language, WORD_SEVERAL_TITLE)
		: words_fill(mem, site->language, WORD_EDIT_TITLE, table));
	several_form(out, mem, site, page);
	several_table(out, mem, site, page, s.others, false);
	for (size_t n = 0; n < page->n; n++) {
		fputs("<tr>\n", out);
		several_label(out, mem, site, page, n);
		if (page->rows[n].fate == SEVERAL_GONE)
			write_typed(&s, n);
		else
			write_cells(&s, n);
		fputs("</tr>\n", out);
	}
	several_end(out, site, page);
	layout_end(out, site);
}
