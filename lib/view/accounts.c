#include "view/accounts.h"

#include <string.h>

#include "format/html.h"
#include "format/uri.h"

struct sheet {
	FILE *out;
	struct mem *mem;
	const struct site *site;
};

static const struct {
	const char *field;
	enum word label;
} parts[] = {
	[ACCOUNTS_DISPLAY] = { "display", WORD_ACCOUNT_DISPLAY },
	[ACCOUNTS_ADMIN] = { "admin", WORD_ACCOUNT_ADMIN },
	[ACCOUNTS_DISABLED] = { "disabled", WORD_ACCOUNT_DISABLED },
	[ACCOUNTS_GROUPS] = { "groups", WORD_ACCOUNT_GROUPS },
};

const char *
accounts_field(enum accounts_part part)
{
	return parts[part].field;
}

/* The URL behind base of an account's page. */
static char *
url_of(struct mem *mem, const char *name)
{
	struct text *text = mem_text_open(mem);

	fputs("/-/accounts?account=", text->out);
	uri_write(text->out, name);
	return mem_text(text);
}

static void
write_word(const struct sheet *s, enum word word)
{
	html_text(s->out, words_text(s->site->language, word));
}

static void
paragraph(
    const struct sheet *s, const char *tag, enum word word, const char *arg)
{
	fputs(tag, s->out);
	layout_word(s->out, s->mem, s->site, word, arg, NULL);
	fputs("</p>\n", s->out);
}

static void
write_fault(const struct sheet *s, const struct fault *fault)
{
	if (fault == NULL)
		return;
	fputs("<div class=\"notice\" role=\"alert\">\n", s->out);
	layout_paragraph(
	    s->out, s->mem, s->site, fault->message, fault->args[0]);
	fputs("</div>\n", s->out);
}

static void
text_field(const struct sheet *s, const char *name, enum word label,
    enum word help, const char *value, bool required)
{
	const char *help_id;

	fputs("<div class=\"field\">\n<label", s->out);
	html_attr(s->out, "for", name);
	putc('>', s->out);
	write_word(s, label);
	fputs("</label>\n<input type=\"text\""
	      " spellcheck=\"false\" dir=\"auto\"",
	    s->out);
	html_attr(s->out, "id", name);
	html_attr(s->out, "name", name);
	html_attr(s->out, "value", value == NULL ? "" : value);
	html_flag(s->out, "required", required);
	if (help == WORD_NONE) {
		fputs(">\n</div>\n", s->out);
		return;
	}
	help_id = mem_printf(s->mem, "%s-help", name);
	html_attr(s->out, "aria-describedby", help_id);
	fputs(">\n<p class=\"help\"", s->out);
	html_attr(s->out, "id", help_id);
	putc('>', s->out);
	write_word(s, help);
	fputs("</p>\n</div>\n", s->out);
}

/* A box to tick; label is its text. */
static void
tick(const struct sheet *s, const char *id, const char *name, const char *value,
    const char *label, bool on)
{
	fputs("<p class=\"tick\"><input type=\"checkbox\"", s->out);
	html_attr(s->out, "id", id);
	html_attr(s->out, "name", name);
	html_attr(s->out, "value", value);
	html_flag(s->out, "checked", on);
	fputs("><label dir=\"auto\"", s->out);
	html_attr(s->out, "for", id);
	putc('>', s->out);
	html_text(s->out, label);
	fputs("</label></p>\n", s->out);
}

static void
tick_part(const struct sheet *s, enum accounts_part part, bool on)
{
	tick(s, parts[part].field, parts[part].field, "1",
	    words_text(s->site->language, parts[part].label), on);
}

static void
write_groups(const struct sheet *s, const struct accounts_fields *fields)
{
	if (fields->n_groups > 0) {
		fputs("<fieldset class=\"place\">\n<legend>", s->out);
		write_word(s, WORD_ACCOUNT_GROUPS);
		fputs("</legend>\n", s->out);
		for (size_t i = 0; i < fields->n_groups; i++)
			tick(s, mem_printf(s->mem, "group%zu", i), "group",
			    fields->groups[i].name, fields->groups[i].name,
			    fields->groups[i].on);
		fputs("</fieldset>\n", s->out);
	}
	text_field(s, "groups", WORD_ACCOUNT_MORE_GROUPS,
	    WORD_ACCOUNT_GROUPS_HELP, NULL, false);
}

