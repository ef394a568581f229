/*
 * conflict: the page of a save that came too late: what happened, what is
 * settled already, what is to be decided, and the rest of the entry as a form.
 */
#ifndef VIEW_CONFLICT_H
#define VIEW_CONFLICT_H

#include "store/row.h"
#include "view/changes.h"
#include "view/contest.h"

enum conflict_kind {
	CONFLICT_CHANGED, /* somebody saved the row meanwhile */
	CONFLICT_EXISTS,  /* a new row has the key of one that exists */
	CONFLICT_OPEN	  /* it was sent before everything was decided */
};

struct conflict_page {
	enum conflict_kind kind;
	const struct scope *scope;
	const struct row *row;	  /* as it is now */
	const char *label;	  /* of it */
	const struct cell *cells; /* by column, as app/reconcile leaves them */
	const struct contest *contests;
	const char *variant; /* of the row's tag (view/keep) */
};

/* Writes the whole page. Its form posts to the row with the state that is
 * shown, so that it never overwrites what nobody has seen; beside what an edit
 * page sends it sends _conflict=1, and of each dispute what dispute_write
 * says. */
void conflict_page(
    FILE *, struct mem *, const struct site *, const struct conflict_page *);

/* Who saved the row, and when: a sentence or two. */
void conflict_who(FILE *, struct mem *, const struct site *, enum conflict_kind,
    const struct row *);

#endif
