#include "view/conflict.h"

#include <string.h>

#include "format/html.h"
#include "view/caption.h"
#include "view/control.h"
#include "view/dispute.h"
#include "view/keep.h"
#include "view/people.h"
#include "view/post.h"
#include "view/reference.h"
#include "view/upload.h"
#include "view/value.h"
#include "view/was.h"
#include "view/way.h"

/* What the parts of one page share. */
struct sheet {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct conflict_page *page;
	const char *row; /* URL behind base */
};

static bool
is_control(const struct sheet *s, size_t i)
{
	const struct scope *scope = s->page->scope;

	return (scope->rights & RIGHT_UPDATE) != 0 && scope->read[i] &&
	       scope->update[i];
}

static bool
is_disputed(const struct sheet *s, size_t i)
{
	return is_control(s, i) && s->page->contests[i].merge == MERGE_DISPUTE;
}

static bool
any_disputed(const struct sheet *s)
{
	for (size_t i = 0; i < s->page->scope->table->n_columns; i++)
		if (is_disputed(s, i))
			return true;
	return false;
}

void
conflict_who(FILE *out, struct mem *mem, const struct site *site,
    enum conflict_kind kind, const struct row *row)
{
	static const struct {
		enum word by, at, somebody;
	} words[] = {
		[CONFLICT_CHANGED] = { WORD_STALE_BY, WORD_STALE_AT,
		    WORD_STALE_SOMEBODY },
		[CONFLICT_EXISTS] = { WORD_EXISTS_BY, WORD_EXISTS_AT,
		    WORD_EXISTS_SOMEBODY },
		[CONFLICT_OPEN] = { WORD_CONFLICT_OPEN, WORD_CONFLICT_OPEN,
		    WORD_CONFLICT_OPEN },
	};

	const char *by = row->changed_by, *at = row->changed_at;

	if (by != NULL && at != NULL && kind == CONFLICT_CHANGED &&
	    site->account != NULL && strcmp(by, site->account) == 0)
		layout_word(out, mem, site, WORD_STALE_SELF, at, NULL);
	else if (by != NULL && at != NULL)
		layout_word(
		    out, mem, site, words[kind].by, people_show(site, by), at);
	else if (at != NULL)
		layout_word(out, mem, site, words[kind].at, at, NULL);
	else
		layout_word(out, mem, site, words[kind].somebody, NULL, NULL);
}

/* The cell as it is to be shown. */
static struct cell
cell_of(const struct sheet *s, size_t i)
{
	const struct table *table = s->page->scope->table;
	struct cell cell = s->page->cells[i];

	if (cell.theirs != NULL && strcmp(table->columns[i].base, "bytea") == 0)
		cell.link = upload_link(
		    s->mem, table, s->page->row->key, &table->columns[i]);
	return cell;
}

/* Links to the disputed fields. */
static void
write_links(const struct sheet *s)
{
	const struct table *table = s->page->scope->table;

	fputs("<ul>\n", s->out);
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];

		if (!is_disputed(s, i))
			continue;
		fputs("<li><a", s->out);
		html_attr(s->out, "href",
		    mem_printf(s->mem, "#%s", dispute_id(s->mem, column)));
		putc('>', s->out);
		html_text(s->out, caption_column(s->mem, column).label);
		fputs("</a></li>\n", s->out);
	}
	fputs("</ul>\n", s->out);
}

static void
write_notice(const struct sheet *s)
{
	fputs("<div class=\"notice\" role=\"alert\">\n", s->out);
	fputs("<p>", s->out);
	conflict_who(s->out, s->mem, s->site, s->page->kind, s->page->row);
	fputs("</p>\n", s->out);
	if (any_disputed(s)) {
		layout_paragraph(
		    s->out, s->mem, s->site, WORD_CONFLICT_DECIDE, NULL);
		write_links(s);
	} else {
		layout_paragraph(
		    s->out, s->mem, s->site, WORD_CONFLICT_FITS, NULL);
	}
	fputs("</div>\n", s->out);
}

