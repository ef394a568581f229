#include "view/sheetpage.h"

#include "format/html.h"
#include "view/caption.h"
#include "view/error.h"
#include "view/hint.h"
#include "view/label.h"
#include "view/post.h"
#include "view/shortlist.h"
#include "view/value.h"

enum {
	SHOWN = 200, /* lines of each kind */
	CUT = 80
};

/* What the parts of one page share. */
struct view {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct sheet_page *page;
	const bool *listed; /* columns that a new row is shown by */
};

static const struct {
	enum sheet_kind kind;
	enum word word;
} kinds[] = {
	{ SHEET_SAVED, WORD_IMPORT_SAVED },
	{ SHEET_NEW, WORD_IMPORT_NEW },
	{ SHEET_CHANGED, WORD_IMPORT_CHANGED },
	{ SHEET_UNCHANGED, WORD_IMPORT_UNCHANGED },
	{ SHEET_STALE, WORD_IMPORT_STALE },
	{ SHEET_REFUSED, WORD_IMPORT_REFUSED },
};

enum {
	N_KINDS = sizeof kinds / sizeof *kinds
};

static char *
page_url(const struct view *v)
{
	return mem_printf(v->mem, "%s?import=&_upload=%s",
	    table_url(v->mem, v->page->scope->table), v->page->token);
}

/* Everything about the file as a whole. */
static void
write_file(const struct view *v)
{
	const struct sheet *sheet = v->page->sheet;

	if (sheet->encoding == CSV_WINDOWS_1252)
		layout_paragraph(
		    v->out, v->mem, v->site, WORD_IMPORT_WINDOWS, NULL);
	if (sheet->n_unknown == 0)
		return;
	fputs("<p>", v->out);
	layout_word(
	    v->out, v->mem, v->site, WORD_IMPORT_PASSED_OVER, NULL, NULL);
	for (size_t i = 0; i < sheet->n_unknown; i++) {
		fputs(i > 0 ? ", <bdi>" : " <bdi>", v->out);
		html_text(v->out, sheet->unknown[i]);
		fputs("</bdi>", v->out);
	}
	fputs("</p>\n", v->out);
}

static void
write_counts(const struct view *v)
{
	fputs("<ul class=\"counts\">\n", v->out);
	for (size_t i = 0; i < N_KINDS; i++) {
		size_t n = v->page->sheet->counts[kinds[i].kind];

		if (n == 0)
			continue;
		fputs("<li>", v->out);
		layout_word(v->out, v->mem, v->site, kinds[i].word, NULL, NULL);
		fprintf(v->out, ": <strong>%zu</strong></li>\n", n);
	}
	fputs("</ul>\n", v->out);
}

static void
write_save(const struct view *v, const char *how, enum word word, size_t n)
{
	fputs("<button type=\"submit\" name=\"_save\"", v->out);
	html_attr(v->out, "value", how);
	fputc('>', v->out);
	layout_word(
	    v->out, v->mem, v->site, word, mem_printf(v->mem, "%zu", n), NULL);
	fputs("</button>\n", v->out);
}

