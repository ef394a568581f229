#include "view/panels.h"

#include "format/html.h"
#include "view/export.h"

static bool
edits(const struct list_page *page)
{
	return page->n > 0 && page->tools.editable != NULL;
}

/* The link is called what the panels are called. */
static void
write_link(FILE *out, struct mem *mem, const struct site *site,
    const struct list_page *page)
{
	const struct finder *finder = page->finder;

	fputs("<p><a class=\"button\"", out);
	layout_url(out, site, "href", finder->other);
	putc('>', out);
	layout_word(out, mem, site,
	    finder->n_filters > 0 ? WORD_FILTER_SOME : WORD_FILTER,
	    mem_printf(mem, "%zu", finder->n_filters), NULL);
	fputs(" \xc2\xb7 ", out);
	layout_word(out, mem, site, WORD_VIEW, NULL, NULL);
	if (edits(page)) {
		fputs(" \xc2\xb7 ", out);
		layout_word(out, mem, site, WORD_EDIT_IN_PLACE, NULL, NULL);
	}
	if (page->shown_csv != NULL) {
		fputs(" \xc2\xb7 ", out);
		layout_word(out, mem, site, WORD_EXPORT, NULL, NULL);
	}
	fputs("</a></p>\n", out);
}

static void
write_panels(FILE *out, struct mem *mem, const struct site *site,
    const struct list_page *page)
{
	if (edits(page))
		tools_edit(out, mem, site, page->scope, &page->tools);
	if (page->shown_csv != NULL)
		export_write(out, mem, site, page->shown_csv, page->all_csv);
	/* what is wrong would be so without them */
	if (page->finder->wrong != NULL)
		return;
	fputs("<p>", out);
	layout_link(
	    out, site, "button", page->finder->other, WORD_CLOSE_PANELS);
	fputs("</p>\n", out);
}

void
panels_write(FILE *out, struct mem *mem, const struct site *site,
    const struct list_page *page)
{
	fputs("<div class=\"finder\">\n", out);
	finder_write(out, mem, site, page->finder);
	if (page->finder->panels)
		write_panels(out, mem, site, page);
	else
		write_link(out, mem, site, page);
	fputs("</div>\n", out);
}
