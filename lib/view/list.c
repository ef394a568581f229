#include "view/list.h"

#include <string.h>

#include "format/html.h"
#include "view/caption.h"
#include "view/chips.h"
#include "view/panels.h"
#include "view/readonly.h"
#include "view/reference.h"
#include "view/sort.h"
#include "view/value.h"
#include "view/way.h"

enum {
	CUT = 80
};

/* What the parts of one page share. */
struct sheet {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct list_page *page;
	const char *title;
	const char **labels; /* of the columns */
};

static void
write_heads(const struct sheet *s)
{
	const struct finder *finder = s->page->finder;

	fputs("<thead>\n<tr>\n", s->out);
	tools_head(s->out, s->site, &s->page->tools);
	for (size_t i = 0; i < finder->n_columns; i++)
		sort_head(s->out, s->mem, s->site, finder, finder->columns[i]);
	fputs("</tr>\n</thead>\n", s->out);
}

static bool
refers(const struct sheet *s, size_t i)
{
	return s->page->choices != NULL && s->page->choices[i] != NULL;
}

/* link: to the other row, where the value refers to one. */
static void
write_value(const struct sheet *s, size_t i, const char *value, bool link)
{
	const struct choice *choice = refers(s, i) ? s->page->choices[i] : NULL;

	if (reference_known(choice, value))
		reference_write(
		    s->out, s->mem, s->site, choice, value, CUT, link);
	else
		value_write(s->out, s->mem, s->site,
		    &s->page->scope->table->columns[i], value, CUT);
}

static void
write_first(const struct sheet *s, size_t i, const struct row *row)
{
	const struct table *table = s->page->scope->table;
	const char *value = row->values[i];
	bool link = row->key != NULL && table->n_key > 0;

	fputs("<th scope=\"row\"", s->out);
	html_attr(s->out, "data-label", s->labels[i]);
	putc('>', s->out);
	if (link) {
		fputs("<a", s->out);
		layout_url(s->out, s->site, "href",
		    way_row(s->mem, s->site, table, row->key));
		putc('>', s->out);
	}
	write_value(s, i, value, false);
	/* White space alone would leave nothing to see or to click. */
	if (link && value != NULL && *value != '\0' &&
	    value[strspn(value, " \t\r\n")] == '\0')
		layout_word(s->out, s->mem, s->site, WORD_OPEN, NULL, NULL);
	fputs(link ? "</a></th>\n" : "</th>\n", s->out);
}

static void
write_cell(const struct sheet *s, size_t i, const struct row *row)
{
	const struct column *column = &s->page->scope->table->columns[i];

	fputs(column->json == COLUMN_NUMBER && !refers(s, i)
		  ? "<td class=\"number\""
		  : "<td",
	    s->out);
	html_attr(s->out, "data-label", s->labels[i]);
	putc('>', s->out);
	write_value(s, i, row->values[i], true);
	fputs("</td>\n", s->out);
}

static void
write_row(const struct sheet *s, size_t n)
{
	const struct finder *finder = s->page->finder;
	const struct row *row = s->page->rows[n];

	fputs(row == s->page->at ? "<tr id=\"row\" class=\"at\">\n" : "<tr>\n",
	    s->out);
	tools_check(
	    s->out, s->mem, s->site, s->page->scope, row, n, &s->page->tools);
	for (size_t i = 0; i < finder->n_columns; i++)
		if (i == 0)
			write_first(s, finder->columns[i], row);
		else
			write_cell(s, finder->columns[i], row);
	fputs("</tr>\n", s->out);
}

/* Why there is nothing to see. */
static enum word
nothing(const struct list_page *page)
{
	if (page->placed)
		return WORD_NONE_HERE;
	return page->finder->n_chips > 0 ? WORD_NONE_FOUND : WORD_NO_ROWS;
}

/* The table scrolls within its own box, which the keyboard can reach. On a
 * narrow screen its rows are cards, where each cell says its label. */
