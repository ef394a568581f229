#include "view/check.h"

#include "format/html.h"
#include "view/assets.h"

static const struct {
	enum right right;
	enum word word;
} rights[] = {
	{ RIGHT_READ, WORD_CHECK_READ },
	{ RIGHT_CREATE, WORD_CHECK_CREATE },
	{ RIGHT_UPDATE, WORD_CHECK_UPDATE },
	{ RIGHT_DELETE, WORD_CHECK_DELETE },
};

bool
check_wrong(const struct check_report *report)
{
	bool wrong = finding_any_wrong(&report->before) ||
		     finding_any_wrong(&report->after);

	for (size_t i = 0; i < report->n; i++)
		wrong |= finding_any_wrong(&report->tables[i].findings);
	return wrong;
}

static char *
key_of(struct mem *mem, const struct table *table, enum language language)
{
	struct text *text = mem_text_open(mem);

	if (table->n_key == 0)
		fputs(words_text(language, WORD_CHECK_NONE), text->out);
	for (size_t i = 0; i < table->n_key; i++) {
		fputs(i > 0 ? ", " : "", text->out);
		fputs(table->columns[table->key[i]].name, text->out);
	}
	return mem_text(text);
}

static char *
rights_of(struct mem *mem, const struct table *table, enum language language)
{
	struct text *text = mem_text_open(mem);
	const char *lead = "";

	if (table->rights == 0)
		fputs(words_text(language, WORD_CHECK_NONE), text->out);
	for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
		if (!(table->rights & rights[i].right))
			continue;
		fputs(lead, text->out);
		fputs(words_text(language, rights[i].word), text->out);
		lead = ", ";
	}
	return mem_text(text);
}

static void
write_line(FILE *out, enum word label, const char *value)
{
	fputs("  ", out);
	fputs(words_text(LANGUAGE_EN, label), out);
	fputs(": ", out);
	fputs(value, out);
	putc('\n', out);
}

static void
table_lines(FILE *out, struct mem *mem, const struct check_table *checked)
{
	const struct table *table = checked->table;

	fputs(checked->name, out);
	if (table) {
		fputs(" (", out);
		fputs(table->ident, out);
		fputs(")\n", out);
		write_line(
		    out, WORD_CHECK_KEY, key_of(mem, table, LANGUAGE_EN));
		write_line(out, WORD_CHECK_GUARD,
		    mem_printf(mem, "%s%s%s", table_guard_name(table),
			table->version ? " in " : "",
			table->version ? table->version : ""));
		write_line(
		    out, WORD_CHECK_RIGHTS, rights_of(mem, table, LANGUAGE_EN));
	} else {
		putc('\n', out);
	}
	finding_lines(out, &checked->findings, "  ", LANGUAGE_EN);
}

void
check_lines(FILE *out, const struct check_report *report)
{
	struct mem *mem = mem_new();

	finding_lines(out, &report->before, "", LANGUAGE_EN);
	for (size_t i = 0; i < report->n; i++)
		table_lines(out, mem, &report->tables[i]);
	finding_lines(out, &report->after, "", LANGUAGE_EN);
	mem_free(mem);
}

/* What the columns of the list of tables are called. */
static const enum word heads[] = { WORD_CHECK_TABLE, WORD_CHECK_KEY,
	WORD_CHECK_GUARD, WORD_CHECK_RIGHTS };

/* label: which column a value is of, or NULL. */
static void
write_cell(FILE *out, const char *tag, const char *label, const char *text)
{
	putc('<', out);
	fputs(tag, out);
	fputs(" dir=\"auto\"", out);
	if (label != NULL)
		html_attr(out, "data-label", label);
	putc('>', out);
	html_text(out, text);
	fputs("</", out);
	fwrite(tag, 1, 2, out);
	fputs(">\n", out);
}

