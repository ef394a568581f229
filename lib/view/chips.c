#include "view/chips.h"

#include "format/html.h"
#include "view/phrase.h"

static void
write_chip(FILE *out, struct mem *mem, const struct site *site,
    const struct finder_chip *chip)
{
	fputs(chip->wrong ? "<li class=\"wrong\"><a" : "<li><a", out);
	layout_url(out, site, "href", chip->url);
	fputs(" dir=\"auto\"><span class=\"aloud\">", out);
	html_text(out, words_text(site->language, WORD_REMOVE));
	fputs(" </span>", out);
	if (chip->wrong)
		layout_word(out, mem, site, WORD_SAID_WRONG, chip->text, NULL);
	else
		html_text(out, chip->text);
	fputs(" <span aria-hidden=\"true\">\xc3\x97</span></a></li>\n", out);
}

static void
write_count(FILE *out, struct mem *mem, const struct site *site,
    const struct finder *finder)
{
	bool found = finder->n_chips > 0;
	const char *number;

	if (finder->count < 0 || (finder->count == 0 && finder->counted))
		return;
	number =
	    phrase_count(mem, site->language, finder->count, !finder->counted);
	fputs("<p class=\"count\" role=\"status\">", out);
	if (finder->counted)
		layout_word(out, mem, site,
		    found ? WORD_COUNT_FOUND : WORD_COUNT, number, NULL);
	else
		layout_word(out, mem, site,
		    found ? WORD_COUNT_FOUND_ABOUT : WORD_COUNT_ABOUT, number,
		    NULL);
	fputs("</p>\n", out);
}

void
chips_write(FILE *out, struct mem *mem, const struct site *site,
    const struct finder *finder)
{
	if (finder->n_chips > 0) {
		fputs("<section", out);
		html_attr(
		    out, "aria-label", words_text(site->language, WORD_ACTIVE));
		fputs(">\n<ul class=\"chips\">\n", out);
		for (size_t i = 0; i < finder->n_chips; i++)
			write_chip(out, mem, site, &finder->chips[i]);
		if (finder->n_chips > 1) {
			fputs("<li class=\"all\">", out);
			layout_link(
			    out, site, NULL, finder->all, WORD_REMOVE_ALL);
			fputs("</li>\n", out);
		}
		fputs("</ul>\n</section>\n", out);
	}
	write_count(out, mem, site, finder);
}