static void
write_table(const struct sheet *s)
{
	if (s->page->n == 0) {
		layout_paragraph(
		    s->out, s->mem, s->site, nothing(s->page), NULL);
		return;
	}
	layout_scroll(s->out, s->title);
	tools_begin(s->out, s->mem, s->site, &s->page->tools);
	fputs("<table>\n", s->out);
	write_heads(s);
	fputs("<tbody>\n", s->out);
	for (size_t i = 0; i < s->page->n; i++)
		write_row(s, i);
	fputs("</tbody>\n</table>\n", s->out);
	tools_end(s->out, s->site, &s->page->tools);
	fputs("</section>\n", s->out);
}

/* The links to the other pages, where there are any. */
static void
write_pages(FILE *out, const struct site *site, const struct list_links *pages)
{
	const struct {
		const char *url;
		enum word word;
	} links[] = {
		{ pages->first, WORD_FIRST },
		{ pages->previous, WORD_PREVIOUS },
		{ pages->next, WORD_NEXT },
	};

	if (pages->first == NULL && pages->previous == NULL &&
	    pages->next == NULL)
		return;
	fputs("<nav class=\"pages\"", out);
	html_attr(out, "aria-label", words_text(site->language, WORD_PAGES));
	fputs(">\n", out);
	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		if (links[i].url == NULL)
			continue;
		layout_link(out, site, "button", links[i].url, links[i].word);
		putc('\n', out);
	}
	fputs("</nav>\n", out);
}

static void
write_wrong(const struct sheet *s)
{
	if (s->page->finder->wrong == NULL)
		return;
	fputs("<div class=\"notice\" role=\"alert\">\n", s->out);
	layout_paragraph(s->out, s->mem, s->site, WORD_NOT_SHOWN, NULL);
	fputs("<p class=\"error\" dir=\"auto\">", s->out);
	html_text(s->out, s->page->finder->wrong);
	fputs("</p>\n</div>\n", s->out);
}

static void
write_actions(const struct sheet *s)
{
	const struct scope *scope = s->page->scope;

	if ((scope->rights & (RIGHT_CREATE | RIGHT_UPDATE)) == 0)
		return;
	fputs("<p class=\"actions\">", s->out);
	if ((scope->rights & RIGHT_CREATE) != 0)
		layout_link(s->out, s->site, "button",
		    way_new(s->mem, s->site, scope->table), WORD_NEW_ROW);
	layout_link(s->out, s->site, "button",
	    mem_printf(s->mem, "%s?import", table_url(s->mem, scope->table)),
	    WORD_IMPORT);
	fputs("</p>\n", s->out);
}

void
list_page(FILE *out, struct mem *mem, const struct site *site,
    const struct list_page *page)
{
	const struct table *table = page->scope->table;
	const struct caption caption = caption_table(mem, table);
	const struct sheet s = {
		.out = out,
		.mem = mem,
		.site = site,
		.page = page,
		.title = caption.label,
		.labels = mem_array(mem, table->n_columns, sizeof *s.labels),
	};
	const struct crumb crumb = { s.title, NULL };

	for (size_t i = 0; i < table->n_columns; i++)
		s.labels[i] = caption_column(mem, &table->columns[i]).label;
	layout_begin(out, site, s.title, &crumb, 1);
	if (caption.help != NULL) {
		fputs("<p class=\"help\" dir=\"auto\">", out);
		html_text(out, caption.help);
		fputs("</p>\n", out);
	}
	readonly_note(out, mem, site, page->scope);
	tools_note(out, mem, site, &page->tools);
	write_wrong(&s);
	write_actions(&s);
	panels_write(out, mem, site, page);
	chips_write(out, mem, site, page->finder);
	if (page->finder->wrong == NULL)
		write_table(&s);
	write_pages(out, site, &page->links);
	layout_end(out, site);
}