static void
write_settled(const struct sheet *s)
{
	struct text *list = mem_text_open(s->mem);

	if (s->page->kind == CONFLICT_EXISTS ||
	    !changes_write(list->out, s->mem, s->site, s->page->scope,
		s->page->cells, s->page->contests))
		return;
	mem_text(list);
	fputs("<section class=\"settled\">\n", s->out);
	layout_heading(s->out, s->site, WORD_CONFLICT_SETTLED);
	fwrite(list->at, 1, list->len, s->out);
	fputs("</section>\n", s->out);
}

static void
write_disputes(const struct sheet *s)
{
	const struct table *table = s->page->scope->table;
	const struct dispute dispute = { .out = s->out,
		.mem = s->mem,
		.site = s->site,
		.by = people_show(s->site, s->page->row->changed_by) };

	if (!any_disputed(s))
		return;
	layout_heading(s->out, s->site, WORD_CONFLICT_YOURS);
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct cell cell = cell_of(s, i);

		if (is_disputed(s, i))
			dispute_write(&dispute, &table->columns[i], &cell,
			    &s->page->contests[i]);
	}
	layout_heading(s->out, s->site, WORD_CONFLICT_REST);
}

/* A column without a control; what it holds goes along. */
static void
write_shown(
    const struct sheet *s, const struct column *column, const struct cell *cell)
{
	widget_show_cell(s->out, s->mem, s->site, column, cell);
	was_write(s->out, s->mem, widget_name(s->mem, column), cell->was,
	    cell->whole);
}

static void
write_rest(const struct sheet *s)
{
	const struct scope *scope = s->page->scope;

	for (size_t i = 0; i < scope->table->n_columns; i++) {
		const struct column *column = &scope->table->columns[i];
		const struct cell cell = cell_of(s, i);

		if (is_disputed(s, i))
			continue;
		if (is_control(s, i))
			widget_write(s->out, s->mem, s->site, column, &cell);
		else if (scope->read[i] && value_shown(scope->table, i))
			write_shown(s, column, &cell);
	}
}

/* Ahead of a search's button, so that Enter does not press that. */
static void
write_enter(const struct sheet *s)
{
	const struct table *table = s->page->scope->table;

	for (size_t i = 0; i < table->n_columns; i++)
		if (is_control(s, i) &&
		    control_choose(&table->columns[i], &s->page->cells[i]) ==
			CONTROL_PICKER) {
			reference_enter(s->out, s->site, WORD_SAVE);
			return;
		}
}

static enum word
title_of(enum conflict_kind kind)
{
	static const enum word titles[] = {
		[CONFLICT_CHANGED] = WORD_STALE_TITLE,
		[CONFLICT_EXISTS] = WORD_EXISTS_TITLE,
		[CONFLICT_OPEN] = WORD_CONFLICT_OPEN_TITLE,
	};

	return titles[kind];
}

void
conflict_page(FILE *out, struct mem *mem, const struct site *site,
    const struct conflict_page *page)
{
	const struct table *table = page->scope->table;
	const struct sheet s = {
		.out = out,
		.mem = mem,
		.site = site,
		.page = page,
		.row = table_row_url(mem, table, page->row->key),
	};

	post_page(out, mem, site, table,
	    words_text(site->language, title_of(page->kind)), page->label,
	    way_row(mem, site, table, page->row->key));
	write_notice(&s);
	write_settled(&s);
	post_begin(out, mem, site, s.row, page->row->state);
	html_hidden(out, "_conflict", "1");
	write_enter(&s);
	write_disputes(&s);
	write_rest(&s);
	fputs("<p class=\"actions\">\n", out);
	post_submit(out, site, NULL, NULL, WORD_SAVE);
	layout_link(out, site, "button",
	    way_row(mem, site, table, page->row->key), WORD_DISCARD_MINE);
	putc('\n', out);
	keep_write(out, site, page->variant, true);
	fputs("</p>\n</form>\n", out);
	layout_end(out, site);
}
