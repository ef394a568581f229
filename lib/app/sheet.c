#include "app/sheet.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/sheetvalue.h"
#include "view/caption.h"
#include "view/sheetcsv.h"

/* What stands in one of the file's columns. */
enum {
	PASSED_OVER = -1,
	ETAG = -2
};

/* A file being read. */
struct reader {
	struct call *call;
	struct csv csv;
	long *columns; /* by the file's: index in the table, or one of these */
	size_t n;
	struct sheet *sheet;
};

void
sheet_refuse(struct call *call, struct sheet_line *line, enum outcome outcome,
    enum word why, const char *column, const char *arg1, const char *arg2)
{
	line->kind = SHEET_REFUSED;
	fault_set(&line->fault, outcome,
	    column ? mem_printf(call->mem, "column %s", column) : "line", why,
	    arg1, arg2);
	line->fault.column = column;
}

/* The column of this name, or else with this label. */
static const struct column *
find_column(struct call *call, const char *name)
{
	const struct table *table = call->scope->table;
	const struct column *column = table_column(table, name);

	for (size_t i = 0; !column && i < table->n_columns; i++)
		if (call->scope->read[i] &&
		    strcasecmp(
			caption_column(call->mem, &table->columns[i]).label,
			name) == 0)
			column = &table->columns[i];
	if (!column || !call->scope->read[table_index(table, column)])
		return NULL;
	return column;
}

static enum outcome
refuse_file(struct call *call, enum word why, const char *arg)
{
	return fault_set(&call->fault, OUT_INVALID, "body", why, arg, NULL);
}

static enum outcome
read_head_field(struct reader *reader, const char *name, long *column)
{
	struct call *call = reader->call;
	struct sheet *sheet = reader->sheet;
	const struct column *found;

	if (strcmp(name, "_etag") == 0 &&
	    !table_column(call->scope->table, name)) {
		*column = ETAG;
		if (sheet->etags)
			return refuse_file(call, WORD_F_SHEET_TWICE, name);
		sheet->etags = true;
		return OUT_DONE;
	}
	found = find_column(call, name);
	if (!found) {
		*column = PASSED_OVER;
		if (*name != '\0' && !sheetcsv_ours(name))
			sheet->unknown[sheet->n_unknown++] = name;
		return OUT_DONE;
	}
	*column = (long)table_index(call->scope->table, found);
	if (sheet->sent[*column])
		return refuse_file(call, WORD_F_SHEET_TWICE, name);
	sheet->sent[*column] = true;
	return OUT_DONE;
}

static enum outcome
read_head(struct reader *reader, const struct csv_record *head)
{
	struct call *call = reader->call;
	struct sheet *sheet = reader->sheet;
	bool any = false;

	reader->n = head->n;
	reader->columns = mem_array(call->mem, head->n, sizeof(long));
	sheet->unknown = mem_array(call->mem, head->n, sizeof *sheet->unknown);
	sheet->sent = mem_array(
	    call->mem, call->scope->table->n_columns, sizeof *sheet->sent);
	for (size_t i = 0; i < head->n; i++) {
		if (read_head_field(reader, head->fields[i].text,
			&reader->columns[i]) != OUT_DONE)
			return call->fault.outcome;
		any |= reader->columns[i] >= 0;
	}
	return any ? OUT_DONE : refuse_file(call, WORD_F_SHEET_NO_COLUMN, NULL);
}

/* The parts of the key; none where one is missing. */
static void
take_key(struct call *call, struct sheet_line *line)
{
	const struct table *table = call->scope->table;
	const char **key = mem_array(call->mem, table->n_key, sizeof *key);

	for (size_t i = 0; i < table->n_key; i++) {
		key[i] = line->values[table->key[i]];
		if (!key[i])
			return;
	}
	line->key = table->n_key > 0 ? key : NULL;
}

static void
read_line(struct reader *reader, const struct csv_record *record,
    struct sheet_line *line)
{
	struct call *call = reader->call;
	const char **values =
	    mem_array(call->mem, call->scope->table->n_columns, sizeof *values);
	const char *etag = "";

