#include "app/sheetvalue.h"

#include <string.h>
#include <strings.h>

#include "app/expect.h"
#include "format/day.h"
#include "format/json.h"
#include "view/typing.h"

static bool
is_day(const struct column *column)
{
	return strcmp(column->base, "date") == 0 ||
	       strncmp(column->base, "timestamp", 9) == 0;
}

/* What spreadsheets of other languages make of true and false. */
static const char *
read_bool(const char *text)
{
	static const struct {
		const char *text, *value;
	} names[] = { { "WAHR", "true" }, { "ja", "true" },
		{ "FALSCH", "false" }, { "nein", "false" } };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(text, names[i].text) == 0)
			return names[i].value;
	return text;
}

const char *
sheetvalue_read(struct call *call, struct sheet_line *line, char separator,
    size_t at, const struct csv_field *field)
{
	const struct column *column = &call->scope->table->columns[at];
	struct number_text text = { .text = field->text };
	enum language language = separator == ';' ? LANGUAGE_DE : LANGUAGE_EN;
	struct json_span span;
	struct json_error error;

	if (*field->text == '\0')
		return column->text && (field->quoted || column->not_null)
			   ? field->text
			   : NULL;
	if (column->json == COLUMN_BOOL)
		return read_bool(field->text);
	if (column->json == COLUMN_JSON &&
	    !json_read(field->text, strlen(field->text), &span, &error)) {
		sheet_refuse(call, line, OUT_INVALID, WORD_F_NOT_JSON,
		    column->name, NULL, NULL);
	} else if (is_day(column) &&
		   day_read(call->mem, field->text, &text) != NUMBER_OTHER) {
		if (text.whole)
			sheet_refuse(call, line, OUT_INVALID, WORD_F_TWO_DAYS,
			    column->name, text.whole, text.broken);
	} else if (typing_read(call->mem, language, column, field->text,
		       &text) == NUMBER_TWO_WAYS) {
		sheet_refuse(call, line, OUT_INVALID, WORD_F_TWO_WAYS,
		    column->name, text.whole, text.broken);
	}
	return text.text;
}

/* Where the values of a line stand, as JSON. */
struct place {
	size_t begin, end;
};

/* Which columns a new row is given. What the file leaves empty has its default;
 * what our trigger keeps is no part of it. */
static bool
is_created(const struct call *call, const struct sheet_line *line, size_t i)
{
	const struct table *table = call->scope->table;

	return line->values[i] && !table->columns[i].kept &&
	       !(table->version && table->version_column == i);
}

/* Which columns are compared, and perhaps changed. */
static bool
is_changed(const struct call *call, const struct sheet *sheet, size_t i)
{
	const struct table *table = call->scope->table;

	return sheet->sent[i] && !table->columns[i].kept &&
	       table->columns[i].key_part == 0 &&
	       !(table->version && table->version_column == i);
}

static void
write_value(FILE *out, const struct column *column, const char *value)
{
	if (!value)
		fputs("null", out);
	else if (column->json == COLUMN_JSON)
		fputs(value, out);
	else
		json_write_string(out, value, strlen(value));
}

static void
make_members(
    struct call *call, const struct sheet *sheet, struct sheet_line *line)
{
	const struct table *table = call->scope->table;
	size_t n = table->n_columns;
	struct place *places = mem_array(call->mem, n, sizeof *places);
	struct member *change = mem_array(call->mem, n, sizeof *change);
	struct member *create = mem_array(call->mem, n, sizeof *create);
	struct text *text = mem_text_open(call->mem);

	for (size_t i = 0; i < n; i++) {
		if (!sheet->sent[i])
			continue;
		places[i].begin = mem_text_size(text);
		write_value(text->out, &table->columns[i], line->values[i]);
		places[i].end = mem_text_size(text);
	}
	mem_text(text);
	for (size_t i = 0; i < n; i++) {
		struct member member = { i, text->at + places[i].begin,
			places[i].end - places[i].begin };

		if (sheet->sent[i] && is_changed(call, sheet, i))
			change[line->change.n_members++] = member;
		if (sheet->sent[i] && is_created(call, line, i))
			create[line->create.n_members++] = member;
	}
	line->change.members = change;
	line->create.members = create;
}

void
sheetvalue_write(struct call *call, const struct sheet *sheet,
    struct sheet_line *line, const char *etag)
{
	const struct table *table = call->scope->table;
	const char *version =
	    table->version ? line->values[table->version_column] : NULL;
	struct expectation *expect = &line->change.expect;
	struct fault before = call->fault;

	line->change.scope = line->create.scope = call->scope;
	line->change.image = line->create.image = IMAGE_TEXT;
	line->change.person = line->create.person = &call->who;
	line->change.key = line->key;
	make_members(call, sheet, line);
	if (*etag != '\0' && expect_etag(call, etag, expect) != OUT_DONE)
		sheet_refuse(call, line, OUT_INVALID, WORD_F_PARAMETER, NULL,
		    "_etag", NULL);
	call->fault = before;
	if (version && (line->key || *etag != '\0'))
		expect_version(expect, version);
	line->create.expect.absent = true;
	if (*etag != '\0' && !line->key)
		sheet_refuse(call, line, OUT_INVALID, WORD_F_SHEET_KEYLESS,
		    NULL, NULL, NULL);
}
