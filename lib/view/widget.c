#include "view/widget.h"

#include <string.h>

#include "format/html.h"
#include "view/caption.h"
#include "view/control.h"
#include "view/hint.h"
#include "view/input.h"
#include "view/reference.h"
#include "view/room.h"
#include "view/upload.h"
#include "view/value.h"
#include "view/was.h"

char *
widget_name(struct mem *mem, const struct column *column)
{
	return mem_printf(
	    mem, *column->name == '_' ? "_c.%s" : "%s", column->name);
}

char *
widget_id(struct mem *mem, const struct column *column)
{
	return mem_printf(mem, "c%d", column->number);
}

static void
plain_word(const struct field *f, enum word word)
{
	layout_word(f->out, f->mem, f->site, word, NULL, NULL);
}

static void
write_part_id(const struct field *f, const char *part)
{
	html_attr(f->out, "id", mem_printf(f->mem, "%s-%s", f->id, part));
}

static void
write_null_box(const struct field *f)
{
	char *box = mem_printf(f->mem, "%s-null", f->id);
	bool file = control_choose(f->column, f->cell) == CONTROL_FILE;
	bool untouched_file = file && !f->cell->touched;
	bool checked = f->cell->value == NULL && !untouched_file;

	fputs("<p class=\"null\"><input type=\"checkbox\"", f->out);
	html_attr(f->out, "id", box);
	html_attr(f->out, "name", mem_printf(f->mem, "_null.%s", f->name));
	html_attr(f->out, "value", checked ? "1" : WIDGET_NONE);
	html_flag(f->out, "checked", checked);
	fputs("><label", f->out);
	html_attr(f->out, "for", box);
	putc('>', f->out);
	plain_word(f, file ? WORD_REMOVE_FILE : WORD_NO_VALUE);
	/* The label must tell this box from the others when read aloud. */
	fputs("<span class=\"aloud\">: ", f->out);
	html_text(f->out, f->label);
	fputs("</span></label></p>\n", f->out);
}

static void
write_label(const struct field *f)
{
	fputs("<label dir=\"auto\"", f->out);
	html_attr(f->out, "for", f->id);
	putc('>', f->out);
	html_text(f->out, f->label);
	if (control_required(f->column, f->cell)) {
		fputs(" <span class=\"required\">(", f->out);
		plain_word(f, WORD_REQUIRED);
		fputs(")</span>", f->out);
	}
	fputs("</label>\n", f->out);
}

static void
write_error(const struct field *f)
{
	if (f->cell->error == NULL)
		return;
	fputs("<p class=\"error\"", f->out);
	write_part_id(f, "error");
	putc('>', f->out);
	html_text(f->out, f->cell->error);
	fputs("</p>\n", f->out);
}

/* On creation, a column that has a value by itself where none is given. */
static bool
filled_in(const struct column *column, const struct cell *cell)
{
	return column->not_null && cell->was == NULL &&
	       (!column->text || control_chosen(column, cell)) &&
	       !control_required(column, cell);
}

static void
write_help(const struct field *f)
{
	if (!f->help)
		return;
	fputs("<p class=\"help\"", f->out);
	write_part_id(f, "help");
	fputs(" dir=\"auto\">", f->out);
	html_text(f->out, f->comment);
	if (f->hint != NULL) {
		if (f->comment != NULL)
			putc('\n', f->out);
		html_text(f->out, f->hint);
	}
	if (filled_in(f->column, f->cell)) {
		if (f->comment != NULL || f->hint != NULL)
			putc('\n', f->out);
		plain_word(f, WORD_FILLED_IN);
	}
	fputs("</p>\n", f->out);
}

void
widget_value(FILE *out, struct mem *mem, const struct site *site,
    const struct column *column, const struct cell *cell, const char *value,
    size_t cut)
{
	if (reference_known(cell->choice, value))
		reference_write(out, mem, site, cell->choice, value, cut, true);
	else
		value_write(out, mem, site, column, value, cut);
}

