#include "view/sort.h"

#include <string.h>

#include "format/html.h"
#include "format/uri.h"
#include "view/caption.h"

/* Where a column stands in the order; n_order: nowhere. */
static size_t
place_in_order(const struct finder *finder, const char *name)
{
	size_t i = 0;

	while (
	    i < finder->n_order && strcmp(finder->order[i].column, name) != 0)
		i++;
	return i;
}

/* The order that a click leads to: of a column that is sorted by, downwards or
 * not at all, the others as they are; else by this column alone. */
static char *
next_order(struct mem *mem, const struct finder *finder, const char *name)
{
	static const char *const nulls[] = {
		[FILTER_NULLS_DEFAULT] = "",
		[FILTER_NULLS_FIRST] = ".nullsfirst",
		[FILTER_NULLS_LAST] = ".nullslast",
	};
	size_t at = place_in_order(finder, name);
	struct text *text = mem_text_open(mem);
	const char *lead = "";

	if (at == finder->n_order)
		return criterion_name(mem, name);
	for (size_t i = 0; i < finder->n_order; i++) {
		const struct filter_order *order = &finder->order[i];

		if (i == at && order->descending)
			continue;
		fputs(lead, text->out);
		fputs(criterion_name(mem, order->column), text->out);
		fputs(order->descending || i == at ? ".desc" : "", text->out);
		fputs(nulls[order->nulls], text->out);
		lead = ",";
	}
	return mem_text(text);
}

static char *
order_url(struct mem *mem, const struct finder *finder, const char *name)
{
	const char *order = next_order(mem, finder, name);
	struct text *text = mem_text_open(mem);

	fputs(finder->unordered, text->out);
	if (*order != '\0') {
		fprintf(text->out,
		    "%corder=", strchr(finder->unordered, '?') ? '&' : '?');
		uri_write(text->out, order);
	}
	return mem_text(text);
}

/* An arrow, and where there are several its number. */
static void
write_arrow(FILE *out, const struct finder *finder, size_t at)
{
	if (at == finder->n_order)
		return;
	fputs(" <span class=\"arrow\" aria-hidden=\"true\">", out);
	fputs(finder->order[at].descending ? "\xe2\x96\xbc" : "\xe2\x96\xb2",
	    out);
	if (finder->n_order > 1)
		fprintf(out, "%zu", at + 1);
	fputs("</span>", out);
}

void
sort_head(FILE *out, struct mem *mem, const struct site *site,
    const struct finder *finder, size_t column)
{
	const struct column *of = &finder->scope->table->columns[column];
	size_t at = place_in_order(finder, of->name);
	const char *label = caption_column(mem, of).label;

	fputs("<th scope=\"col\"", out);
	if (at == 0 && finder->n_order > 0)
		html_attr(out, "aria-sort",
		    finder->order[0].descending ? "descending" : "ascending");
	putc('>', out);
	if (criterion_sorts(of)) {
		fputs("<a", out);
		layout_url(out, site, "href", order_url(mem, finder, of->name));
		putc('>', out);
		html_text(out, label);
		write_arrow(out, finder, at);
		fputs("</a>", out);
	} else {
		html_text(out, label);
	}
	fputs("</th>\n", out);
}
