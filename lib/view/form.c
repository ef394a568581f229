#include "view/form.h"

#include <string.h>

#include "format/html.h"
#include "view/caption.h"
#include "view/control.h"
#include "view/error.h"
#include "view/keep.h"
#include "view/people.h"
#include "view/post.h"
#include "view/readonly.h"
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
	const struct form_page *page;
	const char *row; /* URL behind base, or NULL: a new one */
	const char *list;
};

static void
word(const struct sheet *s, enum word text)
{
	layout_word(s->out, s->mem, s->site, text, NULL, NULL);
}

static bool
can_create(const struct form_page *page)
{
	return (page->scope->rights & RIGHT_CREATE) != 0;
}

static bool
is_control(const struct form_page *page, size_t i)
{
	const struct scope *scope = page->scope;

	if (page->creates)
		return can_create(page) && scope->insert[i];
	return (scope->rights & RIGHT_UPDATE) != 0 && scope->read[i] &&
	       scope->update[i];
}

/* A column without a control is shown, but for an empty one of a new row. */
static bool
is_shown(const struct form_page *page, size_t i)
{
	return page->scope->read[i] && value_shown(page->scope->table, i) &&
	       (!page->creates || page->cells[i].value != NULL);
}

static const char *
title_of(const struct sheet *s)
{
	static const enum word titles[] = {
		[FORM_EDIT] = WORD_OPEN,
		[FORM_NEW] = WORD_NEW_ROW,
		[FORM_INVALID] = WORD_INVALID_TITLE,
		[FORM_GONE] = WORD_GONE_TITLE,
	};

	if (s->page->mode == FORM_EDIT && s->page->label != NULL)
		return s->page->label;
	return words_text(s->site->language, titles[s->page->mode]);
}

/* Links to the fields to look at. Returns whether there are any. */
static bool
write_links(const struct sheet *s)
{
	const struct form_page *page = s->page;
	const struct table *table = page->scope->table;
	bool any = false;

	for (size_t i = 0; i < table->n_columns; i++) {
		const struct cell *cell = &page->cells[i];

		if (!is_control(page, i) || cell->error == NULL)
			continue;
		fputs(any ? "<li><a" : "<ul>\n<li><a", s->out);
		html_attr(s->out, "href",
		    mem_printf(
			s->mem, "#%s", widget_id(s->mem, &table->columns[i])));
		putc('>', s->out);
		html_text(
		    s->out, caption_column(s->mem, &table->columns[i]).label);
		fputs(": ", s->out);
		html_text(s->out, cell->error);
		fputs("</a></li>\n", s->out);
		any = true;
	}
	if (any)
		fputs("</ul>\n", s->out);
	return any;
}

static void
write_fault(const struct sheet *s)
{
	const struct fault *fault = s->page->fault;
	const struct column *column =
	    fault->column != NULL
		? table_column(s->page->scope->table, fault->column)
		: NULL;

	fputs("<p class=\"error\">", s->out);
	if (fault->column != NULL) {
		html_text(s->out, column != NULL
				      ? caption_column(s->mem, column).label
				      : caption_name(s->mem, fault->column));
		fputs(": ", s->out);
	}
	html_text(s->out, error_sentence(s->mem, s->site, fault));
	fputs("</p>\n", s->out);
}

static void
write_notice(const struct sheet *s)
{
	enum form_mode mode = s->page->mode;

	if ((mode == FORM_EDIT || mode == FORM_NEW) && s->page->lost == NULL)
		return;
	fputs("<div class=\"notice\" role=\"alert\">\n", s->out);
	if (mode == FORM_GONE)
		layout_paragraph(s->out, s->mem, s->site,
		    can_create(s->page) ? WORD_GONE_TEXT : WORD_GONE_NO_RIGHT,
		    NULL);
	if (mode == FORM_INVALID)
		layout_paragraph(
		    s->out, s->mem, s->site, WORD_INVALID_TEXT, NULL);
	if (mode == FORM_INVALID && !write_links(s) && s->page->fault != NULL &&
	    s->page->fault->message != WORD_F_LOST)
		write_fault(s);
	if (s->page->lost != NULL)
		layout_paragraph(
		    s->out, s->mem, s->site, WORD_F_LOST, s->page->lost);
	fputs("</div>\n", s->out);
}

static void
write_changed(const struct sheet *s)
{
	const struct form_page *page = s->page;

	if (page->mode != FORM_EDIT || page->changed_at == NULL)
		return;
	fputs("<p class=\"changed\"", s->out);
	html_attr(s->out, "data-at", page->changed_at);
	if (page->changed_by != NULL)
		html_attr(
		    s->out, "data-by", people_show(s->site, page->changed_by));
	putc('>', s->out);
	people_changed(
	    s->out, s->mem, s->site, page->changed_by, page->changed_at);
	fputs("</p>\n", s->out);
}

/* What a save was merged with. */
static void
write_merged(const struct sheet *s)
{
	const struct form_merged *merged = s->page->merged;
	const struct table *table = s->page->scope->table;
	bool begun = false;

	for (size_t i = 0; merged != NULL && i < table->n_columns; i++) {
		if (!merged->columns[i])
			continue;
		if (!begun) {
			fputs("<div class=\"note\" role=\"status\">\n<p>",
			    s->out);
			layout_word(s->out, s->mem, s->site,
			    merged->by != NULL && merged->at != NULL
				? WORD_MERGED_BY
				: WORD_MERGED,
			    people_show(s->site, merged->by), merged->at);
			fputs("</p>\n<ul>\n", s->out);
			begun = true;
		}
		fputs("<li>", s->out);
		html_text(
		    s->out, caption_column(s->mem, &table->columns[i]).label);
		fputs("</li>\n", s->out);
	}
	if (begun)
		fputs("</ul>\n</div>\n", s->out);
}