static void
write_now(const struct sheet *s, const char *now, enum accounts_part part)
{
	bool flag = part == ACCOUNTS_ADMIN || part == ACCOUNTS_DISABLED;

	if (now == NULL)
		return;
	if (flag || *now == '\0')
		now = words_text(s->site->language, !flag ? WORD_NO_VALUE
						    : *now != '\0' ? WORD_YES
								   : WORD_NO);
	paragraph(s, "<p class=\"theirs\">", WORD_THEIRS, now);
}

static void
write_fields(const struct sheet *s, const struct accounts_fields *fields,
    const char *const *now)
{
	text_field(s, "display", WORD_ACCOUNT_DISPLAY,
	    WORD_ACCOUNT_DISPLAY_HELP, fields->display, false);
	write_now(s, now[ACCOUNTS_DISPLAY], ACCOUNTS_DISPLAY);
	tick_part(s, ACCOUNTS_ADMIN, fields->admin);
	write_now(s, now[ACCOUNTS_ADMIN], ACCOUNTS_ADMIN);
	tick_part(s, ACCOUNTS_DISABLED, fields->disabled);
	write_now(s, now[ACCOUNTS_DISABLED], ACCOUNTS_DISABLED);
	write_groups(s, fields);
	write_now(s, now[ACCOUNTS_GROUPS], ACCOUNTS_GROUPS);
}

static void
begin_form(const struct sheet *s, const char *url)
{
	fputs("<form method=\"post\" enctype=\"multipart/form-data\""
	      " accept-charset=\"utf-8\"",
	    s->out);
	layout_url(s->out, s->site, "action", url);
	fputs(">\n", s->out);
	if (s->site->token != NULL)
		html_hidden(s->out, "_token", s->site->token);
}

static void
button(const struct sheet *s, const char *what, enum word label)
{
	fputs("<button type=\"submit\" name=\"_do\"", s->out);
	html_attr(s->out, "value", what);
	putc('>', s->out);
	write_word(s, label);
	fputs("</button>\n", s->out);
}

/* What an account is, in one cell: several words at once. */
static void
write_state(const struct sheet *s, const struct accounts_line *line)
{
	const struct {
		bool so;
		enum word word;
	} states[] = { { line->admin, WORD_ACCOUNT_ADMIN },
		{ line->disabled, WORD_ACCOUNT_DISABLED },
		{ line->waiting, WORD_ACCOUNT_WAITING } };
	const char *lead = "";

	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		if (!states[i].so)
			continue;
		fputs(lead, s->out);
		write_word(s, states[i].word);
		lead = ", ";
	}
}

static void
cell(const struct sheet *s, enum word label, const char *text)
{
	fputs("<td dir=\"auto\"", s->out);
	html_attr(s->out, "data-label", words_text(s->site->language, label));
	putc('>', s->out);
	html_text(s->out, text);
}

static void
write_line(const struct sheet *s, const struct accounts_line *line)
{
	fputs("<tr>\n<th scope=\"row\" dir=\"auto\"", s->out);
	html_attr(s->out, "data-label",
	    words_text(s->site->language, WORD_LOGIN_NAME));
	fputs("><a", s->out);
	layout_url(s->out, s->site, "href", url_of(s->mem, line->name));
	putc('>', s->out);
	html_text(s->out, line->name);
	fputs("</a></th>\n", s->out);
	cell(s, WORD_ACCOUNT_DISPLAY, line->display);
	fputs("</td>\n", s->out);
	cell(s, WORD_ACCOUNT_GROUPS, line->groups);
	fputs("</td>\n", s->out);
	cell(s, WORD_ACCOUNT_STATE, "");
	write_state(s, line);
	fputs("</td>\n</tr>\n", s->out);
}

static void
write_lines(const struct sheet *s, const struct accounts_list *page)
{
	static const enum word heads[] = { WORD_LOGIN_NAME,
		WORD_ACCOUNT_DISPLAY, WORD_ACCOUNT_GROUPS, WORD_ACCOUNT_STATE };

	fputs("<section class=\"scroll\" tabindex=\"0\"", s->out);
	html_attr(
	    s->out, "aria-label", words_text(s->site->language, WORD_ACCOUNTS));
	fputs(">\n<table>\n<thead>\n<tr>\n", s->out);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		fputs("<th scope=\"col\">", s->out);
		write_word(s, heads[i]);
		fputs("</th>\n", s->out);
	}
	fputs("</tr>\n</thead>\n<tbody>\n", s->out);
	for (size_t i = 0; i < page->n; i++)
		write_line(s, &page->lines[i]);
	fputs("</tbody>\n</table>\n</section>\n", s->out);
}