/* Guards in people's words; what keeps the version is for the terminal. */
static enum word
guard_word(const struct table *table)
{
	static const enum word words[] = {
		[GUARD_VERSION] = WORD_CHECK_GUARD_VERSION,
		[GUARD_VERSION_XMIN] = WORD_CHECK_GUARD_OTHER,
		[GUARD_FOREIGN] = WORD_CHECK_GUARD_OTHER,
		[GUARD_XMIN] = WORD_CHECK_GUARD_ROW,
		[GUARD_NONE] = WORD_CHECK_GUARD_NONE,
	};

	return words[table->guard];
}

static void
write_table(FILE *out, struct mem *mem, enum language language,
    const struct check_table *checked)
{
	const struct table *table = checked->table;
	const char *values[sizeof heads / sizeof *heads];

	if (!table)
		return;
	values[0] = checked->name;
	values[1] = key_of(mem, table, language);
	values[2] = words_text(language, guard_word(table));
	values[3] = rights_of(mem, table, language);
	fputs("<tr>\n", out);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		write_cell(out, i == 0 ? "th scope=\"row\"" : "td",
		    words_text(language, heads[i]), values[i]);
	fputs("</tr>\n", out);
}

static void
write_tables(FILE *out, struct mem *mem, const struct site *site,
    const struct check_report *report)
{
	if (report->n == 0)
		return;
	layout_scroll(out, words_text(site->language, WORD_CHECK_DATABASE));
	fputs("<table>\n<thead>\n<tr>\n", out);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		write_cell(out, "th scope=\"col\"", NULL,
		    words_text(site->language, heads[i]));
	fputs("</tr>\n</thead>\n<tbody>\n", out);
	for (size_t i = 0; i < report->n; i++)
		write_table(out, mem, site->language, &report->tables[i]);
	fputs("</tbody>\n</table>\n</section>\n", out);
}

static void
write_table_findings(
    FILE *out, const struct site *site, const struct check_report *report)
{
	bool any = false;

	for (size_t i = 0; i < report->n; i++) {
		const struct check_table *checked = &report->tables[i];

		for (size_t k = 0; k < checked->findings.n; k++) {
			fputs(any ? "" : "<ul class=\"findings\">\n", out);
			any = true;
			finding_entry(out, &checked->findings.items[k],
			    checked->name, site->language);
		}
	}
	fputs(any ? "</ul>\n" : "", out);
}

/* A place for the script: what it has to send and to say. */
static void
write_front(FILE *out, const struct site *site, const struct check_page *page)
{
	layout_heading(out, site, WORD_FRONT_TITLE);
	fputs("<p>", out);
	html_text(out, words_text(site->language, WORD_FRONT_HOW));
	fputs("</p>\n<pre>ifmatch check --url <span id=\"site\">", out);
	html_text(out, page->url);
	fputs("</span></pre>\n", out);
	if (!page->probes)
		return;
	fputs("<p class=\"actions\"><button type=\"button\" id=\"run\" hidden>",
	    out);
	html_text(out, words_text(site->language, WORD_FRONT_RUN));
	fputs("</button></p>\n<div id=\"front\" role=\"status\"", out);
	html_attr(out, "data-probes", page->probes);
	layout_url(out, site, "data-judge", "/-/check");
	html_attr(out, "data-running",
	    words_text(site->language, WORD_FRONT_RUNNING));
	html_attr(
	    out, "data-failed", words_text(site->language, WORD_FRONT_FAILED));
	fputs("></div>\n<script", out);
	layout_url(out, site, "src", "/-/check.js");
	fputs("></script>\n", out);
}

void
check_page(FILE *out, struct mem *mem, const struct site *site,
    const struct check_page *page)
{
	const char *title = words_text(site->language, WORD_CHECK_TITLE);
	const struct crumb crumb = { title, NULL };

	layout_begin(out, site, title, &crumb, 1);
	layout_heading(out, site, WORD_CHECK_DATABASE);
	finding_list(out, &page->report->before, site->language);
	write_tables(out, mem, site, page->report);
	write_table_findings(out, site, page->report);
	finding_list(out, &page->report->after, site->language);
	write_front(out, site, page);
	layout_end(out, site);
}

const struct asset *
check_script(void)
{
	return &asset_check_js;
}
