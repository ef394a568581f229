#include "view/finding.h"

#include <string.h>

#include "format/html.h"

static const struct {
	enum word word;
	const char *class;
} levels[] = {
	[FINDING_PLAIN] = { WORD_NONE, "plain" },
	[FINDING_FINE] = { WORD_CHECK_FINE, "fine" },
	[FINDING_NOTE] = { WORD_CHECK_NOTE, "limit" },
	[FINDING_WRONG] = { WORD_CHECK_WRONG, "wrong" },
};

void
finding_add(struct mem *mem, struct findings *findings,
    enum finding_level level, const char *text, const char *advice)
{
	findings->items = mem_grow(
	    mem, findings->items, findings->n, sizeof *findings->items);
	findings->items[findings->n++] =
	    (struct finding){ level, text, advice };
}

bool
finding_any_wrong(const struct findings *findings)
{
	for (size_t i = 0; i < findings->n; i++)
		if (findings->items[i].level == FINDING_WRONG)
			return true;
	return false;
}

static void
write_advice(FILE *out, const char *advice, const char *indent)
{
	while (advice && *advice) {
		size_t len = strcspn(advice, "\n");

		fputs(indent, out);
		fputs("    ", out);
		fwrite(advice, 1, len, out);
		putc('\n', out);
		advice += len + (advice[len] != '\0');
	}
}

void
finding_lines(FILE *out, const struct findings *findings, const char *indent,
    enum language language)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];

		fputs(indent, out);
		if (levels[finding->level].word != WORD_NONE) {
			fputs(words_text(language, levels[finding->level].word),
			    out);
			fputs(": ", out);
		}
		fputs(finding->text, out);
		putc('\n', out);
		write_advice(out, finding->advice, indent);
	}
}

void
finding_entry(FILE *out, const struct finding *finding, const char *label,
    enum language language)
{
	fputs("<li", out);
	html_attr(out, "class", levels[finding->level].class);
	putc('>', out);
	if (levels[finding->level].word != WORD_NONE) {
		fputs("<strong>", out);
		html_text(
		    out, words_text(language, levels[finding->level].word));
		fputs(":</strong> ", out);
	}
	if (label) {
		html_text(out, label);
		fputs(": ", out);
	}
	html_text(out, finding->text);
	if (finding->advice) {
		fputs("\n<pre>", out);
		html_text(out, finding->advice);
		fputs("</pre>", out);
	}
	fputs("</li>\n", out);
}

void
finding_list(FILE *out, const struct findings *findings, enum language language)
{
	if (findings->n == 0)
		return;
	fputs("<ul class=\"findings\">\n", out);
	for (size_t i = 0; i < findings->n; i++)
		finding_entry(out, &findings->items[i], NULL, language);
	fputs("</ul>\n", out);
}