static void
write_saved(const struct sheet *s)
{
	if (!s->page->saved)
		return;
	fputs("<p class=\"note saved\" role=\"status\">", s->out);
	word(s, WORD_SAVED);
	fputs("</p>\n", s->out);
}

static bool
can_save(const struct form_page *page)
{
	for (size_t i = 0; i < page->scope->table->n_columns; i++)
		if (is_control(page, i))
			return true;
	return page->creates && can_create(page);
}

/* What a column without a control held goes along, so that a change of it can
 * be told. */
static void
carry(const struct sheet *s, const struct column *column, struct cell *cell,
    size_t *room)
{
	if (s->page->creates || !can_save(s->page))
		return;
	cell->whole = cell->hashed || was_whole(column, cell->was, room);
	was_write(s->out, s->mem, widget_name(s->mem, column), cell->was,
	    cell->whole);
}

static void
write_fields(const struct sheet *s)
{
	const struct form_page *page = s->page;
	const struct table *table = page->scope->table;
	bool focused = false;
	size_t room = WAS_ROOM;

	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];
		struct cell cell = page->cells[i];

		if (page->key != NULL && cell.was != NULL &&
		    strcmp(column->base, "bytea") == 0)
			cell.link =
			    upload_link(s->mem, table, page->key, column);
		if (is_control(page, i)) {
			cell.whole =
			    cell.hashed || was_whole(column, cell.was, &room);
			cell.focus =
			    !focused && (cell.focus || cell.error != NULL);
			focused = focused || cell.focus;
			widget_write(s->out, s->mem, s->site, column, &cell);
		} else if (is_shown(page, i)) {
			widget_show_cell(
			    s->out, s->mem, s->site, column, &cell);
			carry(s, column, &cell, &room);
		}
	}
}

/* What the form's own button does. */
static enum word
submit_word(const struct form_page *page)
{
	if (page->mode == FORM_GONE)
		return WORD_CREATE_AGAIN;
	return page->creates ? WORD_CREATE : WORD_SAVE;
}

/* Ahead of a search's button, so that Enter does not press that. */
static void
write_enter(const struct sheet *s)
{
	const struct form_page *page = s->page;

	for (size_t i = 0; i < page->scope->table->n_columns; i++)
		if (is_control(page, i) &&
		    control_choose(&page->scope->table->columns[i],
			&page->cells[i]) == CONTROL_PICKER) {
			reference_enter(s->out, s->site, submit_word(page));
			return;
		}
}

/* Whether the database gives out a part of the key, so that a row can be
 * created again as another one. */
static bool
has_given_key(const struct form_page *page)
{
	const struct table *table = page->scope->table;

	for (size_t i = 0; i < table->n_key; i++)
		if (table_gives(&table->columns[table->key[i]]))
			return true;
	return false;
}

static void
write_buttons(const struct sheet *s)
{
	const struct form_page *page = s->page;

	fputs("<p class=\"actions\">\n", s->out);
	post_submit(s->out, s->site, NULL, NULL, submit_word(page));
	if (page->mode == FORM_GONE && has_given_key(page))
		post_submit(
		    s->out, s->site, "_copy", "second", WORD_CREATE_COPY);
	layout_link(s->out, s->site, NULL, s->list, WORD_CANCEL);
	putc('\n', s->out);
	keep_write(s->out, s->site, page->creates ? NULL : page->variant,
	    page->unsaved);
	fputs("</p>\n", s->out);
}

/* The URL of a page about the row. */
static char *
row_page(struct mem *mem, const char *row, const char *name)
{
	return mem_printf(
	    mem, "%s%c%s", row, strchr(row, '?') == NULL ? '?' : '&', name);
}

static void
write_form(const struct sheet *s)
{
	const struct form_page *page = s->page;

	if (!can_save(page)) {
		write_fields(s);
		fputs("<p class=\"actions\">\n", s->out);
		layout_link(s->out, s->site, NULL, s->list, WORD_BACK_TO_LIST);
		fputs("\n</p>\n", s->out);
		return;
	}
	post_begin(s->out, s->mem, s->site,
	    page->creates ? table_url(s->mem, page->scope->table) : s->row,
	    page->state);
	write_enter(s);
	write_fields(s);
	write_buttons(s);
	fputs("</form>\n", s->out);
}

void
form_page(FILE *out, struct mem *mem, const struct site *site,
    const struct form_page *page)
{
	const struct table *table = page->scope->table;
	const struct sheet s = {
		.out = out,
		.mem = mem,
		.site = site,
		.page = page,
		.row = page->key != NULL ? table_row_url(mem, table, page->key)
					 : NULL,
		.list = way_back(mem, site, table, page->key, NULL),
	};

	post_page(out, mem, site, table, title_of(&s), page->label,
	    page->mode == FORM_EDIT || page->mode == FORM_GONE ? NULL
	    : page->key != NULL ? way_row(mem, site, table, page->key)
				: NULL);
	write_notice(&s);
	readonly_note(out, mem, site, page->scope);
	write_saved(&s);
	write_merged(&s);
	write_changed(&s);
	write_form(&s);
	if (page->mode == FORM_EDIT && s.row != NULL &&
	    (page->scope->rights & RIGHT_DELETE) != 0) {
		fputs("<p class=\"delete\">", out);
		layout_link(out, site, NULL,
		    row_page(
			mem, way_row(mem, site, table, page->key), "delete"),
		    WORD_DELETE);
		fputs("</p>\n", out);
	}
	layout_end(out, site);
}
