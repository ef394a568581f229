#include "view/login.h"

#include "format/html.h"
#include "format/password.h"
#include "view/accountform.h"

struct sheet {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct login_page *page;
};

/* One control with its label. */
static void
field(const struct sheet *s, const char *name, enum word label,
    const char *autocomplete, const char *value)
{
	bool hidden = value == NULL;

	accountform_label(s->out, s->site, name + 1, label);
	fputs("<input required autocapitalize=\"none\""
	      " spellcheck=\"false\"",
	    s->out);
	html_attr(s->out, "id", name + 1);
	html_attr(s->out, "name", name);
	html_attr(s->out, "type", hidden ? "password" : "text");
	html_attr(s->out, "autocomplete", autocomplete);
	if (!hidden)
		html_attr(s->out, "value", value);
	fputs(">\n</div>\n", s->out);
}

static void
write_notice(const struct sheet *s)
{
	const struct login_page *page = s->page;

	if (page->fault == NULL && page->kept == NULL)
		return;
	fputs(page->fault != NULL ? "<div class=\"notice\" role=\"alert\">\n"
				  : "<div class=\"note\">\n",
	    s->out);
	if (page->fault != NULL)
		layout_paragraph(s->out, s->mem, s->site, page->fault->message,
		    page->fault->args[0]);
	if (page->kept != NULL)
		layout_paragraph(
		    s->out, s->mem, s->site, WORD_LOGIN_KEPT, NULL);
	if (page->lost != NULL)
		layout_paragraph(
		    s->out, s->mem, s->site, WORD_LOGIN_FILES, page->lost);
	fputs("</div>\n", s->out);
}

static void
write_hidden(const struct sheet *s)
{
	const struct login_page *page = s->page;

	html_hidden(s->out, "_login_token", page->token);
	if (page->next != NULL)
		html_hidden(s->out, "_next", page->next);
	if (page->mode == LOGIN_INVITED)
		html_hidden(s->out, "_invitation", page->invitation);
	if (page->lost != NULL)
		html_hidden(s->out, "_files", "1");
	for (size_t i = 0; page->kept != NULL && i < page->kept->n; i++) {
		const struct form_field *kept = &page->kept->fields[i];

		if (kept->filename == NULL)
			html_hidden(s->out, kept->name, kept->value);
	}
}

static void
new_password(const struct sheet *s)
{
	layout_paragraph(s->out, s->mem, s->site, WORD_PASSWORD_LEAST,
	    mem_printf(s->mem, "%d", PASSWORD_LEAST));
	field(s, "_password", WORD_NEW_PASSWORD, "new-password", NULL);
	field(s, "_again", WORD_PASSWORD_AGAIN, "new-password", NULL);
}

/* Shown, and told to whatever keeps passwords; it is not sent. */
static void
write_account(const struct sheet *s)
{
	accountform_label(s->out, s->site, "account", WORD_LOGIN_NAME);
	fputs("<input type=\"text\" id=\"account\" readonly"
	      " autocomplete=\"username\"",
	    s->out);
	html_attr(s->out, "value", s->page->account);
	fputs(">\n</div>\n", s->out);
}

static void
write_fields(const struct sheet *s)
{
	const char *name = s->page->name == NULL ? "" : s->page->name;

	switch (s->page->mode) {
	case LOGIN_ASK:
		field(s, "_login", WORD_LOGIN_NAME, "username", name);
		field(s, "_password", WORD_PASSWORD, "current-password", NULL);
		break;
	case LOGIN_FIRST:
		layout_paragraph(
		    s->out, s->mem, s->site, WORD_LOGIN_FIRST, NULL);
		field(s, "_code", WORD_SETUP_CODE, "one-time-code", NULL);
		field(s, "_login", WORD_LOGIN_NAME, "username", name);
		new_password(s);
		break;
	case LOGIN_INVITED:
		layout_paragraph(
		    s->out, s->mem, s->site, WORD_LOGIN_INVITED, name);
		write_account(s);
		new_password(s);
		break;
	case LOGIN_END:
		layout_paragraph(
		    s->out, s->mem, s->site, WORD_LOGOUT_ASK, s->site->person);
		break;
	case LOGIN_OPEN:
		break;
	}
}

static void
write_form(const struct sheet *s)
{
	static const enum word buttons[] = {
		[LOGIN_ASK] = WORD_LOGIN,
		[LOGIN_FIRST] = WORD_LOGIN_MAKE,
		[LOGIN_INVITED] = WORD_SAVE,
		[LOGIN_END] = WORD_LOGOUT,
	};

	html_form(s->out);
	html_attr(s->out, "action", s->page->action);
	fputs(">\n", s->out);
	write_hidden(s);
	write_fields(s);
	fputs("<p class=\"actions\">\n<button type=\"submit\">", s->out);
	html_text(
	    s->out, words_text(s->site->language, buttons[s->page->mode]));
	fputs("</button>\n</p>\n</form>\n", s->out);
}

void
login_page(FILE *out, struct mem *mem, const struct site *site,
    const struct login_page *page)
{
	static const enum word titles[] = {
		[LOGIN_ASK] = WORD_LOGIN,
		[LOGIN_FIRST] = WORD_LOGIN_FIRST_TITLE,
		[LOGIN_INVITED] = WORD_NEW_PASSWORD,
		[LOGIN_OPEN] = WORD_LOGIN,
		[LOGIN_END] = WORD_LOGOUT,
	};
	const struct sheet s = { out, mem, site, page };

	layout_begin(
	    out, site, words_text(site->language, titles[page->mode]), NULL, 0);
	if (page->mode == LOGIN_OPEN) {
		fputs("<div class=\"notice\">\n", out);
		layout_paragraph(out, mem, site, WORD_LOGIN_OPEN, NULL);
		fputs("</div>\n", out);
		layout_paragraph(out, mem, site, WORD_WAY_BACK, NULL);
	} else {
		write_notice(&s);
		write_form(&s);
	}
	layout_end(out, site);
}