static void
write_buttons(const struct view *v)
{
	const struct sheet_page *page = v->page;
	const size_t *counts = page->sheet->counts;
	const struct table *table = page->scope->table;
	size_t good = counts[SHEET_NEW] + counts[SHEET_CHANGED];
	bool whole = counts[SHEET_STALE] + counts[SHEET_REFUSED] == 0;

	if (good == 0)
		layout_paragraph(
		    v->out, v->mem, v->site, WORD_IMPORT_NOTHING, NULL);
	post_form(v->out, v->mem, v->site,
	    mem_printf(v->mem, "%s?import=", table_url(v->mem, table)), NULL);
	html_hidden(v->out, "_upload", page->token);
	html_hidden(v->out, "_saved", mem_printf(v->mem, "%zu", page->saved));
	fputs("<p class=\"actions\">", v->out);
	if (good > 0 && whole)
		write_save(v, "all", WORD_IMPORT_SAVE_ALL, good);
	else if (good > 0)
		write_save(v, "good", WORD_IMPORT_SAVE_GOOD, good);
	layout_link(v->out, v->site, NULL,
	    mem_printf(v->mem, "%s?import=", table_url(v->mem, table)),
	    WORD_IMPORT_ANOTHER);
	layout_link(
	    v->out, v->site, NULL, table_url(v->mem, table), WORD_BACK_TO_LIST);
	fputs("</p>\n</form>\n", v->out);
	if (whole)
		return;
	fputs("<p>", v->out);
	layout_link(v->out, v->site, NULL,
	    mem_printf(v->mem, "%s&_format=csv", page_url(v)),
	    WORD_IMPORT_REST);
	fputs("</p>\n", v->out);
}

/* What the row is called, with the way to it. */
static void
write_label(const struct view *v, const struct sheet_line *line)
{
	const struct table *table = v->page->scope->table;
	const struct row *row = line->before ? line->before : line->after;

	if (line->before != NULL && line->before->key != NULL) {
		fputs("<a", v->out);
		layout_url(v->out, v->site, "href",
		    table_row_url(v->mem, table, line->before->key));
		fputc('>', v->out);
	}
	if (row != NULL)
		html_text(v->out, label_of(v->mem, v->page->scope, row));
	else if (line->key != NULL)
		html_text(v->out, table_key_text(v->mem, table, line->key));
	if (line->before != NULL && line->before->key != NULL)
		fputs("</a>", v->out);
}

static void
begin_value(const struct view *v, size_t column)
{
	fputs("<p dir=\"auto\">", v->out);
	html_text(v->out,
	    caption_column(v->mem, &v->page->scope->table->columns[column])
		.label);
	fputs(": ", v->out);
}

/* From what to what. */
static void
write_changes(const struct view *v, const struct sheet_line *line)
{
	const struct table *table = v->page->scope->table;

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!sheet_differs(v->page->scope, line, i))
			continue;
		begin_value(v, i);
		fputs("<del>", v->out);
		value_write(v->out, v->mem, v->site, &table->columns[i],
		    line->before->values[i], CUT);
		fputs("</del> \xe2\x86\x92 <ins>", v->out);
		value_write(v->out, v->mem, v->site, &table->columns[i],
		    line->after->values[i], CUT);
		fputs("</ins></p>\n", v->out);
	}
}

static void
write_new(const struct view *v, const struct sheet_line *line)
{
	const struct table *table = v->page->scope->table;

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!v->listed[i] || line->after == NULL ||
		    line->after->values[i] == NULL)
			continue;
		begin_value(v, i);
		value_write(v->out, v->mem, v->site, &table->columns[i],
		    line->after->values[i], CUT);
		fputs("</p>\n", v->out);
	}
}

static void
write_fault(const struct view *v, const struct sheet_line *line)
{
	const struct table *table = v->page->scope->table;
	const struct column *column =
	    line->fault.column ? table_column(table, line->fault.column) : NULL;
	const char *text =
	    column != NULL ? hint_refusal(v->mem, v->site, column, &line->fault)
			   : NULL;

	if (column != NULL)
		begin_value(v, table_index(table, column));
	else
		fputs("<p dir=\"auto\">", v->out);
	if (column != NULL && line->values[table_index(table, column)]) {
		value_write(v->out, v->mem, v->site, column,
		    line->values[table_index(table, column)], CUT);
		fputs(" \xe2\x80\x93 ", v->out);
	}
	html_text(v->out, text != NULL
			      ? text
			      : error_sentence(v->mem, v->site, &line->fault));
	fputs("</p>\n", v->out);
	if (line->kind == SHEET_STALE && line->before != NULL)
		layout_link(v->out, v->site, NULL,
		    mem_printf(v->mem, "%s&_line=%zu", page_url(v), line->line),
		    WORD_IMPORT_COMPARE);
}

