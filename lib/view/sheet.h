/*
 * sheet: what becomes of the lines of a file that is imported. Plain data:
 * app/sheet reads it, app/import asks the database, the pages show it.
 */
#ifndef VIEW_SHEET_H
#define VIEW_SHEET_H

#include "format/csv.h"
#include "store/row.h"

/* What becomes of a line. */
enum sheet_kind {
	SHEET_NEW,
	SHEET_CHANGED,
	SHEET_UNCHANGED,
	SHEET_STALE,   /* somebody has changed or deleted the row meanwhile */
	SHEET_REFUSED, /* fault says why */
	SHEET_SAVED,   /* by an earlier import of the same file */
	SHEET__MAX
};

struct sheet_line {
	enum sheet_kind kind;
	size_t line;		   /* in the file, from 1 */
	const char *const *values; /* by column of the table, as the database is
				      to read them; NULL: none, or none sent */
	const char *const *key;	   /* or NULL: it names no row */
	struct write change;	   /* of the row with this key, */
	struct write create;	   /* and as a new one */
	const struct row *before, *after; /* the row now, and as it becomes;
					     IMAGE_TEXT; or NULL */
	struct fault fault;		  /* of one that is refused or stale */
};

struct sheet {
	enum csv_encoding encoding;
	char separator;
	bool *sent;	      /* by column of the table: the file has it */
	bool etags;	      /* it has the column _etag */
	const char **unknown; /* names of columns that are passed over */
	size_t n_unknown;
	bool empties; /* it tells an empty text ("") from no value */
	struct sheet_line *lines;
	size_t n;
	size_t counts[SHEET__MAX]; /* of lines, by kind */
	bool kept;		   /* what is new or changed is saved now */
};

/* Whether a column becomes another than it is; what our trigger keeps set
 * aside. */
bool sheet_differs(
    const struct scope *, const struct sheet_line *, size_t column);

/* "new", "changed" ...: for programs. */
const char *sheet_kind_name(enum sheet_kind);

#endif
