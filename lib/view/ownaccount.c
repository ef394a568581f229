#include "view/ownaccount.h"

#include "format/html.h"
#include "format/password.h"
#include "view/accounts.h"

struct sheet {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct ownaccount_page *page;
};

static void
write_word(const struct sheet *s, enum word word)
{
	html_text(s->out, words_text(s->site->language, word));
}

static void
heading(const struct sheet *s, enum word word)
{
	fputs("<h2>", s->out);
	write_word(s, word);
	fputs("</h2>\n", s->out);
}

/* A field; of a password where it has no value, which autocomplete tells. */
static void
field(const struct sheet *s, const char *name, enum word label,
    const char *autocomplete, const char *value)
{
	bool secret = value == NULL;

	fputs("<div class=\"field\">\n<label", s->out);
	html_attr(s->out, "for", name);
	putc('>', s->out);
	write_word(s, label);
	fputs("</label>\n<input required", s->out);
	html_attr(s->out, "type", secret ? "password" : "text");
	html_attr(s->out, "id", name);
	html_attr(s->out, "name", name);
	html_attr(s->out, secret ? "autocomplete" : "value",
	    secret ? autocomplete : value);
	fputs(">\n</div>\n", s->out);
}

static void
begin_form(const struct sheet *s)
{
	fputs("<form method=\"post\" enctype=\"multipart/form-data\""
	      " accept-charset=\"utf-8\"",
	    s->out);
	layout_url(s->out, s->site, "action", "/-/account");
	fputs(">\n", s->out);
	if (s->site->token != NULL)
		html_hidden(s->out, "_token", s->site->token);
}

static void
end_form(const struct sheet *s, const char *what, enum word label)
{
	fputs("<p class=\"actions\">\n<button type=\"submit\" name=\"_do\"",
	    s->out);
	html_attr(s->out, "value", what);
	putc('>', s->out);
	write_word(s, label);
	fputs("</button>\n</p>\n</form>\n", s->out);
}

static void
write_notes(const struct sheet *s)
{
	const struct ownaccount_page *page = s->page;

	if (page->fault != NULL) {
		fputs("<div class=\"notice\" role=\"alert\">\n", s->out);
		layout_paragraph(s->out, s->mem, s->site, page->fault->message,
		    page->fault->args[0]);
		fputs("</div>\n", s->out);
	}
	if (page->note != WORD_NONE) {
		fputs("<div class=\"note\" role=\"status\">\n", s->out);
		layout_paragraph(s->out, s->mem, s->site, page->note, NULL);
		fputs("</div>\n", s->out);
	}
	accounts_link(s->out, s->mem, s->site, WORD_TOKEN_MADE, page->made);
}

static void
write_tokens(const struct sheet *s)
{
	const struct ownaccount_page *page = s->page;

	heading(s, WORD_TOKENS);
	layout_paragraph(s->out, s->mem, s->site, WORD_TOKENS_HELP, NULL);
	for (size_t i = 0; i < page->n; i++) {
		fputs("<p dir=\"auto\">", s->out);
		html_text(s->out, page->tokens[i].label);
		fputs(" <span class=\"help\">", s->out);
		html_text(s->out, page->tokens[i].made_at);
		fputs("</span></p>\n", s->out);
		begin_form(s);
		html_hidden(s->out, "token", page->tokens[i].id);
		end_form(s, "drop", WORD_TOKEN_DROP);
	}
	begin_form(s);
	field(s, "label", WORD_TOKEN_LABEL, NULL,
	    page->label != NULL ? page->label : "");
	end_form(s, "token", WORD_TOKEN_MAKE);
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
	write_notes(&s);
	heading(&s, WORD_PASSWORD);
	begin_form(&s);
	field(&s, "current", WORD_PASSWORD_NOW, "current-password", NULL);
	layout_paragraph(out, mem, site, WORD_PASSWORD_LEAST,
	    mem_printf(mem, "%d", PASSWORD_LEAST));
	field(&s, "password", WORD_NEW_PASSWORD, "new-password", NULL);
	field(&s, "again", WORD_PASSWORD_AGAIN, "new-password", NULL);
	end_form(&s, "password", WORD_PASSWORD_CHANGE);
	heading(&s, WORD_ACCOUNT_SESSIONS);
	layout_paragraph(out, mem, site, WORD_OWN_SESSIONS, page->sessions);
	begin_form(&s);
	end_form(&s, "end", WORD_OWN_END);
	write_tokens(&s);
	layout_end(out, site);
}