	line->kind = SHEET_UNCHANGED;
	line->line = record->line;
	line->values = values;
	if (record->n != reader->n) {
		sheet_refuse(call, line, OUT_MALFORMED, WORD_F_SHEET_RAGGED,
		    NULL, mem_printf(call->mem, "%zu", record->n),
		    mem_printf(call->mem, "%zu", reader->n));
		return;
	}
	for (size_t i = 0; i < record->n; i++) {
		const struct csv_field *field = &record->fields[i];

		reader->sheet->empties |= field->quoted && *field->text == '\0';
		if (reader->columns[i] == ETAG)
			etag = field->text;
		else if (reader->columns[i] >= 0)
			values[reader->columns[i]] = sheetvalue_read(call, line,
			    reader->sheet->separator,
			    (size_t)reader->columns[i], field);
	}
	take_key(call, line);
	if (line->kind != SHEET_REFUSED)
		sheetvalue_write(call, reader->sheet, line, etag);
}

enum outcome
sheet_open(struct call *call, const char *bytes, size_t len, struct csv *csv,
    struct csv_record *head)
{
	enum csv_result result;

	csv_open(call->mem, bytes, len, csv);
	result = csv_next(csv, call->mem, head);
	if (result == CSV_RECORD)
		return OUT_DONE;
	return result == CSV_END ? refuse_file(call, WORD_F_SHEET_EMPTY, NULL)
				 : sheet_broken(call, result, head->line);
}

enum outcome
sheet_broken(struct call *call, enum csv_result result, size_t line)
{
	static const enum word words[] = {
		[CSV_NUL] = WORD_F_SHEET_NUL,
		[CSV_OPEN] = WORD_F_SHEET_OPEN,
		[CSV_INCOMPLETE] = WORD_F_SHEET_INCOMPLETE,
		[CSV_UTF16] = WORD_F_SHEET_UTF16,
	};

	return fault_set(&call->fault, OUT_MALFORMED, "body", words[result],
	    mem_printf(call->mem, "%zu", line), NULL);
}

static int
by_key(const void *a, const void *b)
{
	const struct sheet_line *const *left = a, *const *right = b;
	int order = 0;

	for (size_t i = 0;
	     order == 0 && i < (*left)->change.scope->table->n_key; i++)
		order = strcmp((*left)->key[i], (*right)->key[i]);
	if (order == 0)
		order = (*left)->line < (*right)->line ? -1 : 1;
	return order;
}

/* A second line about the same row: which of them is meant nobody knows. */
static void
refuse_twins(struct call *call, struct sheet *sheet)
{
	struct sheet_line **keyed =
	    mem_array(call->mem, sheet->n, sizeof(struct sheet_line *));
	size_t n = 0, first = 0;

	for (size_t i = 0; i < sheet->n; i++)
		if (sheet->lines[i].key && sheet->lines[i].change.scope)
			keyed[n++] = &sheet->lines[i];
	qsort(keyed, n, sizeof(struct sheet_line *), by_key);
	for (size_t i = 1; i < n; i++) {
		if (!table_same_key(keyed[i]->change.scope->table,
			keyed[first]->key, keyed[i]->key)) {
			first = i;
			continue;
		}
		sheet_refuse(call, keyed[i], OUT_INVALID, WORD_F_SHEET_TWIN,
		    NULL, mem_printf(call->mem, "%zu", keyed[first]->line),
		    NULL);
	}
}

enum outcome
sheet_read(
    struct call *call, const char *bytes, size_t len, struct sheet *sheet)
{
	struct reader reader = { .call = call, .sheet = sheet };
	struct csv_record record;
	enum csv_result result;
	enum outcome outcome =
	    sheet_open(call, bytes, len, &reader.csv, &record);

	*sheet = (struct sheet){ .encoding = reader.csv.encoding,
		.separator = reader.csv.separator };
	if (outcome != OUT_DONE || read_head(&reader, &record) != OUT_DONE)
		return call->fault.outcome;
	while ((result = csv_next(&reader.csv, call->mem, &record)) ==
	       CSV_RECORD) {
		if (sheet->n == SHEET_MAX)
			return fault_set(&call->fault, OUT_LARGE, "body",
			    WORD_F_TOO_MANY,
			    mem_printf(call->mem, "%d", SHEET_MAX), NULL);
		sheet->lines = mem_grow(
		    call->mem, sheet->lines, sheet->n, sizeof *sheet->lines);
		sheet->lines[sheet->n] = (struct sheet_line){ 0 };
		read_line(&reader, &record, &sheet->lines[sheet->n++]);
	}
	if (result != CSV_END)
		return sheet_broken(call, result, record.line);
	refuse_twins(call, sheet);
	return OUT_DONE;
}
