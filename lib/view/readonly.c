#include "view/readonly.h"

#include "format/html.h"

void
readonly_note(FILE *out, struct mem *mem, const struct site *site,
    const struct scope *scope)
{
	const struct table *table = scope->table;

	if ((scope->rights & (RIGHT_CREATE | RIGHT_UPDATE | RIGHT_DELETE)) != 0)
		return;
	fputs("<div class=\"note\">\n", out);
	layout_paragraph(out, mem, site, WORD_READ_ONLY_TABLE, NULL);
	if (table->guard == GUARD_NONE && table->why == WORD_WHY_CANDIDATE) {
		layout_paragraph(out, mem, site, table->why, table->why_arg);
		fputs("<pre>", out);
		html_text(out, table->advice);
		fputs("</pre>\n", out);
	}
	fputs("</div>\n", out);
}
