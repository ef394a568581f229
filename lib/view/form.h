/*
 * form: the edit page of one row, the empty form of a new one, and the same
 * page again after a refusal.
 */
#ifndef VIEW_FORM_H
#define VIEW_FORM_H

#include "base/fault.h"
#include "store/row.h"
#include "view/contest.h"
#include "view/widget.h"

enum form_mode {
	FORM_EDIT,    /* a row, to be changed */
	FORM_NEW,     /* an empty form */
	FORM_INVALID, /* refused: everything typed, the fault beside its field
		       */
	FORM_GONE     /* the row was deleted: everything typed, create again */
};

/* What the save before this page was merged with. */
struct form_merged {
	const bool *columns; /* by column: what came from the other side */
	const char *by, *at; /* who saved that, and when; or NULL */
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
	const struct fault *fault;	     /* FORM_INVALID, or NULL */
	const char *lost; /* what was typed into fields that are no more, or
			     NULL */
	const struct form_merged *merged; /* what it was merged with, or NULL */
	bool saved;			  /* it was saved just before */
	const char *variant; /* of the row's tag (view/keep), or NULL */
	bool unsaved;	     /* the cells hold what was typed */
};

/* Writes the whole page. The form is multipart/form-data, method post, with a
 * _submission of its own, by which a second delivery is known; columns
 * that the scope lets the person write are controls, others are shown.
 * where the row exists, their values travel as _was.FIELD as well, so that a
 * change of them can be told. FORM_GONE has a second button, _copy=1, where the
 * database can give a key of its own; without the right to create it shows what
 * was typed. FORM_EDIT has a link to ?delete where the scope allows. */
void form_page(
    FILE *, struct mem *, const struct site *, const struct form_page *);

#endif
