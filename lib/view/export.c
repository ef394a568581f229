#include "view/export.h"

#include "format/html.h"

static void
write_links(FILE *out, struct mem *mem, const struct site *site, enum word what,
    const char *url)
{
	static const struct {
		const char *dialect;
		enum word word;
	} dialects[] = {
		{ "semicolon", WORD_EXPORT_SHEET },
		{ "comma", WORD_EXPORT_PROGRAM },
	};

	for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
		fputs("<li><a download", out);
		layout_url(out, site, "href",
		    mem_printf(
			mem, "%s&_dialect=%s", url, dialects[i].dialect));
		putc('>', out);
		layout_word(out, mem, site, what, NULL, NULL);
		fputs("</a>, ", out);
		layout_word(out, mem, site, dialects[i].word, NULL, NULL);
		fputs("</li>\n", out);
	}
}

void
export_write(FILE *out, struct mem *mem, const struct site *site,
    const char *shown, const char *all)
{
	fputs("<details class=\"tools\">\n<summary>", out);
	layout_word(out, mem, site, WORD_EXPORT, NULL, NULL);
	fputs("</summary>\n", out);
	layout_paragraph(out, mem, site, WORD_EXPORT_HOW, NULL);
	fputs("<ul class=\"links\">\n", out);
	write_links(out, mem, site, WORD_EXPORT_THIS, shown);
	write_links(out, mem, site, WORD_EXPORT_ALL, all);
	fputs("</ul>\n</details>\n", out);
}
