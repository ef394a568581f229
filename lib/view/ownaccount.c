#include "view/ownaccount.h"

#include "format/html.h"
#include "format/password.h"
#include "view/accountform.h"

/* Where the forms are sent to, behind base. */
static const char url[] = "/-/account";

struct sheet {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct ownaccount_page *page;
};

/* A field; of a password where it has no value, which autocomplete tells. */
static void
field(const struct sheet *s, const char *name, enum word label,
    const char *autocomplete, const char *value)
{
	bool secret = value == NULL;

	accountform_label(s->out, s->site, name, label);
	fputs("<input required", s->out);
	html_attr(s->out, "type", secret ? "password" : "text");
	html_attr(s->out, "id", name);
	html_attr(s->out, "name", name);
	html_attr(s->out, secret ? "autocomplete" : "value",
	    secret ? autocomplete : value);
	fputs(">\n</div>\n", s->out);
}

static void
write_tokens(const struct sheet *s)
{
	const struct ownaccount_page *page = s->page;

	layout_heading(s->out, s->site, WORD_TOKENS);
	layout_paragraph(s->out, s->mem, s->site, WORD_TOKENS_HELP, NULL);
	for (size_t i = 0; i < page->n; i++) {
		fputs("<p dir=\"auto\">", s->out);
		html_text(s->out, page->tokens[i].label);
		fputs(" <span class=\"help\">", s->out);
		html_text(s->out, page->tokens[i].made_at);
		fputs("</span></p>\n", s->out);
		accountform_begin(s->out, s->site, url);
		html_hidden(s->out, "token", page->tokens[i].id);
		accountform_end(s->out, s->site, "drop", WORD_TOKEN_DROP);
	}
	accountform_begin(s->out, s->site, url);
	field(s, "label", WORD_TOKEN_LABEL, NULL,
	    page->label != NULL ? page->label : "");
	accountform_end(s->out, s->site, "token", WORD_TOKEN_MAKE);
}

void
ownaccount_page(FILE *out, struct mem *mem, const struct site *site,
    const struct ownaccount_page *page)
{
	const char *title = words_text(site->language, WORD_OWN_ACCOUNT);
	const struct crumb crumbs[] = { { title, NULL } };
	const struct sheet s = { out, mem, site, page };

	layout_begin(out, site, title, crumbs, 1);
	layout_paragraph(out, mem, site, WORD_LOGOUT_ASK, page->name);
	accountform_notes(out, mem, site, page->fault, page->note);
	accountform_link(out, mem, site, WORD_TOKEN_MADE, page->made);
	layout_heading(out, site, WORD_PASSWORD);
	accountform_begin(out, site, url);
	field(&s, "current", WORD_PASSWORD_NOW, "current-password", NULL);
	layout_paragraph(out, mem, site, WORD_PASSWORD_LEAST,
	    mem_printf(mem, "%d", PASSWORD_LEAST));
	field(&s, "password", WORD_NEW_PASSWORD, "new-password", NULL);
	field(&s, "again", WORD_PASSWORD_AGAIN, "new-password", NULL);
	accountform_end(out, site, "password", WORD_PASSWORD_CHANGE);
	layout_heading(out, site, WORD_ACCOUNT_SESSIONS);
	layout_paragraph(out, mem, site, WORD_OWN_SESSIONS, page->sessions);
	accountform_begin(out, site, url);
	accountform_end(out, site, "end", WORD_OWN_END);
	write_tokens(&s);
	layout_end(out, site);
}
