#include "view/deletion.h"

#include "format/html.h"
#include "view/changes.h"
#include "view/people.h"
#include "view/post.h"
#include "view/value.h"
#include "view/was.h"
#include "view/way.h"

/* What happened since somebody opened the page: by whom, and what. */
static void
write_stale(FILE *out, struct mem *mem, const struct site *site,
    const struct deletion *page)
{
	const struct row *row = page->row;

	fputs("<div class=\"notice\" role=\"alert\">\n", out);
	layout_paragraph(out, mem, site, WORD_STALE_DELETE, NULL);
	if (row->changed_at != NULL) {
		fputs("<p>", out);
		people_changed(
		    out, mem, site, row->changed_by, row->changed_at);
		fputs("</p>\n", out);
	}
	fputs("</div>\n<section class=\"settled\">\n", out);
	layout_heading(out, site, WORD_CHANGES_TITLE);
	changes_write(out, mem, site, page->scope, page->cells, page->contests);
	fputs("</section>\n", out);
}

/* The row's values, and what the form carries of them. */
static void
write_form(FILE *out, struct mem *mem, const struct site *site,
    const struct deletion *page)
{
	const struct table *table = page->scope->table;
	const char *url = table_row_url(mem, table, page->row->key);
	size_t room = WAS_ROOM;

	post_begin(out, mem, site, url, page->row->state);
	html_hidden(out, "_method", "DELETE");
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];
		const char *was = page->row->values[i];

		if (!page->scope->read[i] || !value_shown(table, i))
			continue;
		widget_show_cell(out, mem, site, column, &page->cells[i]);
		was_write(out, mem, widget_name(mem, column), was,
		    was_whole(column, was, &room));
	}
	fputs("<p class=\"actions\">\n", out);
	post_submit(out, site, NULL, "danger", WORD_DELETE);
	layout_link(out, site, NULL, way_row(mem, site, table, page->row->key),
	    WORD_CANCEL);
	fputs("\n</p>\n</form>\n", out);
}

void
deletion_page(FILE *out, struct mem *mem, const struct site *site,
    const struct deletion *page)
{
	const struct table *table = page->scope->table;

	post_page(out, mem, site, table,
	    words_text(site->language, WORD_CONFIRM_DELETE), page->label,
	    way_row(mem, site, table, page->row->key));
	if (page->contests != NULL) {
		write_stale(out, mem, site, page);
	} else {
		layout_paragraph(
		    out, mem, site, WORD_CONFIRM_DELETE_TEXT, NULL);
	}
	write_form(out, mem, site, page);
	layout_end(out, site);
}
