#include "view/finder.h"

#include <string.h>

#include "format/html.h"
#include "view/caption.h"
#include "view/filterrow.h"
#include "view/post.h"
#include "view/value.h"

static const long sizes[] = { 25, 50, 100, 250, 1000 };

/* What the parts of one form share. */
struct panel {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct finder *finder;
	const struct table *table;
};

static void
word(const struct panel *p, enum word word)
{
	html_text(p->out, words_text(p->site->language, word));
}

static const char *
label_of(const struct panel *p, size_t column)
{
	return caption_column(p->mem, &p->table->columns[column]).label;
}

static bool
is_shown(const struct finder *finder, size_t column)
{
	for (size_t i = 0; i < finder->n_columns; i++)
		if (finder->columns[i] == column)
			return true;
	return false;
}

static void
write_kept(const struct panel *p)
{
	const struct finder *finder = p->finder;

	html_hidden(p->out, "_find", "");
	for (size_t i = 0; i < finder->n_kept; i++)
		html_hidden(
		    p->out, finder->kept[i].name, finder->kept[i].value);
	if (finder->select != NULL)
		html_hidden(p->out, "select", finder->select);
	if (finder->panels) {
		html_hidden(p->out, "_tools", "");
		return;
	}
	if (finder->order_text != NULL)
		html_hidden(p->out, "order", finder->order_text);
	if (finder->limit >= 0)
		html_hidden(
		    p->out, "limit", mem_printf(p->mem, "%ld", finder->limit));
}

static void
write_search(const struct panel *p)
{
	if (!p->finder->searches)
		return;
	fputs("<p class=\"look\"><label for=\"find\">", p->out);
	word(p, WORD_SEARCH_LIST);
	fputs("</label>\n<input type=\"search\" id=\"find\" name=\"_search\""
	      " dir=\"auto\"",
	    p->out);
	html_attr(p->out, "value",
	    p->finder->search != NULL ? p->finder->search : "");
	fputs(">\n", p->out);
	post_submit(p->out, p->site, NULL, NULL, WORD_SEARCH_ENTRIES);
	fputs("</p>\n", p->out);
}

static void
begin_panel(const struct panel *p, const char *class, bool open)
{
	fputs("<details", p->out);
	html_attr(p->out, "class", class);
	html_flag(p->out, "open", open);
	fputs(">\n<summary>", p->out);
}

static void
write_filters(const struct panel *p)
{
	const struct finder *finder = p->finder;

	begin_panel(p, "filters", true);
	layout_word(p->out, p->mem, p->site,
	    finder->n_filters > 0 ? WORD_FILTER_SOME : WORD_FILTER,
	    mem_printf(p->mem, "%zu", finder->n_filters), NULL);
	fputs("</summary>\n<div class=\"criteria\">\n", p->out);
	for (size_t i = 0; i < finder->n_columns; i++)
		filterrow_write(
		    p->out, p->mem, p->site, finder, finder->columns[i]);
	fputs("</div>\n<p class=\"tools\">", p->out);
	post_submit(p->out, p->site, NULL, NULL, WORD_SHOW);
	fputs("</p>\n</details>\n", p->out);
}

static void
write_columns(const struct panel *p)
{
	fputs("<fieldset>\n<legend>", p->out);
	word(p, WORD_COLUMNS);
	fputs("</legend>\n", p->out);
	for (size_t i = 0; i < p->table->n_columns; i++) {
		if (!p->finder->scope->read[i] || !value_shown(p->table, i))
			continue;
		fputs("<p><label><input type=\"checkbox\" value=\"1\"", p->out);
		html_attr(p->out, "name",
		    mem_printf(
			p->mem, "_column.%s", p->table->columns[i].name));
		html_flag(p->out, "checked", is_shown(p->finder, i));
		fputs("><span dir=\"auto\">", p->out);
		html_text(p->out, label_of(p, i));
		fputs("</span></label></p>\n", p->out);
	}
	fputs("</fieldset>\n", p->out);
}

static void
write_option(const struct panel *p, const char *value, const char *text,
    const char *present)
{
	html_option(p->out, value, text, strcmp(value, present) == 0);
}

