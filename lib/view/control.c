#include "view/control.h"

#include <string.h>

#include "base/names.h"
#include "format/pattern.h"
#include "view/typing.h"
#include "view/upload.h"

enum {
	LINE_LONG = 60,	      /* characters that fit one line well */
	LINE_LIMIT = 255,     /* a type that holds more than this is prose */
	LENGTH_MOST = 1000000 /* of which a page counts the characters */
};

/* The only values that it can have, or none. */
static const char *const *
choices_of(const struct column *column, size_t *n)
{
	*n = column->kind == 'e' ? column->n_labels : column->rule.n_choices;
	return column->kind == 'e' ? column->labels : column->rule.choices;
}

static bool
is_prose(const struct column *column)
{
	static const char *const names[] = { "note", "notes", "comment",
		"comments", "description", "remark", "remarks", "body", "bio" };

	return strcmp(column->base, "text") == 0 &&
	       names_hold(names, sizeof names / sizeof *names, column->name);
}

static enum control
choose_text(const struct column *column, const struct cell *cell)
{
	static const char *const areas[] = { "json", "jsonb", "xml" };
	const char *value = cell->value == NULL ? "" : cell->value;

	if (value[strcspn(value, "\r\n")] != '\0' || *column->base == '_' ||
	    column->kind == 'c' || is_prose(column) ||
	    names_hold(areas, sizeof areas / sizeof *areas, column->base))
		return CONTROL_AREA;
	if (strlen(value) > LINE_LONG &&
	    (column->max_length == 0 || column->max_length > LINE_LIMIT) &&
	    column->rule.regex == NULL)
		return CONTROL_AREA;
	return CONTROL_LINE;
}

/* Whether a text can be a choice's value: '' is nothing chosen there, and a
 * line break would not come back as it is. */
static bool
fits_choice(const char *value)
{
	return value == NULL ||
	       (*value != '\0' && value[strcspn(value, "\r\n")] == '\0');
}

bool
control_refers(const struct cell *cell)
{
	const struct choice *choice = cell->choice;

	if (choice == NULL || !choice->offered || !fits_choice(cell->value) ||
	    !fits_choice(cell->was) || !fits_choice(cell->theirs))
		return false;
	for (size_t i = 0; i < choice->n_options; i++)
		if (!fits_choice(choice->options[i].value))
			return false;
	return true;
}

/* A label that is '' cannot be told from "nothing chosen" in a select that
 * offers the latter. */
static bool
has_choices(const struct column *column, const struct cell *cell)
{
	size_t n;
	const char *const *choices = choices_of(column, &n);

	if (column->kind == 'e')
		return !names_hold(choices, n, "") ||
		       (column->not_null && cell->value != NULL);
	for (size_t i = 0; i < n; i++)
		if (!fits_choice(choices[i]))
			return false;
	return n > 0 && fits_choice(cell->value) && fits_choice(cell->was) &&
	       fits_choice(cell->theirs) && cell->readings[0] == NULL;
}

enum control
control_choose(const struct column *column, const struct cell *cell)
{
	static const struct {
		const char *base;
		bool (*fits)(const char *);
		enum control control;
	} native[] = {
		{ "date", typing_fits_date, CONTROL_DATE },
		{ "time", typing_fits_time, CONTROL_TIME },
		{ "timestamp", typing_fits_timestamp, CONTROL_TIMESTAMP },
	};

	if (control_refers(cell))
		return cell->choice->many || cell->choice->search
			   ? CONTROL_PICKER
			   : CONTROL_OPTIONS;
	if (strcmp(column->base, "bool") == 0)
		return CONTROL_YES_NO;
	if (has_choices(column, cell))
		return CONTROL_LABELS;
	for (size_t i = 0; i < sizeof native / sizeof *native; i++)
		if (strcmp(column->base, native[i].base) == 0 &&
		    native[i].fits(cell->value) && native[i].fits(cell->was) &&
		    native[i].fits(cell->theirs))
			return native[i].control;
	if (strcmp(column->base, "bytea") == 0)
		return CONTROL_FILE;
	return choose_text(column, cell);
}

bool
control_chosen(const struct column *column, const struct cell *cell)
{
	return control_refers(cell) || has_choices(column, cell);
}

const char *const *
control_choices(const struct column *column, const struct cell *cell, size_t *n)
{
	*n = 0;
	return has_choices(column, cell) ? choices_of(column, n) : NULL;
}

bool
control_required(const struct column *column, const struct cell *cell)
{
	bool filled_in = column->default_sql != NULL || column->identity != 0 ||
			 column->generated;

	return column->not_null &&
	       (!column->text || control_chosen(column, cell)) &&
	       (cell->was != NULL || !filled_in);
}

bool
control_nullable(const struct column *column, const struct cell *cell)
{
	if (column->not_null)
		return false;
	if (control_choose(column, cell) == CONTROL_FILE)
		return upload_filled(cell);
	return column->text && !control_chosen(column, cell);
}

/* Whether a name is a word, or ends with it behind a '_'. */
static bool
ends_with(const char *name, const char *word)
{
	size_t len = strlen(name), tail = strlen(word);

	return len >= tail && strcmp(name + len - tail, word) == 0 &&
	       (len == tail || name[len - tail - 1] == '_');
}

/* For a text whose column's name leaves no doubt. Such a keyboard for calls has
 * no letters. */
static const char *
keyboard_by_name(const char *name, const char *value)
{
	static const struct {
		const char *word, *keyboard;
	} words[] = {
		{ "phone", "tel" },
		{ "telephone", "tel" },
		{ "mobile", "tel" },
		{ "fax", "tel" },
		{ "email", "email" },
		{ "e_mail", "email" },
		{ "email_address", "email" },
		{ "url", "url" },
		{ "website", "url" },
		{ "homepage", "url" },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (ends_with(name, words[i].word) &&
		    (strcmp(words[i].keyboard, "tel") != 0 ||
			value[strspn(value, "+0123456789 -/()")] == '\0'))
			return words[i].keyboard;
	return NULL;
}

const char *
control_keyboard(const struct column *column, const struct cell *cell)
{
	static const char *const whole[] = { "int2", "int4", "int8" };
	static const char *const decimal[] = { "numeric", "float4", "float8" };
	const char *value = cell->value == NULL ? "" : cell->value;

	if (column->text)
		return keyboard_by_name(column->name, value);
	/* A phone's number pad has neither minus nor letters. */
	if (value[strspn(value, "0123456789.")] != '\0')
		return NULL;
	if (names_hold(whole, sizeof whole / sizeof *whole, column->base))
		return "numeric";
	if (names_hold(decimal, sizeof decimal / sizeof *decimal, column->base))
		return "decimal";
	return NULL;
}

static size_t
characters(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

int
control_length(const struct column *column, const struct cell *cell)
{
	const char *value = cell->value == NULL ? "" : cell->value;
	int most = column->max_length;

	if (most == 0 ||
	    (column->rule.max_length > 0 && column->rule.max_length < most))
		most = column->rule.max_length;
	return most > LENGTH_MOST || characters(value) > (size_t)most ? 0
								      : most;
}

char *
control_pattern(struct mem *mem, const struct column *column)
{
	static const char uuid[] =
	    "\\{?[0-9A-Fa-f]{4}(-?[0-9A-Fa-f]{4}){7}\\}?";

	if (strcmp(column->base, "uuid") == 0)
		return mem_string(mem, uuid);
	return column->rule.regex == NULL
		   ? NULL
		   : pattern_html(mem, column->rule.regex);
}
