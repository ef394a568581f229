#include "view/post.h"

#include "format/html.h"
#include "format/seal.h"
#include "view/caption.h"
#include "view/room.h"
#include "view/way.h"

enum {
	FRAGMENT_DIGITS = 6
};

void
post_page(FILE *out, struct mem *mem, const struct site *site,
    const struct table *table, const char *title, const char *label,
    const char *row)
{
	const struct crumb crumbs[] = {
		{ caption_table(mem, table).label,
		    way_back(mem, site, table, NULL, NULL) },
		{ label != NULL ? label
				: words_text(site->language, WORD_NEW_ROW),
		    row },
	};

	layout_begin(out, site, title, crumbs, 2);
}

void
post_form(FILE *out, struct mem *mem, const struct site *site, const char *url,
    const char *name)
{
	const char *nonce = seal_nonce(mem);

	html_form(out);
	/* Where nothing answers, Chromium puts its own page in the place of one
	 * that has the very address that the form is sent to, and what was
	 * typed is lost; a fragment that no page has makes it another one. */
	layout_url(out, site, "action",
	    mem_printf(mem, "%s#%.*s", url, FRAGMENT_DIGITS, nonce));
	/* a reload must not put text typed on an older state into this page:
	 * browsers restore it by the form's name */
	if (name != NULL && *name != '\0')
		html_attr(out, "name", name);
	room_form(out, mem, site);
	fputs(">\n", out);
	html_hidden(out, "_submission", nonce);
	if (site->token != NULL)
		html_hidden(out, "_token", site->token);
}

void
post_begin(FILE *out, struct mem *mem, const struct site *site, const char *url,
    const char *state)
{
	post_form(out, mem, site, url, state);
	way_write(out, site);
	if (state != NULL)
		html_hidden(out, "_etag", state);
}

void
post_submit(FILE *out, const struct site *site, const char *name,
    const char *class, enum word text)
{
	fputs("<button type=\"submit\"", out);
	if (name != NULL) {
		html_attr(out, "name", name);
		html_attr(out, "value", "1");
	}
	if (class != NULL)
		html_attr(out, "class", class);
	putc('>', out);
	html_text(out, words_text(site->language, text));
	fputs("</button>\n", out);
}
