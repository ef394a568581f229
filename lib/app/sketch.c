#include "app/sketch.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/sheet.h"
#include "view/caption.h"
#include "view/sheetcsv.h"

enum {
	NAME_MOST = 63, /* bytes, as PostgreSQL has it */
	NAME_ROOM = 4	/* of them for a number behind it */
};

struct reader {
	struct call *call;
	struct csv csv;
	enum language language; /* of the numbers */
	struct sketch *sketch;
	const char **keys; /* the first column's values */
	size_t n_rows;
};

static bool
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* How a letter is written in ASCII; len: its bytes. */
static const char *
ascii_of(const char *at, size_t *len)
{
	static const char letters[][2][4] = { { "ä", "ae" }, { "Ä", "ae" },
		{ "ö", "oe" }, { "Ö", "oe" }, { "ü", "ue" }, { "Ü", "ue" },
		{ "ß", "ss" }, { "é", "e" }, { "É", "e" }, { "è", "e" },
		{ "ê", "e" }, { "à", "a" }, { "á", "a" }, { "ç", "c" },
		{ "ñ", "n" }, { "ø", "o" }, { "å", "a" } };

	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (strncmp(at, letters[i][0], strlen(letters[i][0])) == 0) {
			*len = strlen(letters[i][0]);
			return letters[i][1];
		}
	*len = 1;
	return "";
}

char *
sketch_name(struct mem *mem, const char *called)
{
	struct text *text = mem_text_open(mem);
	bool gap = false;
	size_t len;
	char *name;

	for (const char *at = called; *at; at += len) {
		char small =
		    *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
		const char *letters = ascii_of(at, &len);

		if (!is_plain(small) && *letters == '\0') {
			gap = true;
			continue;
		}
		if (mem_text_size(text) == 0 && small <= '9' && small >= '0')
			fputs("n_", text->out);
		else if (gap && mem_text_size(text) > 0)
			putc('_', text->out);
		gap = false;
		if (*letters != '\0')
			fputs(letters, text->out);
		else
			putc(small, text->out);
	}
	name = mem_text(text);
	if (*name == '\0')
		return mem_string(mem, "column");
	if (strlen(name) > NAME_MOST - NAME_ROOM)
		name[NAME_MOST - NAME_ROOM] = '\0';
	return name;
}

/* Columns that our trigger or an export adds. */
static bool
is_ours(const char *head)
{
	static const char *const kept[] = { "_etag", "version", "updated_at",
		"updated_by" };

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (strcasecmp(head, kept[i]) == 0)
			return true;
	return sheetcsv_ours(head);
}

/* The name, with a number behind it where a column before has it. */
static const char *
unused(struct mem *mem, const struct sketch *sketch, size_t n, const char *name)
{
	const char *tried = name;

	for (size_t i = 0, number = 2; i < n; i++)
		if (sketch->columns[i].name &&
		    strcmp(sketch->columns[i].name, tried) == 0) {
			tried = mem_printf(mem, "%s_%zu", name, number++);
			i = (size_t)-1; /* from the first one again */
		}
	return tried;
}

/* The column that an import of the same file will find again by its head: by
 * its label, or else by its name. */
static void
name_column(struct mem *mem, struct sketch *sketch, size_t at)
{
	struct sketch_column *column = &sketch->columns[at];
	struct column made = { .name = sketch_name(mem, column->head) };

	if (strcmp(column->head, made.name) != 0 &&
	    strcmp(caption_column(mem, &made).label, column->head) != 0) {
		made.comment = column->head;
		column->commented = true;
	}
	if (column->commented && strlen(column->head) <= NAME_MOST &&
	    strcmp(caption_column(mem, &made).label, column->head) != 0) {
		made.name = mem_string(mem, column->head);
		column->commented = false;
	}
	column->name = unused(mem, sketch, at, made.name);
	column->commented |= column->name != made.name;
}

static enum outcome
read_head(struct reader *reader, const struct csv_record *head)
{
	struct call *call = reader->call;
	struct sketch *sketch = reader->sketch;
	bool any = false;

	sketch->n = head->n;
	sketch->columns =
	    mem_array(call->mem, head->n, sizeof *sketch->columns);
	for (size_t i = 0; i < head->n; i++) {
		const char *name = head->fields[i].text;

		sketch->columns[i].head = name;
		for (size_t j = 0; j < i; j++)
			if (*name != '\0' &&
			    strcmp(sketch->columns[j].head, name) == 0)
				return fault_set(&call->fault, OUT_INVALID,
				    "body", WORD_F_SHEET_TWICE, name, NULL);
		if (*name == '\0' || is_ours(name))
			continue;
		name_column(call->mem, sketch, i);
		any = true;
	}
	if (any)
		return OUT_DONE;
	return fault_set(
	    &call->fault, OUT_INVALID, "body", WORD_F_SHEET_EMPTY, NULL, NULL);
}

static void
read_line(struct reader *reader, const struct csv_record *record)
{
	struct sketch *sketch = reader->sketch;
	struct mem *mem = reader->call->mem;

	for (size_t i = 0; i < sketch->n && i < record->n; i++) {
		enum guess *guess = &sketch->columns[i].guess;

		if (*guess != GUESS_TEXT)
			*guess = guess_both(
			    *guess, guess_value(mem, reader->language,
					record->fields[i].text));
	}
	reader->keys =
	    mem_grow(mem, reader->keys, reader->n_rows, sizeof *reader->keys);
	reader->keys[reader->n_rows++] = record->fields[0].text;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether the first column is one of numbers that tells the rows apart. */
static void
find_key(struct reader *reader)
{
	struct sketch *sketch = reader->sketch;
	const struct sketch_column *first = &sketch->columns[0];

	sketch->key = -1;
	sketch->made = unused(reader->call->mem, sketch, sketch->n, "id");
	if (!first->name ||
	    (first->guess != GUESS_INTEGER && first->guess != GUESS_BIGINT))
		return;
	qsort(reader->keys, reader->n_rows, sizeof *reader->keys, by_text);
	for (size_t i = 0; i < reader->n_rows; i++) {
		const char *text = reader->keys[i];
		long number = strtol(text, NULL, 10);

		if (*text == '\0' ||
		    (i > 0 && strcmp(reader->keys[i - 1], text) == 0))
			return;
		if (number > sketch->last)
			sketch->last = number;
	}
	sketch->key = 0;
}

enum outcome
sketch_read(
    struct call *call, const char *bytes, size_t len, struct sketch *sketch)
{
	struct reader reader = { .call = call, .sketch = sketch };
	struct csv_record record;
	enum csv_result result;
	enum outcome outcome =
	    sheet_open(call, bytes, len, &reader.csv, &record);

	*sketch = (struct sketch){ .encoding = reader.csv.encoding };
	reader.language =
	    reader.csv.separator == ';' ? LANGUAGE_DE : LANGUAGE_EN;
	if (outcome != OUT_DONE || read_head(&reader, &record) != OUT_DONE)
		return call->fault.outcome;
	while (
	    (result = csv_next(&reader.csv, call->mem, &record)) == CSV_RECORD)
		read_line(&reader, &record);
	if (result != CSV_END)
		return sheet_broken(call, result, record.line);
	find_key(&reader);
	return OUT_DONE;
}
