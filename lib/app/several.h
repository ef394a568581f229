/*
 * several: a form that writes several rows, each under its own state, taken
 * apart into its rows.
 */
#ifndef APP_SEVERAL_H
#define APP_SEVERAL_H

#include "app/call.h"
#include "format/form.h"
#include "store/row.h"
#include "view/several.h"

/* One row of the form. */
struct several_item {
	struct form fields; /* its own, named as those of a form for one row */
	const char *const *key;
	const char *state; /* as _etag says; "": none */
	const char *label;
	struct cell *cells;	  /* by column; the caller's, */
	struct contest *contests; /* like these */
	const struct cell *sent;  /* both as they came (app/settle) */
	const struct contest *said;
	const struct member *members;
	size_t n_members;
	bool lost;   /* something was typed into fields that are no more, as
			fault says: it is shown before it is written */
	bool wanted; /* it is to be written */
	bool held;   /* but not before the person has answered a question */
	bool done;   /* it was written */
	bool merged; /* together with what somebody else has saved meanwhile */
	struct fault fault;	/* OUT_DONE, or why it cannot be, or was not */
	const struct row *row;	/* as it is now (app/fate), or NULL */
	enum several_fate fate; /* likewise */
};

struct several {
	struct several_item *items;
	size_t n;
	bool each; /* each row by itself; else all or nothing */
	const struct submission *submission; /* or NULL */
	struct fault fault; /* OUT_DONE, or a refusal that is no item's */
};

/* Reads the form of a person who has this right. No header field can say which
 * rows are meant: one that names a tag is refused. OUT_DONE, or the fault. */
enum outcome several_open(struct call *, enum right, struct form *);

/* Takes it apart, one with _rows. Where it is to be looked at before it is
 * carried out (call->unconfirmed), several->fault says so. OUT_DONE, or
 * OUT_MALFORMED. */
enum outcome several_read(struct call *, const struct form *, struct several *);

/* Items of rows at hand, with cells, for a page to begin with. */
void several_of_rows(
    struct call *, struct row *const *, size_t n, struct several *);

/* How many were written. */
size_t several_done(const struct several *);

/* How many of them together with what somebody else has saved meanwhile. */
size_t several_merged(const struct several *);

/* Leaves the items that are wanted and not done. Returns whether there are
 * any. */
bool several_rest(struct several *);

#endif
