#include "view/several.h"

#include <string.h>

#include "format/hash.h"
#include "format/html.h"
#include "view/caption.h"
#include "view/changes.h"
#include "view/conflict.h"
#include "view/error.h"
#include "view/keep.h"
#include "view/people.h"
#include "view/post.h"
#include "view/reference.h"
#include "view/tools.h"
#include "view/value.h"
#include "view/way.h"

enum {
	CUT = 80
};

char *
several_name(struct mem *mem, size_t n, const char *what)
{
	return mem_printf(mem, "_row.%zu.%s", n, what);
}

char *
several_caption(
    struct mem *mem, const struct several_row *row, const struct column *column)
{
	return mem_printf(
	    mem, "%s, %s", caption_column(mem, column).label, row->label);
}

static size_t
count(const struct several_page *page, enum several_fate fate)
{
	size_t n = 0;

	for (size_t i = 0; i < page->n; i++)
		n += page->rows[i].fate == fate;
	return n;
}

static void
write_count(FILE *out, struct mem *mem, const struct site *site, enum word word,
    size_t n)
{
	if (n > 0)
		layout_paragraph(
		    out, mem, site, word, mem_printf(mem, "%zu", n));
}

/* Links to the rows to look at. */
static void
write_links(FILE *out, const struct several_page *page)
{
	const char *lead = "<ul>\n<li>";

	for (size_t i = 0; i < page->n; i++) {
		if (page->rows[i].fate < SEVERAL_REFUSED)
			continue;
		fputs(lead, out);
		fprintf(out, "<a href=\"#r%zu\" dir=\"auto\">", i);
		html_text(out, page->rows[i].label);
		fputs("</a></li>\n", out);
		lead = "<li>";
	}
	if (*lead == '<' && lead[1] == 'l')
		fputs("</ul>\n", out);
}

static void
write_notice(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page)
{
	if (!page->again)
		return;
	fputs("<div class=\"notice\" role=\"alert\">\n", out);
	if (page->fault != NULL) {
		fputs("<p class=\"error\">", out);
		html_text(out, error_sentence(mem, site, page->fault));
		fputs("</p>\n", out);
	}
	write_count(out, mem, site,
	    page->deletes ? WORD_DELETED_ROWS : WORD_SAVED_ROWS, page->done);
	write_count(
	    out, mem, site, WORD_SEVERAL_STALE, count(page, SEVERAL_STALE));
	write_count(
	    out, mem, site, WORD_SEVERAL_GONE, count(page, SEVERAL_GONE));
	write_count(
	    out, mem, site, WORD_SEVERAL_REFUSED, count(page, SEVERAL_REFUSED));
	if (page->done == 0)
		layout_paragraph(out, mem, site,
		    page->deletes ? WORD_NONE_DELETED : WORD_NONE_SAVED, NULL);
	write_links(out, page);
	fputs("</div>\n", out);
}

void
several_begin(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page, const char *title)
{
	const struct crumb crumbs[] = {
		{ caption_table(mem, page->scope->table).label, page->list },
		{ title, NULL },
	};

	layout_begin(out, site, title, crumbs, 2);
	tools_note(out, mem, site,
	    &(struct tools){ .note = page->note,
		.number = page->number,
		.merged = page->merged });
	write_notice(out, mem, site, page);
}

void
several_form(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page)
{
	struct text *states = mem_text_open(mem);

	for (size_t i = 0; i < page->n; i++) {
		fputs(page->rows[i].state, states->out);
		putc('\n', states->out);
	}
	mem_text(states);
	fputs("<div class=\"wide\">\n", out);
	post_form(
	    out, mem, site, page->url, hash_text(mem, states->at, states->len));
	html_hidden(out, "_rows", mem_printf(mem, "%zu", page->n));
}

static void
write_head(FILE *out, const char *label)
{
	fputs("<th scope=\"col\" dir=\"auto\">", out);
	html_text(out, label);
	fputs("</th>\n", out);
}

void
several_table(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page, const bool *more, bool check)
{
	const struct table *table = page->scope->table;
	const char *title = caption_table(mem, table).label;

	layout_scroll(out, title);
	fputs("<table class=\"several\">\n<thead>\n<tr>\n", out);
	if (check)
		write_head(out, words_text(site->language, WORD_DELETE));
	write_head(out, title);
	for (size_t i = 0; i < table->n_columns; i++)
		if (page->columns[i])
			write_head(
			    out, caption_column(mem, &table->columns[i]).label);
	for (size_t i = 0; i < table->n_columns; i++)
		if (more != NULL && more[i])
			write_head(
			    out, caption_column(mem, &table->columns[i]).label);
	fputs("</tr>\n</thead>\n<tbody>\n", out);
}

static void
write_fate(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page, const struct several_row *row)
{
	static const enum word words[2][SEVERAL__MAX] = {
		{ [SEVERAL_WAITING] = WORD_ROW_NOT_SAVED,
		    [SEVERAL_REFUSED] = WORD_ROW_NOT_SAVED,
		    [SEVERAL_STALE] = WORD_STALE_SOMEBODY,
		    [SEVERAL_GONE] = WORD_ROW_GONE },
		{ [SEVERAL_WAITING] = WORD_ROW_NOT_DELETED,
		    [SEVERAL_REFUSED] = WORD_ROW_NOT_DELETED,
		    [SEVERAL_STALE] = WORD_STALE_DELETE,
		    [SEVERAL_GONE] = WORD_ROW_GONE },
	};
	enum word word = words[page->deletes][row->fate];

	if (word == WORD_NONE)
		return;
	fputs("<p class=\"fate\">", out);
	if (word == WORD_STALE_SOMEBODY)
		conflict_who(out, mem, site, CONFLICT_CHANGED, row->row);
	else
		layout_word(out, mem, site, word, NULL, NULL);
	if (word == WORD_STALE_DELETE && row->row->changed_at != NULL) {
		putc(' ', out);
		people_changed(
		    out, mem, site, row->row->changed_by, row->row->changed_at);
	}
	fputs("</p>\n", out);
	if (row->error != NULL) {
		fputs("<p class=\"error\">", out);
		html_text(out, row->error);
		fputs("</p>\n", out);
	}
}

