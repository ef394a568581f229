#include "view/removal.h"

#include "format/form.h"
#include "format/html.h"
#include "view/caption.h"
#include "view/value.h"
#include "view/was.h"

enum {
	FIELDS_OURS = 64, /* of the form and not of a row */
	FIELDS_ROW = 4,
	FIELDS_CELL = 2
};

/* What the parts of one page share. */
struct sheet {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct several_page *page;
	size_t room;   /* for long texts (view/was) */
	bool detailed; /* what each row holds travels with the form */
};

static bool
is_carried(const struct several_page *page, size_t column)
{
	return page->scope->read[column] &&
	       value_shown(page->scope->table, column);
}

/* Whether what each row holds can travel with the form. */
static bool
can_detail(const struct several_page *page)
{
	size_t fields = FIELDS_ROW;

	for (size_t i = 0; i < page->scope->table->n_columns; i++)
		fields += is_carried(page, i) ? FIELDS_CELL : 0;
	return page->n * fields + FIELDS_OURS < FORM_MAX_FIELDS;
}

/* What the row holds, so that a change can be told. */
static void
carry(struct sheet *s, size_t n)
{
	const struct several_page *page = s->page;
	const struct row *row = page->rows[n].row;

	for (size_t i = 0; i < page->scope->table->n_columns; i++) {
		const struct column *column = &page->scope->table->columns[i];

		if (!s->detailed || row == NULL || !is_carried(page, i))
			continue;
		was_write(s->out, s->mem,
		    several_name(s->mem, n, widget_name(s->mem, column)),
		    row->values[i],
		    was_whole(column, row->values[i], &s->room));
	}
}

static void
write_check(struct sheet *s, size_t n)
{
	const struct several_row *row = &s->page->rows[n];
	const char *const label[3] = { row->label };

	fputs("<td class=\"check\"", s->out);
	html_attr(
	    s->out, "data-label", words_text(s->site->language, WORD_DELETE));
	putc('>', s->out);
	carry(s, n);
	if (row->fate != SEVERAL_GONE) {
		fputs("<input type=\"checkbox\" value=\"1\"", s->out);
		html_attr(s->out, "name", several_name(s->mem, n, "_on"));
		html_attr(s->out, "aria-label",
		    words_fill(
			s->mem, s->site->language, WORD_DELETE_ROW, label));
		html_flag(s->out, "checked",
		    row->fate == SEVERAL_OPEN || row->fate == SEVERAL_WAITING);
		putc('>', s->out);
	}
	fputs("</td>\n", s->out);
}

static void
write_cells(struct sheet *s, size_t n)
{
	const struct several_row *row = &s->page->rows[n];
	const struct table *table = s->page->scope->table;

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!s->page->columns[i])
			continue;
		fputs("<td dir=\"auto\"", s->out);
		html_attr(s->out, "data-label",
		    caption_column(s->mem, &table->columns[i]).label);
		putc('>', s->out);
		if (row->row != NULL)
			several_value(s->out, s->mem, s->site, s->page, i,
			    row->row->values[i]);
		fputs("</td>\n", s->out);
	}
}

void
removal_page(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page)
{
	struct sheet s = { out, mem, site, page, WAS_ROOM, can_detail(page) };

	several_begin(out, mem, site, page,
	    words_text(site->language, WORD_CONFIRM_SEVERAL));
	layout_paragraph(out, mem, site, WORD_CONFIRM_SEVERAL_TEXT, NULL);
	several_form(out, mem, site, page);
	several_table(out, mem, site, page, NULL, true);
	for (size_t n = 0; n < page->n; n++) {
		fputs("<tr>\n", out);
		write_check(&s, n);
		several_label(out, mem, site, page, n);
		write_cells(&s, n);
		fputs("</tr>\n", out);
	}
	several_end(out, site, page);
	layout_end(out, site);
}
