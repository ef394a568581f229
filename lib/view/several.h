/*
 * several: what the pages share that write several rows at once: a table whose
 * rows each carry their own state, and what became of each.
 */
#ifndef VIEW_SEVERAL_H
#define VIEW_SEVERAL_H

#include "base/fault.h"
#include "store/row.h"
#include "view/contest.h"
#include "view/list.h"
#include "view/widget.h"

/* What has become of a row. */
enum several_fate {
	SEVERAL_OPEN,	 /* nothing yet */
	SEVERAL_WAITING, /* sent, not written: for the sake of the others */
	SEVERAL_REFUSED,
	SEVERAL_STALE, /* somebody has saved it meanwhile */
	SEVERAL_GONE,  /* somebody has deleted it */
	SEVERAL__MAX
};

struct several_row {
	enum several_fate fate;
	const char *const *key;
	const char *state; /* travels as _etag; not NULL */
	const char *label;
	const struct row *row;	  /* as it is now; NULL: gone, or not known */
	const struct cell *cells; /* by column */
	const struct contest *contests; /* by column, of one that is stale */
	const char *error; /* why it is refused, where no cell says so; or NULL
			    */
};

struct several_page {
	const struct scope *scope;
	bool deletes;	     /* it asks before deleting; else it edits */
	const bool *columns; /* which are edited, or shown */
	const struct several_row *rows;
	size_t n;
	struct choice *const *choices; /* by column: what the rows' values refer
					  to, or NULL; NULL: nothing */
	bool again;		       /* it comes back after it was sent */
	bool unsaved;	/* it came back with something that was typed */
	enum word note; /* what was done before it was opened, or NONE, */
	const char *number, *merged;	/* and its arguments */
	const struct list_links *links; /* of the list: where to go behind the
					   save; NULL: to the list alone */
	bool each;   /* chosen: each row by itself, not all or nothing */
	size_t done; /* how many rows were written now */
	const struct fault *fault; /* a refusal that is no row's, or NULL */
	const char *url;	   /* that the form is posted to, behind base */
	const char *list;	   /* the list that it came from, likewise */
};

/* "_row.N.WHAT": a row's part of the form. */
char *several_name(struct mem *, size_t n, const char *what);

/* The label of a column for this row: "COLUMN, ROW". */
char *several_caption(
    struct mem *, const struct several_row *, const struct column *);

/* Begins the page: title, the way to it, and what has become of the rows that
 * were sent. */
void several_begin(FILE *, struct mem *, const struct site *,
    const struct several_page *, const char *title);

/* Begins the form, with _rows, the number of rows. */
void several_form(
    FILE *, struct mem *, const struct site *, const struct several_page *);

/* Begins the table, with heads for the rows' labels, the page's columns and
 * then those of more (or NULL). check: a column for checkboxes comes first. */
void several_table(FILE *, struct mem *, const struct site *,
    const struct several_page *, const bool *more, bool check);

/* Writes the cell of a row's label, with what has become of it, and, unless it
 * is gone, the hidden fields by which it comes back: _key, _etag, _label. */
void several_label(FILE *, struct mem *, const struct site *,
    const struct several_page *, size_t n);

/* Writes a value as lists show it. */
void several_value(FILE *, struct mem *, const struct site *,
    const struct several_page *, size_t column, const char *value);

/* Writes what the cell of a stale row held before, where that is known. */
void several_before(FILE *, struct mem *, const struct site *,
    const struct several_page *, const struct several_row *, size_t column);

/* Ends table and form: the choice _mode, "all" or nothing, or "each" by itself;
 * the button that sends it, where there is something to send; the way back; of
 * a page that edits, buttons that send it and lead on to the list's other
 * pages, _go=QUERY, so that what was typed is not left behind. */
void several_end(FILE *, const struct site *, const struct several_page *);

#endif