void
several_label(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page, size_t n)
{
	const struct several_row *row = &page->rows[n];
	const struct table *table = page->scope->table;

	fprintf(out, "<th scope=\"row\" id=\"r%zu\" dir=\"auto\"", n);
	html_attr(out, "data-label", caption_table(mem, table).label);
	fputs(">\n", out);
	if (row->fate != SEVERAL_GONE) {
		fputs("<a", out);
		layout_url(
		    out, site, "href", way_row(mem, site, table, row->key));
		putc('>', out);
		html_text(out, row->label);
		fputs("</a>\n", out);
		html_hidden(out, several_name(mem, n, "_key"),
		    table_key_text(mem, table, row->key));
		html_hidden(out, several_name(mem, n, "_etag"), row->state);
		html_hidden(out, several_name(mem, n, "_label"), row->label);
	} else {
		fputs("<p>", out);
		html_text(out, row->label);
		fputs("</p>\n", out);
	}
	write_fate(out, mem, site, page, row);
	if (page->deletes && row->fate == SEVERAL_STALE)
		changes_write(
		    out, mem, site, page->scope, row->cells, row->contests);
	fputs("</th>\n", out);
}

void
several_value(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page, size_t column, const char *value)
{
	const struct choice *choice =
	    page->choices != NULL ? page->choices[column] : NULL;

	if (reference_known(choice, value))
		reference_write(out, mem, site, choice, value, CUT, true);
	else
		value_write(out, mem, site,
		    &page->scope->table->columns[column], value, CUT);
}

void
several_before(FILE *out, struct mem *mem, const struct site *site,
    const struct several_page *page, const struct several_row *row,
    size_t column)
{
	if (!row->contests[column].base_known)
		return;
	fputs("<p class=\"before\">", out);
	layout_word(out, mem, site, WORD_CONFLICT_BEFORE, NULL, NULL);
	fputs(" <bdi class=\"given\">", out);
	several_value(out, mem, site, page, column, row->cells[column].base);
	fputs("</bdi></p>\n", out);
}

static void
write_mode(FILE *out, const struct site *site, const char *value,
    enum word label, bool checked)
{
	fputs("<p><label><input type=\"radio\" name=\"_mode\"", out);
	html_attr(out, "value", value);
	html_flag(out, "checked", checked);
	putc('>', out);
	html_text(out, words_text(site->language, label));
	fputs("</label></p>\n", out);
}

/* A button that sends the form and leads on to another page of the list. */
static void
write_go(FILE *out, const struct site *site, const char *url, enum word word)
{
	const char *query = url != NULL ? strchr(url, '?') : NULL;

	if (url == NULL)
		return;
	fputs("<button type=\"submit\" class=\"second\" name=\"_go\"", out);
	html_attr(out, "value", query != NULL ? query + 1 : "");
	putc('>', out);
	html_text(out, words_text(site->language, word));
	fputs("</button>\n", out);
}

static void
write_pages(FILE *out, const struct site *site, const struct list_links *links)
{
	if (links == NULL || (links->first == NULL && links->previous == NULL &&
				 links->next == NULL))
		return;
	fputs("<p class=\"pages\">\n", out);
	write_go(out, site, links->next, WORD_SAVE_NEXT);
	write_go(out, site, links->previous, WORD_SAVE_PREVIOUS);
	write_go(out, site, links->first, WORD_SAVE_FIRST);
	fputs("</p>\n", out);
}

void
several_end(FILE *out, const struct site *site, const struct several_page *page)
{
	bool empty = count(page, SEVERAL_GONE) == page->n;

	fputs("</tbody>\n</table>\n</section>\n", out);
	if (!empty) {
		fputs("<fieldset class=\"mode\">\n<legend>", out);
		html_text(out, words_text(site->language, WORD_MODE));
		fputs("</legend>\n", out);
		write_mode(out, site, "all",
		    page->deletes ? WORD_DELETE_ALL : WORD_SAVE_ALL,
		    !page->each);
		write_mode(out, site, "each",
		    page->deletes ? WORD_DELETE_EACH : WORD_SAVE_EACH,
		    page->each);
		fputs("</fieldset>\n", out);
	}
	fputs("<p class=\"actions\">\n", out);
	if (!empty)
		post_submit(out, site, NULL, page->deletes ? "danger" : NULL,
		    page->deletes ? WORD_DELETE : WORD_SAVE);
	layout_link(out, site, empty ? "button" : NULL, page->list,
	    empty ? WORD_BACK_TO_LIST : WORD_CANCEL);
	putc('\n', out);
	if (!page->deletes && !empty)
		keep_write(out, site, NULL, page->again || page->unsaved);
	fputs("</p>\n", out);
	if (!page->deletes)
		write_pages(out, site, page->links);
	fputs("</form>\n</div>\n", out);
}
