#include "view/sheetform.h"

#include "format/html.h"
#include "format/seal.h"
#include "view/caption.h"
#include "view/error.h"
#include "view/post.h"
#include "view/room.h"
#include "view/value.h"

static void
write_note(FILE *out, struct mem *mem, const struct site *site,
    const struct sheet_page *page)
{
	if (page->fault == NULL && page->note == WORD_NONE)
		return;
	fputs(
	    "<div class=\"notice\" role=\"alert\">\n<p class=\"error\">", out);
	if (page->fault != NULL)
		html_text(out, error_sentence(mem, site, page->fault));
	else
		layout_word(out, mem, site, page->note, NULL, NULL);
	fputs("</p>\n</div>\n", out);
}

/* The form itself: not with post_form, as the script can send more at once than
 * a form can. */
static void
write_form(FILE *out, struct mem *mem, const struct site *site,
    const struct sheet_page *page)
{
	const size_t part = room_of(site);

	html_form(out);
	html_attr(out, "class", "import");
	layout_url(out, site, "action",
	    mem_printf(mem, "%s?import=", table_url(mem, page->scope->table)));
	fprintf(out, " data-part=\"%zu\"", part);
	html_attr(out, "data-sending",
	    words_text(site->language, WORD_IMPORT_SENDING));
	html_attr(
	    out, "data-failed", words_text(site->language, WORD_IMPORT_FAILED));
	fputs(">\n", out);
	html_hidden(out, "_submission", seal_nonce(mem));
	if (site->token != NULL)
		html_hidden(out, "_token", site->token);
	fputs("<p class=\"field\"><label for=\"file\">", out);
	layout_word(out, mem, site, WORD_IMPORT_FILE, NULL, NULL);
	fputs("</label>\n<input type=\"file\" id=\"file\" name=\"_file\""
	      " accept=\".csv,.txt,.tsv,text/csv\" required"
	      " aria-describedby=\"file-room\"></p>\n"
	      "<p class=\"help\" id=\"file-room\">",
	    out);
	layout_word(out, mem, site, WORD_IMPORT_ROOM,
	    value_size(mem, site, page->most), NULL);
	fputs("</p>\n", out);
	if (part < page->most) {
		fputs("<noscript><p class=\"help\">", out);
		layout_word(out, mem, site, WORD_IMPORT_ROOM_ONCE,
		    value_size(mem, site, part), NULL);
		fputs("</p></noscript>\n", out);
	}
	fputs("<p role=\"status\" class=\"sending\"></p>\n"
	      "<p class=\"actions\">",
	    out);
	post_submit(out, site, NULL, NULL, WORD_IMPORT_LOOK);
	layout_link(out, site, NULL, table_url(mem, page->scope->table),
	    WORD_BACK_TO_LIST);
	fputs("</p>\n</form>\n", out);
}

void
sheetform_page(FILE *out, struct mem *mem, const struct site *site,
    const struct sheet_page *page)
{
	const struct table *table = page->scope->table;
	const char *title = words_text(site->language, WORD_IMPORT);
	const struct crumb crumbs[] = {
		{ caption_table(mem, table).label, table_url(mem, table) },
		{ title, NULL },
	};

	layout_begin(out, site, title, crumbs, 2);
	write_note(out, mem, site, page);
	if (page->closed) {
		layout_paragraph(out, mem, site, WORD_IMPORT_NO_ROOM, NULL);
	} else {
		layout_paragraph(out, mem, site, WORD_IMPORT_HELP, NULL);
		layout_paragraph(out, mem, site, WORD_IMPORT_ETAG, NULL);
		write_form(out, mem, site, page);
	}
	layout_end(out, site);
}
