#include "view/upload.h"

#include <string.h>

#include "format/html.h"
#include "format/uri.h"
#include "view/control.h"
#include "view/value.h"

enum {
	CARRIED_MOST = 16 << 10 /* bytes of a file */
};

/* Whether a file came back that the form can carry. */
static bool
carried(const struct cell *cell)
{
	return cell->touched && cell->value != NULL &&
	       value_bytes(cell->value) <= CARRIED_MOST;
}

bool
upload_filled(const struct cell *cell)
{
	return cell->was != NULL || carried(cell);
}

char *
upload_link(struct mem *mem, const struct table *table, const char *const *key,
    const struct column *column)
{
	const char *row = table_row_url(mem, table, key);
	struct text *text;

	if (strchr(row, '?') != NULL || !uri_key_in_path(&column->name, 1))
		return NULL;
	text = mem_text_open(mem);
	fputs(row, text->out);
	putc('/', text->out);
	uri_write(text->out, column->name);
	return mem_text(text);
}

void
upload_write_link(FILE *out, struct mem *mem, const struct site *site,
    const char *link, const char *label)
{
	fputs(" <a download", out);
	layout_url(out, site, "href", link);
	putc('>', out);
	layout_word(out, mem, site, WORD_DOWNLOAD, NULL, NULL);
	fputs("<span class=\"aloud\">: ", out);
	html_text(out, label);
	fputs("</span></a>", out);
}

static void
write_stored(const struct field *f)
{
	const struct cell *cell = f->cell;

	fputs("<p class=\"stored\">", f->out);
	if (cell->was == NULL)
		layout_word(f->out, f->mem, f->site, WORD_NO_FILE, NULL, NULL);
	else if (cell->hashed)
		layout_word(f->out, f->mem, f->site, WORD_A_FILE, NULL, NULL);
	else
		html_text(f->out,
		    value_size(f->mem, f->site, value_bytes(cell->was)));
	if (cell->was != NULL && cell->link != NULL)
		upload_write_link(
		    f->out, f->mem, f->site, cell->link, f->label);
	fputs("</p>\n", f->out);
}

/* What was chosen before the form came back. */
static void
write_chosen(const struct field *f)
{
	const struct cell *cell = f->cell;

	if (!cell->touched || cell->value == NULL)
		return;
	fputs("<p class=\"chosen\">", f->out);
	if (carried(cell))
		layout_word(f->out, f->mem, f->site, WORD_FILE_KEPT,
		    value_size(f->mem, f->site, value_bytes(cell->value)),
		    NULL);
	else
		layout_word(
		    f->out, f->mem, f->site, WORD_FILE_AGAIN, NULL, NULL);
	fputs("</p>\n", f->out);
	if (!carried(cell))
		return;
	html_hidden(f->out, f->name, cell->value);
	if (cell->media != NULL)
		html_hidden(f->out, mem_printf(f->mem, "_media.%s", f->name),
		    cell->media);
}

void
upload_write(const struct field *f)
{
	write_stored(f);
	write_chosen(f);
	fputs("<input type=\"file\"", f->out);
	input_attributes(f);
	html_flag(f->out, "required",
	    !upload_filled(f->cell) && control_required(f->column, f->cell));
	fputs(">\n", f->out);
}
