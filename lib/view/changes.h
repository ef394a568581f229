/*
 * changes: what happened to a row while somebody had it open: a calm list of
 * what is settled already.
 */
#ifndef VIEW_CHANGES_H
#define VIEW_CHANGES_H

#include "view/contest.h"
#include "view/widget.h"

/* Who saved the row last, and when, as pages say it; either may be NULL. */
struct changed {
	const char *by, *at;
};

/* Writes a list: each field that one side changed, or both in a way that needs
 * no choice, with what it was and what it is; and, where the row is another but
 * nothing that the scope shows is, a sentence for that. Nothing where there is
 * nothing to tell. Returns whether there was. */
bool changes_write(FILE *, struct mem *, const struct site *,
    const struct scope *, const struct cell *, const struct contest *);

#endif
