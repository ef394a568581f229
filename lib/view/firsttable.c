#include "view/firsttable.h"

#include "format/html.h"
#include "view/error.h"
#include "view/post.h"
#include "view/room.h"
#include "view/value.h"

static void
write_step(FILE *out, struct mem *mem, const struct site *site, enum word word,
    const char *text)
{
	fputs("<li>", out);
	layout_paragraph(out, mem, site, word, NULL);
	fputs("<pre tabindex=\"0\">", out);
	html_text(out, text);
	fputs("</pre></li>\n", out);
}

static void
write_made(FILE *out, struct mem *mem, const struct site *site,
    const struct firsttable_page *page)
{
	if (page->windows)
		layout_paragraph(out, mem, site, WORD_IMPORT_WINDOWS, NULL);
	if (page->left != NULL)
		layout_paragraph(
		    out, mem, site, WORD_FIRST_TABLE_LEFT, page->left);
	fputs("<ol>\n", out);
	write_step(out, mem, site, WORD_FIRST_TABLE_PASTE, page->text);
	write_step(out, mem, site, WORD_FIRST_TABLE_CONFIGURE, page->section);
	fputs("<li>", out);
	layout_paragraph(out, mem, site, WORD_FIRST_TABLE_FILL, NULL);
	fputs("<p>", out);
	layout_link(out, site, "button", page->url, WORD_IMPORT);
	fputs("</p></li>\n</ol>\n", out);
}

static void
write_label(FILE *out, struct mem *mem, const struct site *site, const char *id,
    enum word word)
{
	fputs("<p class=\"field\"><label", out);
	html_attr(out, "for", id);
	putc('>', out);
	layout_word(out, mem, site, word, NULL, NULL);
	fputs("</label>\n", out);
}

static void
write_form(FILE *out, struct mem *mem, const struct site *site,
    const struct firsttable_page *page)
{
	post_form(out, mem, site, "/?import=", NULL);
	write_label(out, mem, site, "name", WORD_FIRST_TABLE_NAME);
	fputs("<input id=\"name\" name=\"_table\" maxlength=\"63\"", out);
	html_attr(out, "value", page->name != NULL ? page->name : "");
	fputs("></p>\n", out);
	write_label(out, mem, site, "lines", WORD_FIRST_TABLE_LINES);
	fputs("<textarea id=\"lines\" name=\"_text\" rows=\"8\" class=\"code\""
	      " aria-describedby=\"room\">",
	    out);
	html_textarea(out, page->lines != NULL ? page->lines : "");
	fputs("</textarea></p>\n", out);
	write_label(out, mem, site, "file", WORD_IMPORT_FILE);
	fputs("<input type=\"file\" id=\"file\" name=\"_file\""
	      " accept=\".csv,.txt,.tsv,text/csv\" aria-describedby=\"room\">"
	      "</p>\n<p class=\"help\" id=\"room\">",
	    out);
	layout_word(out, mem, site, WORD_FIRST_TABLE_ROOM,
	    value_size(mem, site, room_of(site)), NULL);
	fputs("</p>\n<p class=\"actions\">", out);
	post_submit(out, site, NULL, NULL, WORD_FIRST_TABLE_SHOW);
	fputs("</p>\n</form>\n", out);
}

void
firsttable_page(FILE *out, struct mem *mem, const struct site *site,
    const struct firsttable_page *page)
{
	const char *title = words_text(site->language, WORD_FIRST_TABLE);
	const struct crumb crumb = { title, NULL };

	layout_begin(out, site, title, &crumb, 1);
	if (page->fault != NULL) {
		fputs("<div class=\"notice\" role=\"alert\">\n"
		      "<p class=\"error\">",
		    out);
		html_text(out, error_sentence(mem, site, page->fault));
		fputs("</p>\n</div>\n", out);
	}
	if (page->text != NULL)
		write_made(out, mem, site, page);
	else
		layout_paragraph(out, mem, site, WORD_FIRST_TABLE_HELP, NULL);
	write_form(out, mem, site, page);
	layout_end(out, site);
}
