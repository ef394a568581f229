#include "view/input.h"

#include <string.h>

#include "format/html.h"
#include "view/control.h"
#include "view/reference.h"
#include "view/typing.h"
#include "view/upload.h"

enum {
	ROWS_LEAST = 3,
	ROWS_MOST = 20,
	ROW_WIDTH = 72
};

/* A value as this control holds it. */
static const char *
held(const struct field *f, const char *value)
{
	return typing_show(f->mem, f->site->language, f->column, value);
}

/* Its own; what is in doubt stays as it was typed. */
static const char *
content(const struct field *f)
{
	const struct cell *cell = f->cell;

	if (cell->value == NULL)
		return "";
	return cell->readings[0] != NULL ? cell->value : held(f, cell->value);
}

void
input_attributes(const struct field *f)
{
	const struct cell *cell = f->cell;
	const char *by = "";

	html_attr(f->out, "id", f->id);
	html_attr(f->out, "name", f->name);
	if (cell->error != NULL)
		by = mem_printf(f->mem, " %s-error", f->id);
	if (cell->show_theirs)
		by = mem_printf(f->mem, "%s %s-theirs", by, f->id);
	if (f->refers)
		by = mem_printf(f->mem, "%s %s-refers", by, f->id);
	if (cell->choice != NULL && cell->choice->search != NULL)
		by = mem_printf(f->mem, "%s %s-found", by, f->id);
	if (f->tight)
		by = mem_printf(f->mem, "%s %s-room", by, f->id);
	if (f->help)
		by = mem_printf(f->mem, "%s %s-help", by, f->id);
	if (*by != '\0')
		html_attr(f->out, "aria-describedby", by + 1);
	if (cell->error != NULL)
		html_attr(f->out, "aria-invalid", "true");
	html_flag(f->out, "autofocus", cell->focus);
}

static void
write_typing(const struct field *f)
{
	int length = control_length(f->column, f->cell);

	/* browsers count UTF-16 units, of which a character has up to two */
	if (length > 0)
		fprintf(f->out, " maxlength=\"%d\"", 2 * length);
	if (f->column->text)
		html_attr(f->out, "dir", "auto");
	else
		fputs(" spellcheck=\"false\" autocapitalize=\"none\"", f->out);
	html_flag(f->out, "required", control_required(f->column, f->cell));
}

/* With what the browser says where a text does not match. */
static void
write_pattern(const struct field *f)
{
	char *pattern = control_pattern(f->mem, f->column);
	const char *title = f->comment != NULL ? f->comment : f->hint;
	int length = control_length(f->column, f->cell);
	const char *const most[3] = { mem_printf(f->mem, "%d", length) };

	if (pattern == NULL && length > 0) {
		/* patterns count characters */
		pattern = mem_printf(f->mem, "[^]{0,%d} *", length);
		title = words_fill(
		    f->mem, f->site->language, WORD_HINT_LENGTH, most);
	}
	if (pattern == NULL)
		return;
	html_attr(f->out, "pattern", pattern);
	if (title != NULL)
		html_attr(f->out, "title", title);
}

/* Bounds that browsers keep to; one that is not allowed itself is said by the
 * hint alone. */
static void
write_bound(
    const struct field *f, const char *name, const struct rule_bound *bound)
{
	if (bound->text != NULL && bound->allowed &&
	    typing_fits_date(bound->text))
		html_attr(f->out, name, bound->text);
}

static void
write_line(const struct field *f)
{
	const char *keyboard = control_keyboard(f->column, f->cell);

	fputs("<input type=\"text\"", f->out);
	input_attributes(f);
	write_typing(f);
	if (keyboard != NULL)
		html_attr(f->out, "inputmode", keyboard);
	write_pattern(f);
	html_attr(f->out, "value", content(f));
	fputs(">\n", f->out);
}

/* A control of the browser's own for dates and times. With a step, since it
 * would refuse a second that is not 0 otherwise. */
