#include "view/accounts.h"

#include <string.h>

#include "format/html.h"
#include "format/uri.h"
#include "view/accountform.h"

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
text_field(const struct sheet *s, const char *name, enum word label,
    enum word help, const char *value, bool required)
{
	const char *help_id;

	accountform_label(s->out, s->site, name, label);
	fputs("<input type=\"text\""
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
	fputs("<p class=\"theirs\">", s->out);
	layout_word(s->out, s->mem, s->site, WORD_THEIRS, now, NULL);
	fputs("</p>\n", s->out);
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

	layout_scroll(s->out, words_text(s->site->language, WORD_ACCOUNTS));
	fputs("<table>\n<thead>\n<tr>\n", s->out);
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
	layout_heading(out, site, WORD_ACCOUNT_NEW);
	accountform_notes(out, mem, site, page->fault, WORD_NONE);
	accountform_begin(out, site, "/-/accounts");
	text_field(&s, "name", WORD_LOGIN_NAME, WORD_ACCOUNT_NAME_HELP,
	    page->fields->name, true);
	write_fields(&s, page->fields, none);
	accountform_end(out, site, "add", WORD_ACCOUNT_ADD);
	layout_end(out, site);
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
	accountform_notes(out, mem, site, page->fault, page->note);
	accountform_link(out, mem, site, WORD_ACCOUNT_LINK_TEXT, page->link);
	accountform_begin(out, site, url);
	html_hidden(out, "_etag", page->etag);
	for (enum accounts_part i = 0; i < ACCOUNTS__MAX; i++)
		html_hidden(out, mem_printf(mem, "_was.%s", parts[i].field),
		    page->was[i]);
	write_fields(&s, page->fields, page->now);
	fputs("<p class=\"actions\">\n", out);
	accountform_button(out, site, "save", WORD_SAVE);
	layout_link(out, site, NULL, "/-/accounts", WORD_CANCEL);
	fputs("\n</p>\n</form>\n", out);
	layout_heading(out, site, WORD_ACCOUNT_LINK);
	layout_paragraph(out, mem, site, WORD_ACCOUNT_LINK_HELP, NULL);
	accountform_begin(out, site, url);
	accountform_end(out, site, "invite", WORD_ACCOUNT_LINK_MAKE);
	layout_heading(out, site, WORD_ACCOUNT_SESSIONS);
	accountform_begin(out, site, url);
	accountform_end(out, site, "end", WORD_ACCOUNT_END);
	layout_end(out, site);
}
