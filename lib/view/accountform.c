#include "view/accountform.h"

#include "format/html.h"

static void
write_word(FILE *out, const struct site *site, enum word word)
{
	html_text(out, words_text(site->language, word));
}

void
accountform_begin(FILE *out, const struct site *site, const char *url)
{
	html_form(out);
	layout_url(out, site, "action", url);
	fputs(">\n", out);
	if (site->token != NULL)
		html_hidden(out, "_token", site->token);
}

void
accountform_button(
    FILE *out, const struct site *site, const char *what, enum word label)
{
	fputs("<button type=\"submit\" name=\"_do\"", out);
	html_attr(out, "value", what);
	putc('>', out);
	write_word(out, site, label);
	fputs("</button>\n", out);
}

void
accountform_end(
    FILE *out, const struct site *site, const char *what, enum word label)
{
	fputs("<p class=\"actions\">\n", out);
	accountform_button(out, site, what, label);
	fputs("</p>\n</form>\n", out);
}

void
accountform_label(
    FILE *out, const struct site *site, const char *id, enum word label)
{
	fputs("<div class=\"field\">\n<label", out);
	html_attr(out, "for", id);
	putc('>', out);
	write_word(out, site, label);
	fputs("</label>\n", out);
}

void
accountform_notes(FILE *out, struct mem *mem, const struct site *site,
    const struct fault *fault, enum word note)
{
	if (fault != NULL) {
		fputs("<div class=\"notice\" role=\"alert\">\n", out);
		layout_paragraph(
		    out, mem, site, fault->message, fault->args[0]);
		fputs("</div>\n", out);
	}
	if (note != WORD_NONE) {
		fputs("<div class=\"note\" role=\"status\">\n", out);
		layout_paragraph(out, mem, site, note, NULL);
		fputs("</div>\n", out);
	}
}

void
accountform_link(FILE *out, struct mem *mem, const struct site *site,
    enum word text, const char *link)
{
	if (link == NULL)
		return;
	fputs(
	    "<div class=\"note\" role=\"status\">\n<p id=\"copy-help\">", out);
	layout_word(out, mem, site, text, NULL, NULL);
	fputs("</p>\n<p><input type=\"text\" class=\"code\" readonly"
	      " aria-describedby=\"copy-help\"",
	    out);
	html_attr(
	    out, "aria-label", words_text(site->language, WORD_ACCOUNT_COPY));
	html_attr(out, "value", link);
	fputs("></p>\n</div>\n", out);
}