void
accounts_list_page(FILE *out, struct mem *mem, const struct site *site,
    const struct accounts_list *page)
{
	static const char *const none[ACCOUNTS__MAX];
	const char *title = words_text(site->language, WORD_ACCOUNTS);
	const struct crumb crumbs[] = { { title, NULL } };
	const struct sheet s = { out, mem, site };

	layout_begin(out, site, title, crumbs, 1);
	if (page->n > 0)
		write_lines(&s, page);
	fputs("<h2>", out);
	write_word(&s, WORD_ACCOUNT_NEW);
	fputs("</h2>\n", out);
	write_fault(&s, page->fault);
	begin_form(&s, "/-/accounts");
	text_field(&s, "name", WORD_LOGIN_NAME, WORD_ACCOUNT_NAME_HELP,
	    page->fields->name, true);
	write_fields(&s, page->fields, none);
	fputs("<p class=\"actions\">\n", out);
	button(&s, "add", WORD_ACCOUNT_ADD);
	fputs("</p>\n</form>\n", out);
	layout_end(out, site);
}

void
accounts_link(FILE *out, struct mem *mem, const struct site *site,
    enum word text, const char *link)
{
	const struct sheet s = { out, mem, site };

	if (link == NULL)
		return;
	fputs("<div class=\"note\" role=\"status\">\n", out);
	paragraph(&s, "<p id=\"copy-help\">", text, NULL);
	fputs("<p><input type=\"text\" class=\"code\" readonly"
	      " aria-describedby=\"copy-help\"",
	    out);
	html_attr(
	    out, "aria-label", words_text(site->language, WORD_ACCOUNT_COPY));
	html_attr(out, "value", link);
	fputs("></p>\n</div>\n", out);
}

static void
write_notes(const struct sheet *s, const struct accounts_one *page)
{
	write_fault(s, page->fault);
	if (page->note != WORD_NONE) {
		fputs("<div class=\"note\" role=\"status\">\n", s->out);
		layout_paragraph(s->out, s->mem, s->site, page->note, NULL);
		fputs("</div>\n", s->out);
	}
	accounts_link(
	    s->out, s->mem, s->site, WORD_ACCOUNT_LINK_TEXT, page->link);
}

void
accounts_one_page(FILE *out, struct mem *mem, const struct site *site,
    const struct accounts_one *page)
{
	const char *name = page->fields->name;
	const char *url = url_of(mem, name);
	const struct crumb crumbs[] = {
		{ words_text(site->language, WORD_ACCOUNTS), "/-/accounts" },
		{ name, NULL }
	};
	const struct sheet s = { out, mem, site };

	layout_begin(out, site, name, crumbs, 2);
	write_notes(&s, page);
	begin_form(&s, url);
	html_hidden(out, "_etag", page->etag);
	for (enum accounts_part i = 0; i < ACCOUNTS__MAX; i++)
		html_hidden(out, mem_printf(mem, "_was.%s", parts[i].field),
		    page->was[i]);
	write_fields(&s, page->fields, page->now);
	fputs("<p class=\"actions\">\n", out);
	button(&s, "save", WORD_SAVE);
	layout_link(out, site, NULL, "/-/accounts", WORD_CANCEL);
	fputs("\n</p>\n</form>\n<h2>", out);
	write_word(&s, WORD_ACCOUNT_LINK);
	fputs("</h2>\n", out);
	layout_paragraph(out, mem, site, WORD_ACCOUNT_LINK_HELP, NULL);
	begin_form(&s, url);
	fputs("<p class=\"actions\">\n", out);
	button(&s, "invite", WORD_ACCOUNT_LINK_MAKE);
	fputs("</p>\n</form>\n<h2>", out);
	write_word(&s, WORD_ACCOUNT_SESSIONS);
	fputs("</h2>\n", out);
	begin_form(&s, url);
	fputs("<p class=\"actions\">\n", out);
	button(&s, "end", WORD_ACCOUNT_END);
	fputs("</p>\n</form>\n", out);
	layout_end(out, site);
}
