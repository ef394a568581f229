#include "view/layout.h"

#include "format/html.h"
#include "view/assets.h"

static void
plain_word(FILE *out, const struct site *site, enum word word)
{
	html_text(out, words_text(site->language, word));
}

void
layout_url(
    FILE *out, const struct site *site, const char *name, const char *url)
{
	putc(' ', out);
	fputs(name, out);
	fputs("=\"", out);
	html_text(out, site->base);
	html_text(out, url);
	putc('"', out);
}

void
layout_link(FILE *out, const struct site *site, const char *class,
    const char *url, enum word word)
{
	fputs("<a", out);
	if (class != NULL)
		html_attr(out, "class", class);
	layout_url(out, site, "href", url);
	putc('>', out);
	plain_word(out, site, word);
	fputs("</a>", out);
}

static void
write_head(FILE *out, const struct site *site, const char *title)
{
	fputs("<!DOCTYPE html>\n<html", out);
	html_attr(out, "lang", words_code(site->language));
	fputs(">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\""
	      " content=\"width=device-width, initial-scale=1\">\n"
	      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
	    out);
	html_text(out, title);
	if (site->title != NULL && *site->title != '\0') {
		fputs(" \xe2\x80\x93 ", out);
		html_text(out, site->title);
	}
	fputs("</title>\n<link rel=\"stylesheet\"", out);
	layout_url(out, site, "href", "/-/style.css");
	if (site->stylesheet != NULL) {
		fputs(">\n<link rel=\"stylesheet\"", out);
		html_attr(out, "href", site->stylesheet);
	}
	fputs(">\n<script defer", out);
	layout_url(out, site, "src", "/-/script.js");
	fputs("></script>\n</head>\n", out);
}

static void
write_crumb(FILE *out, const struct site *site, const struct crumb *crumb)
{
	fputs("<li>", out);
	if (crumb->url != NULL) {
		fputs("<a", out);
		layout_url(out, site, "href", crumb->url);
		fputs(" dir=\"auto\">", out);
	} else {
		fputs("<span aria-current=\"page\" dir=\"auto\">", out);
	}
	html_text(out, crumb->label);
	fputs(crumb->url != NULL ? "</a></li>\n" : "</span></li>\n", out);
}

/* HTML of the administrator's. */
static void
write_fragment(FILE *out, const char *class, const char *html)
{
	fputs("<div", out);
	html_attr(out, "class", class);
	fputs(">\n", out);
	fputs(html, out);
	fputs("\n</div>\n", out);
}

/* Logo and title, which lead home. */
static void
write_site(FILE *out, const struct site *site)
{
	fputs("<p class=\"site\" dir=\"auto\"><a", out);
	layout_url(out, site, "href", "/");
	putc('>', out);
	if (site->logo != NULL) {
		fputs("<img alt=\"\"", out);
		html_attr(out, "src", site->logo);
		putc('>', out);
	}
	html_text(out, site->title);
	fputs("</a></p>\n", out);
}

static void
write_header(
    FILE *out, const struct site *site, const struct crumb *crumbs, size_t n)
{
	fputs("<header>\n", out);
	if (site->header != NULL)
		write_fragment(out, "own", site->header);
	if (site->title != NULL && *site->title != '\0')
		write_site(out, site);
	if (site->person != NULL) {
		fputs("<p class=\"person\" dir=\"auto\">", out);
		if (site->own_account) {
			fputs("<a", out);
			layout_url(out, site, "href", "/-/account");
			putc('>', out);
		}
		html_text(out, site->person);
		fputs(site->own_account ? "</a></p>\n" : "</p>\n", out);
	}
	if (site->logout || site->login != NULL) {
		fputs("<p class=\"login\">", out);
		layout_link(out, site, NULL,
		    site->logout ? "/-/logout" : site->login,
		    site->logout ? WORD_LOGOUT : WORD_LOGIN);
		fputs("</p>\n", out);
	}
	if (n > 0) {
		fputs("<nav", out);
		html_attr(out, "aria-label",
		    words_text(site->language, WORD_YOU_ARE_HERE));
		fputs(">\n<ol>\n<li>", out);
		layout_link(out, site, NULL, "/", WORD_HOME);
		fputs("</li>\n", out);
		for (size_t i = 0; i < n; i++)
			write_crumb(out, site, &crumbs[i]);
		fputs("</ol>\n</nav>\n", out);
	}
	fputs("</header>\n", out);
}

void
layout_begin(FILE *out, const struct site *site, const char *title,
    const struct crumb *crumbs, size_t n_crumbs)
{
	write_head(out, site, title);
	fputs("<body>\n<a class=\"skip\" href=\"#main\">", out);
	plain_word(out, site, WORD_SKIP);
	fputs("</a>\n", out);
	write_header(out, site, crumbs, n_crumbs);
	fputs("<main id=\"main\" tabindex=\"-1\">\n<h1 dir=\"auto\">", out);
	html_text(out, title);
	fputs("</h1>\n", out);
}

void
layout_end(FILE *out, const struct site *site)
{
	fputs("</main>\n", out);
	if (site->footer != NULL) {
		fputs("<footer>\n", out);
		write_fragment(out, "own", site->footer);
		fputs("</footer>\n", out);
	}
	fputs("</body>\n</html>\n", out);
}

void
layout_word(FILE *out, struct mem *mem, const struct site *site, enum word word,
    const char *arg1, const char *arg2)
{
	const char *const args[3] = { arg1, arg2, NULL };

	html_text(out, words_fill(mem, site->language, word, args));
}

void
layout_paragraph(FILE *out, struct mem *mem, const struct site *site,
    enum word word, const char *arg)
{
	fputs("<p>", out);
	layout_word(out, mem, site, word, arg, NULL);
	fputs("</p>\n", out);
}

void
layout_heading(FILE *out, const struct site *site, enum word word)
{
	fputs("<h2>", out);
	plain_word(out, site, word);
	fputs("</h2>\n", out);
}

void
layout_scroll(FILE *out, const char *label)
{
	fputs("<section class=\"scroll\" tabindex=\"0\"", out);
	html_attr(out, "aria-label", label);
	fputs(">\n", out);
}

const struct asset *
layout_style(void)
{
	return &asset_style_css;
}

const struct asset *
layout_script(void)
{
	return &asset_script_js;
}
