#include "view/tools.h"

#include "format/html.h"
#include "view/caption.h"
#include "view/label.h"
#include "view/post.h"

void
tools_note(FILE *out, struct mem *mem, const struct site *site,
    const struct tools *tools)
{
	if (tools->note == WORD_NONE)
		return;
	fputs("<p class=\"note\" role=\"status\">", out);
	layout_word(out, mem, site, tools->note, tools->number, tools->merged);
	if (tools->open != NULL) {
		putc(' ', out);
		layout_link(out, site, NULL, tools->open, WORD_OPEN);
	}
	fputs("</p>\n", out);
}

static void
write_column(
    FILE *out, struct mem *mem, const struct column *column, bool chosen)
{
	fputs("<p><label><input type=\"checkbox\" value=\"1\"", out);
	html_attr(out, "name", mem_printf(mem, "_edit.%s", column->name));
	html_flag(out, "checked", chosen);
	putc('>', out);
	html_text(out, caption_column(mem, column).label);
	fputs("</label></p>\n", out);
}

void
tools_edit(FILE *out, struct mem *mem, const struct site *site,
    const struct scope *scope, const struct tools *tools)
{
	const struct table *table = scope->table;

	if (tools->editable == NULL)
		return;
	fputs("<details class=\"tools\">\n<summary>", out);
	layout_word(out, mem, site, WORD_EDIT_IN_PLACE, NULL, NULL);
	fputs("</summary>\n<form method=\"get\"", out);
	layout_url(out, site, "action", table_url(mem, table));
	fputs(">\n", out);
	for (size_t i = 0; i < tools->n_kept; i++)
		html_hidden(out, tools->kept[i].name,
		    tools->kept[i].value != NULL ? tools->kept[i].value : "");
	fputs("<fieldset>\n<legend>", out);
	layout_word(out, mem, site, WORD_EDIT_COLUMNS, NULL, NULL);
	fputs("</legend>\n", out);
	for (size_t i = 0; i < table->n_columns; i++)
		if (tools->editable[i])
			write_column(
			    out, mem, &table->columns[i], tools->proposed[i]);
	fputs("</fieldset>\n<p>", out);
	post_submit(out, site, NULL, NULL, WORD_EDIT_THESE);
	fputs("</p>\n</form>\n</details>\n", out);
}

void
tools_begin(FILE *out, struct mem *mem, const struct site *site,
    const struct tools *tools)
{
	if (tools->removal != NULL)
		post_form(out, mem, site, tools->removal, NULL);
}

void
tools_head(FILE *out, const struct site *site, const struct tools *tools)
{
	if (tools->removal == NULL)
		return;
	fputs("<th scope=\"col\">", out);
	html_text(out, words_text(site->language, WORD_SELECTED));
	fputs("</th>\n", out);
}

void
tools_check(FILE *out, struct mem *mem, const struct site *site,
    const struct scope *scope, const struct row *row, size_t n,
    const struct tools *tools)
{
	const char *const label[3] = { label_of(mem, scope, row) };

	if (tools->removal == NULL)
		return;
	fputs("<td class=\"check\"", out);
	html_attr(out, "data-label", words_text(site->language, WORD_SELECTED));
	fputs("><input type=\"checkbox\"", out);
	html_attr(out, "name", mem_printf(mem, "_select.%zu", n));
	html_attr(out, "value", table_key_text(mem, scope->table, row->key));
	html_attr(out, "aria-label",
	    words_fill(mem, site->language, WORD_SELECT_ROW, label));
	fputs("></td>\n", out);
}

void
tools_end(FILE *out, const struct site *site, const struct tools *tools)
{
	if (tools->removal == NULL)
		return;
	fputs("<p class=\"tools\">", out);
	post_submit(out, site, NULL, NULL, WORD_DELETE_SELECTED);
	fputs("</p>\n</form>\n", out);
}
