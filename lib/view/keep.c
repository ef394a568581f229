#include "view/keep.h"

#include "format/html.h"

static const struct {
	const char *name;
	enum word word;
} words[] = {
	{ "data-offer", WORD_DRAFT_OFFER },
	{ "data-take", WORD_DRAFT_TAKE },
	{ "data-discard", WORD_DRAFT_DISCARD },
}, news[] = {
	{ "data-by", WORD_STALE_BY },
	{ "data-at", WORD_STALE_AT },
	{ "data-somebody", WORD_STALE_SOMEBODY },
	{ "data-gone", WORD_NEWS_GONE },
	{ "data-see", WORD_CHANGES_SEE },
	{ "data-keep", WORD_NEWS_KEEP },
};

void
keep_write(
    FILE *out, const struct site *site, const char *variant, bool unsaved)
{
	fputs("<span class=\"news\" role=\"status\"", out);
	html_attr(out, "data-person", site->account ? site->account : "");
	html_flag(out, "data-unsaved", unsaved);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		html_attr(out, words[i].name,
		    words_text(site->language, words[i].word));
	if (variant != NULL)
		html_attr(out, "data-variant", variant);
	for (size_t i = 0; variant && i < sizeof news / sizeof *news; i++)
		html_attr(out, news[i].name,
		    words_text(site->language, news[i].word));
	fputs("></span>\n", out);
}