static void
write_native(const struct field *f, const char *type, const char *value)
{
	fputs("<input", f->out);
	html_attr(f->out, "type", type);
	input_attributes(f);
	html_flag(f->out, "required", control_required(f->column, f->cell));
	if (strcmp(type, "date") != 0)
		html_attr(
		    f->out, "step", strchr(value, '.') == NULL ? "1" : "0.001");
	write_bound(f, "min", &f->column->rule.least);
	write_bound(f, "max", &f->column->rule.most);
	html_attr(f->out, "value", value);
	fputs(">\n", f->out);
}

static void
write_area(const struct field *f)
{
	const char *value = f->cell->value == NULL ? "" : f->cell->value;
	size_t rows = ROWS_LEAST + strlen(value) / ROW_WIDTH;

	for (const char *at = value; *at != '\0'; at++)
		rows += *at == '\n';
	fputs("<textarea", f->out);
	input_attributes(f);
	write_typing(f);
	if (!f->column->text)
		html_attr(f->out, "class", "code");
	fprintf(f->out, " rows=\"%zu\">", rows < ROWS_MOST ? rows : ROWS_MOST);
	html_textarea(f->out, value);
	fputs("</textarea>\n", f->out);
}

/* What the row holds is always among the choices, so that an untouched form
 * sends it back. */
static void
write_select(const struct field *f, const char *const *values,
    const char *const *labels, size_t n)
{
	const char *value = f->cell->value;
	enum language language = f->site->language;
	bool found = false, none = !f->column->not_null || value == NULL;

	fputs("<select", f->out);
	input_attributes(f);
	html_flag(f->out, "required",
	    value == NULL && control_required(f->column, f->cell));
	fputs(">\n", f->out);
	if (none) {
		found = value == NULL || *value == '\0';
		html_option(f->out, "",
		    words_text(language,
			f->column->not_null ? WORD_CHOOSE : WORD_NO_VALUE),
		    found);
	}
	for (size_t i = 0; i < n; i++) {
		bool same = value != NULL && strcmp(value, values[i]) == 0;

		html_option(f->out, held(f, values[i]),
		    *labels[i] != '\0' ? labels[i]
				       : words_text(language, WORD_EMPTY),
		    same);
		found = found || same;
	}
	if (!found)
		html_option(f->out, held(f, value),
		    *value != '\0' ? value : words_text(language, WORD_CHOOSE),
		    true);
	fputs("</select>\n", f->out);
}

static void
write_yes_no(const struct field *f)
{
	static const char *const values[] = { "t", "f" };
	const char *const labels[] = {
		words_text(f->site->language, WORD_YES),
		words_text(f->site->language, WORD_NO),
	};

	write_select(f, values, labels, 2);
}

static void
write_options(const struct field *f)
{
	const char *const *values, *const *labels;
	size_t n = reference_options(
	    f->mem, f->site, f->cell->choice, f->cell->value, &values, &labels);

	write_select(f, values, labels, n);
}

/* The key alone until something was searched for. */
static void
write_picker(const struct field *f)
{
	const struct reference_control control = { f->id, f->name, f->label,
		f->cell->value };

	if (f->cell->choice->search != NULL)
		write_options(f);
	else
		write_line(f);
	reference_search(f->out, f->mem, f->site, f->cell->choice, &control);
}

void
input_write(const struct field *f)
{
	const struct column *column = f->column;
	const char *const *choices;
	size_t n;

	switch (control_choose(column, f->cell)) {
	case CONTROL_LINE:
		write_line(f);
		break;
	case CONTROL_AREA:
		write_area(f);
		break;
	case CONTROL_DATE:
		write_native(f, "date", content(f));
		break;
	case CONTROL_TIME:
		write_native(f, "time", content(f));
		break;
	case CONTROL_TIMESTAMP:
		write_native(
		    f, "datetime-local", typing_native(f->mem, content(f)));
		break;
	case CONTROL_YES_NO:
		write_yes_no(f);
		break;
	case CONTROL_LABELS:
		choices = control_choices(column, f->cell, &n);
		write_select(f, choices, choices, n);
		break;
	case CONTROL_OPTIONS:
		write_options(f);
		break;
	case CONTROL_PICKER:
		write_picker(f);
		break;
	case CONTROL_FILE:
		upload_write(f);
		break;
	}
}