static char *
order_label(const struct panel *p, enum word direction, const char *label)
{
	const char *const args[3] = { label, NULL, NULL };

	return words_fill(p->mem, p->site->language, direction, args);
}

/* Whether the select offers the present order. */
static bool
is_simple_order(const struct panel *p)
{
	const struct finder *finder = p->finder;
	const struct column *column;

	if (finder->n_order != 1 ||
	    finder->order[0].nulls != FILTER_NULLS_DEFAULT)
		return finder->n_order == 0;
	column = table_column(p->table, finder->order[0].column);
	return column != NULL && criterion_sorts(column) &&
	       is_shown(finder, table_index(p->table, column));
}

/* The heads sort as well, but cards have none. */
static void
write_order(const struct panel *p)
{
	const struct finder *finder = p->finder;
	const char *present = "";

	if (finder->order_text != NULL && !is_simple_order(p))
		present = finder->order_text;
	else if (finder->n_order == 1)
		present = mem_printf(p->mem, "%s%s",
		    criterion_name(p->mem, finder->order[0].column),
		    finder->order[0].descending ? ".desc" : "");
	fputs("<p><label for=\"sort\">", p->out);
	word(p, WORD_SORT_BY);
	fputs("</label>\n<select id=\"sort\" name=\"order\">\n", p->out);
	write_option(
	    p, "", words_text(p->site->language, WORD_SORT_USUAL), present);
	for (size_t i = 0; i < finder->n_columns; i++) {
		const struct column *column =
		    &p->table->columns[finder->columns[i]];
		const char *label = label_of(p, finder->columns[i]);
		char *name = criterion_name(p->mem, column->name);

		if (!criterion_sorts(column))
			continue;
		write_option(
		    p, name, order_label(p, WORD_SORT_UP, label), present);
		write_option(p, mem_printf(p->mem, "%s.desc", name),
		    order_label(p, WORD_SORT_DOWN, label), present);
	}
	if (finder->order_text != NULL && !is_simple_order(p))
		write_option(p, present,
		    words_text(p->site->language, WORD_SORT_PRESENT), present);
	fputs("</select></p>\n", p->out);
}

static void
write_size(const struct panel *p)
{
	const struct finder *finder = p->finder;
	const char *present =
	    finder->limit >= 0 ? mem_printf(p->mem, "%ld", finder->limit) : "";
	bool found = finder->limit < 0;

	fputs("<p><label for=\"size\">", p->out);
	word(p, WORD_PER_PAGE);
	fputs("</label>\n<select id=\"size\" name=\"limit\">\n", p->out);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		const char *size = mem_printf(p->mem, "%ld", sizes[i]);
		bool usual = sizes[i] == finder->usual;

		found = found || sizes[i] == finder->limit;
		if (finder->limit == sizes[i] && usual)
			present = "";
		write_option(p, usual ? "" : size, size, present);
	}
	if (!found)
		write_option(p, present, present, present);
	fputs("</select></p>\n", p->out);
}

static void
write_view(const struct panel *p)
{
	begin_panel(p, "tools", false);
	word(p, WORD_VIEW);
	fputs("</summary>\n", p->out);
	write_columns(p);
	fputs("<div class=\"criteria\">\n", p->out);
	write_order(p);
	write_size(p);
	fputs("</div>\n<p>", p->out);
	post_submit(p->out, p->site, NULL, NULL, WORD_SHOW);
	fputs("</p>\n</details>\n", p->out);
}

void
finder_write(FILE *out, struct mem *mem, const struct site *site,
    const struct finder *finder)
{
	const struct table *table = finder->scope->table;
	const struct panel p = { out, mem, site, finder, table };

	if (!finder->panels && !finder->searches)
		return;
	fputs("<form method=\"get\" class=\"find\" role=\"search\"", out);
	layout_url(out, site, "action", table_url(mem, table));
	fputs(">\n", out);
	write_kept(&p);
	write_search(&p);
	if (finder->panels) {
		write_filters(&p);
		write_view(&p);
	}
	fputs("</form>\n", out);
}