static void
write_line(const struct view *v, const struct sheet_line *line)
{
	fprintf(v->out, "<tr>\n<td class=\"number\" data-label=\"");
	html_text(v->out, words_text(v->site->language, WORD_IMPORT_LINE));
	fprintf(
	    v->out, "\">%zu</td>\n<th scope=\"row\" dir=\"auto\"", line->line);
	html_attr(v->out, "data-label",
	    words_text(v->site->language, WORD_IMPORT_ENTRY));
	fputc('>', v->out);
	write_label(v, line);
	fputs("</th>\n<td class=\"what\"", v->out);
	html_attr(v->out, "data-label",
	    words_text(v->site->language, WORD_IMPORT_WHAT));
	fputc('>', v->out);
	if (line->kind == SHEET_CHANGED)
		write_changes(v, line);
	else if (line->kind == SHEET_NEW)
		write_new(v, line);
	else
		write_fault(v, line);
	fputs("</td>\n</tr>\n", v->out);
}

static void
write_table(const struct view *v, enum sheet_kind kind)
{
	const struct sheet *sheet = v->page->sheet;
	size_t n = 0;

	fputs("<table>\n<thead>\n<tr>\n<th scope=\"col\">", v->out);
	layout_word(v->out, v->mem, v->site, WORD_IMPORT_LINE, NULL, NULL);
	fputs("</th>\n<th scope=\"col\">", v->out);
	layout_word(v->out, v->mem, v->site, WORD_IMPORT_ENTRY, NULL, NULL);
	fputs("</th>\n<th scope=\"col\">", v->out);
	layout_word(v->out, v->mem, v->site, WORD_IMPORT_WHAT, NULL, NULL);
	fputs("</th>\n</tr>\n</thead>\n<tbody>\n", v->out);
	for (size_t i = 0; i < sheet->n && n < SHOWN; i++)
		if (sheet->lines[i].kind == kind) {
			write_line(v, &sheet->lines[i]);
			n++;
		}
	fputs("</tbody>\n</table>\n", v->out);
}

static void
write_kind(const struct view *v, enum sheet_kind kind, enum word word)
{
	const struct sheet *sheet = v->page->sheet;

	if (sheet->counts[kind] == 0)
		return;
	layout_heading(v->out, v->site, word);
	if (sheet->counts[kind] > SHOWN) {
		layout_paragraph(v->out, v->mem, v->site, WORD_IMPORT_FIRST,
		    mem_printf(v->mem, "%d", SHOWN));
	}
	layout_scroll(v->out, words_text(v->site->language, word));
	write_table(v, kind);
	fputs("</section>\n", v->out);
}

void
sheetpage_lines(FILE *out, struct mem *mem, const struct site *site,
    const struct sheet_page *page)
{
	const struct table *table = page->scope->table;
	const struct view v = { out, mem, site, page,
		shortlist(mem, page->scope) };
	const struct crumb crumbs[] = {
		{ caption_table(mem, table).label, table_url(mem, table) },
		{ words_text(site->language, WORD_IMPORT),
		    mem_printf(mem, "%s?import=", table_url(mem, table)) },
		{ page->name, NULL },
	};

	layout_begin(out, site, page->name, crumbs, 3);
	if (page->fault != NULL) {
		fputs("<div class=\"notice\" role=\"alert\">\n<p "
		      "class=\"error\">",
		    out);
		html_text(out, error_sentence(mem, site, page->fault));
		fputs("</p>\n</div>\n", out);
	}
	write_file(&v);
	write_counts(&v);
	write_buttons(&v);
	for (size_t i = N_KINDS; i-- > 0;)
		if (kinds[i].kind != SHEET_UNCHANGED &&
		    kinds[i].kind != SHEET_SAVED)
			write_kind(&v, kinds[i].kind, kinds[i].word);
	layout_end(out, site);
}
