/*
 * csv: comma-separated values (RFC 4180) as spreadsheets write and want them.
 *
 * NULL is an empty field without quotes, an empty text is "". A text that a
 * spreadsheet would take for a formula, one that begins with = + - @ or a
 * control character, gets a "'" in front; reading takes it off again. Only
 * texts do: a number is written as it is.
 */
#ifndef FORMAT_CSV_H
#define FORMAT_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

/* What a failed export ends with, on a line of its own; a reader refuses a file
 * that holds it. */
extern const char csv_incomplete[];

/* Writes one field, quoted where it must be. NULL: nothing. text: it may be
 * taken for a formula. The caller writes separators and line ends. */
void csv_write(FILE *, char separator, const char *value, bool text);

enum csv_encoding {
	CSV_UTF8,
	CSV_WINDOWS_1252, /* recognised by not being UTF-8 */
	CSV_OTHER	  /* UTF-16, by its byte order mark: not read */
};

struct csv_field {
	const char *text; /* UTF-8, formulas made harmless undone */
	bool quoted;	  /* an empty field with quotes is no NULL */
};

struct csv_record {
	struct csv_field *fields;
	size_t n;
	size_t line; /* where it begins, from 1 */
};

struct csv {
	enum csv_encoding encoding;
	char separator; /* ',' ';' or tab: the one of which the first record
			   has most */
	/* the inside */
	const char *at, *end;
	size_t line;
};

enum csv_result {
	CSV_RECORD,
	CSV_END,
	CSV_NUL,       /* record->line: it holds a NUL character */
	CSV_OPEN,      /* record->line: a quote is never closed */
	CSV_UTF16,     /* the file is of CSV_OTHER */
	CSV_INCOMPLETE /* record->line: it says that its export failed */
};

/* Begins to read a whole file; a byte order mark is passed over, an encoding
 * other than UTF-8 is made UTF-8 in mem. The bytes must live as long. */
void csv_open(struct mem *, const char *bytes, size_t len, struct csv *);

/* The next record, in mem (which need not be that of csv_open). Lines with
 * nothing in them are passed over. */
enum csv_result csv_next(struct csv *, struct mem *, struct csv_record *);

#endif
