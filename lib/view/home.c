#include "view/home.h"

#include "format/html.h"
#include "format/json.h"
#include "view/caption.h"

static void
write_entry(FILE *out, struct mem *mem, const struct site *site,
    const struct table *table)
{
	struct caption caption = caption_table(mem, table);

	fputs("<li><a", out);
	layout_url(out, site, "href", table_url(mem, table));
	fputs(" dir=\"auto\">", out);
	html_text(out, caption.label);
	fputs("</a>", out);
	if (caption.help != NULL) {
		fputs("\n<p class=\"help\" dir=\"auto\">", out);
		html_text(out, caption.help);
		fputs("</p>", out);
	}
	fputs("</li>\n", out);
}

void
home_page(FILE *out, struct mem *mem, const struct site *site,
    struct scope *const *scopes, size_t n, bool plans)
{
	layout_begin(out, site, words_text(site->language, WORD_HOME), NULL, 0);
	if (n == 0) {
		layout_paragraph(out, mem, site, WORD_NO_TABLES, NULL);
	} else {
		fputs("<ul class=\"tables\">\n", out);
		for (size_t i = 0; i < n; i++)
			write_entry(out, mem, site, scopes[i]->table);
		fputs("</ul>\n", out);
	}
	if (site->accounts || plans) {
		fputs("<p class=\"actions\">\n", out);
		if (site->accounts)
			layout_link(
			    out, site, "button", "/-/accounts", WORD_ACCOUNTS);
		if (plans)
			layout_link(
			    out, site, "button", "/?import", WORD_FIRST_TABLE);
		fputs("\n</p>\n", out);
	}
	layout_end(out, site);
}

static void
write_rights(FILE *out, unsigned rights)
{
	static const struct {
		enum right right;
		const char *name;
	} names[] = {
		{ RIGHT_READ, "\"read\"" },
		{ RIGHT_CREATE, "\"create\"" },
		{ RIGHT_UPDATE, "\"update\"" },
		{ RIGHT_DELETE, "\"delete\"" },
		{ RIGHT_EXPORT, "\"export\"" },
	};
	const char *lead = "";

	putc('[', out);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if ((rights & (unsigned)names[i].right) == 0)
			continue;
		fputs(lead, out);
		fputs(names[i].name, out);
		lead = ",";
	}
	putc(']', out);
}

static void
write_table(FILE *out, struct mem *mem, const struct site *site,
    const struct scope *scope)
{
	const struct table *table = scope->table;

	fputs("{\"name\":", out);
	json_write_text(out, table->name);
	fputs(",\"url\":", out);
	json_write_text(
	    out, mem_printf(mem, "%s%s", site->base, table_url(mem, table)));
	fputs(",\"key\":[", out);
	for (size_t i = 0; i < table->n_key; i++) {
		if (i > 0)
			putc(',', out);
		json_write_text(out, table->columns[table->key[i]].name);
	}
	fputs("],\"guard\":", out);
	json_write_text(out, table_guard_name(table));
	fputs(",\"rights\":", out);
	write_rights(out, scope->rights);
	fputs(",\"comment\":", out);
	json_write_text(out, table->comment);
	putc('}', out);
}

void
home_json(FILE *out, struct mem *mem, const struct site *site,
    struct scope *const *scopes, size_t n)
{
	fputs("{\"tables\":[", out);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			putc(',', out);
		write_table(out, mem, site, scopes[i]);
	}
	fputs("]}", out);
}