static void
write_theirs(const struct field *f)
{
	const char *text = words_text(f->site->language, WORD_THEIRS);
	const char *place = strstr(text, "%1");

	if (!f->cell->show_theirs)
		return;
	fputs("<p class=\"theirs\"", f->out);
	write_part_id(f, "theirs");
	putc('>', f->out);
	if (!f->cell->touched) {
		plain_word(f, WORD_THEIRS_CHANGED);
	} else if (place != NULL) {
		html_text(
		    f->out, mem_copy(f->mem, text, (size_t)(place - text)));
		fputs("<bdi>", f->out);
		widget_value(f->out, f->mem, f->site, f->column, f->cell,
		    f->cell->theirs, 0);
		fputs("</bdi>", f->out);
		html_text(f->out, place + 2);
	}
	fputs("</p>\n", f->out);
}

/* What comes behind the control. */
static void
write_rest(const struct field *f)
{
	const struct cell *cell = f->cell;

	if (control_nullable(f->column, cell))
		write_null_box(f);
	else if (f->column->text && control_chosen(f->column, cell))
		html_hidden(
		    f->out, mem_printf(f->mem, "_null.%s", f->name), "1");
	write_theirs(f);
	was_write(f->out, f->mem, f->name, cell->was, cell->whole);
}

void
widget_write(FILE *out, struct mem *mem, const struct site *site,
    const struct column *column, const struct cell *cell)
{
	const struct caption caption = caption_column(mem, column);
	const char *hint = hint_text(mem, site, column, cell);
	const struct field f = {
		.out = out,
		.mem = mem,
		.site = site,
		.column = column,
		.cell = cell,
		.name = widget_name(mem, column),
		.id = widget_id(mem, column),
		.label = caption.label,
		.comment = caption.help,
		.hint = hint,
		.help = caption.help != NULL || hint != NULL ||
			filled_in(column, cell),
		.tight = control_choose(column, cell) == CONTROL_AREA &&
			 room_tight(site, cell),
		.refers = reference_links(cell->choice, cell->value),
	};

	fputs(cell->error != NULL ? "<div class=\"field bad\">\n"
	      : cell->show_theirs ? "<div class=\"field other\">\n"
				  : "<div class=\"field\">\n",
	    out);
	write_label(&f);
	write_error(&f);
	write_help(&f);
	input_write(&f);
	if (f.tight)
		room_write(&f);
	if (cell->choice != NULL)
		reference_link(out, mem, site, cell->choice,
		    mem_printf(mem, "%s-refers", f.id), cell->value);
	write_rest(&f);
	fputs("</div>\n", out);
}

void
widget_write_at(FILE *out, struct mem *mem, const struct site *site,
    const struct column *column, const struct cell *cell,
    const struct widget_place *place)
{
	const struct field f = {
		.out = out,
		.mem = mem,
		.site = site,
		.column = column,
		.cell = cell,
		.name = place->name,
		.id = place->id,
		.label = place->label,
	};

	fputs("<label class=\"aloud\"", out);
	html_attr(out, "for", f.id);
	putc('>', out);
	html_text(out, f.label);
	fputs("</label>\n", out);
	write_error(&f);
	input_write(&f);
	write_rest(&f);
}

void
widget_show_cell(FILE *out, struct mem *mem, const struct site *site,
    const struct column *column, const struct cell *cell)
{
	fputs("<div class=\"field\">\n<p class=\"label\" dir=\"auto\"", out);
	html_attr(out, "id", widget_id(mem, column));
	putc('>', out);
	html_text(out, caption_column(mem, column).label);
	fputs("</p>\n<p class=\"value\" dir=\"auto\">", out);
	widget_value(out, mem, site, column, cell, cell->value, 0);
	if (cell->link != NULL)
		upload_write_link(out, mem, site, cell->link,
		    caption_column(mem, column).label);
	fputs("</p>\n</div>\n", out);
}
