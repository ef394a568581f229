/*
 * form: the edit page of one row, the empty form of a new one, and the same
 * page again after a refusal.
 */
#ifndef VIEW_FORM_H
#define VIEW_FORM_H

#include "base/fault.h"
#include "store/row.h"
#include "view/widget.h"

enum form_mode {
	FORM_EDIT,    /* a row, to be changed */
	FORM_NEW,     /* an empty form */
	FORM_INVALID, /* refused: everything typed, the fault beside its field
		       */
	FORM_STALE,   /* somebody saved first: both values, two buttons */
	FORM_GONE     /* the row was deleted: everything typed, create again */
};

struct form_page {
	enum form_mode mode;
	bool creates; /* it is posted to the table, not to a row */
	const struct scope *scope;
	const char *label;	  /* of the row; NULL: a new one */
	const char *const *key;	  /* NULL: a new row */
	const char *state;	  /* travels as _etag; "" on creation */
	const struct cell *cells; /* by column */
	const char *changed_at, *changed_by; /* of the row now, or NULL */
	const struct fault *fault; /* FORM_INVALID, FORM_STALE, or NULL */
};

/* Writes the whole page. The form is multipart/form-data, method post, with a
 * _submission of its own, by which a second delivery is known; columns
 * that the scope lets the person write are controls, others are shown.
 * FORM_STALE has the buttons "save over" (posts with the state now shown) and
 * "leave theirs" (a link to the row). FORM_EDIT has a link to ?delete where the
 * scope allows. */
void form_page(
    FILE *, struct mem *, const struct site *, const struct form_page *);

/* The page that asks before deleting: shows the row's cells, posts
 * _method=DELETE and _etag. stale: says that the row has changed meanwhile. */
void form_delete_page(FILE *, struct mem *, const struct site *,
    const struct scope *, const struct row *, const struct cell *,
    const char *label, bool stale);

#endif
