#include "view/firstrun.h"

#include "format/html.h"

static void
sentence(FILE *out, struct mem *mem, const struct site *site, const char *tag,
    enum word word, const char *arg)
{
	putc('<', out);
	fputs(tag, out);
	putc('>', out);
	layout_word(out, mem, site, word, arg, NULL);
	fputs("</", out);
	fputs(tag, out);
	fputs(">\n", out);
}

/* The lines of a first configuration. */
static void
write_sample(FILE *out, const struct firstrun_page *page)
{
	fputs("<pre>database = host=localhost dbname=CLUB user=CLUB"
	      " password=PASSWORD\n"
	      "title = Records\n"
	      "accounts = on\n"
	      "authenticated = write\n"
	      "secret = ",
	    out);
	html_text(out, page->secret);
	fputs("\nsetup_code = ", out);
	html_text(out, page->code);
	fputs(page->short_bodies ? "\nbody_limit = 128K\nconnections = 4" : "",
	    out);
	fputs("\n\n[table public.*]\n</pre>\n", out);
}

void
firstrun_page(FILE *out, struct mem *mem, const struct site *site,
    const struct firstrun_page *page)
{
	static const enum word steps[] = { WORD_FIRST_UPLOAD, WORD_FIRST_PASTE,
		WORD_FIRST_OPEN };

	layout_begin(
	    out, site, words_text(site->language, WORD_NOT_SET_UP), NULL, 0);
	if (page->wrong != WORD_NONE) {
		fputs("<div class=\"notice\">\n", out);
		sentence(out, mem, site, "p", page->wrong, page->line);
		fputs("</div>\n", out);
	} else {
		sentence(out, mem, site, "p", WORD_FIRST_RUNS, page->name);
		fputs("<ol>\n<li>", out);
		layout_word(out, mem, site, WORD_FIRST_SAVE, page->name, NULL);
		write_sample(out, page);
		fputs("</li>\n", out);
		for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
			sentence(out, mem, site, "li", steps[i], NULL);
		fputs("</ol>\n", out);
	}
	layout_end(out, site);
}
