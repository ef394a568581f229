/*
 * deletion: the page that asks before a row is deleted.
 */
#ifndef VIEW_DELETION_H
#define VIEW_DELETION_H

#include "store/row.h"
#include "view/contest.h"
#include "view/widget.h"

struct deletion {
	const struct scope *scope;
	const struct row *row; /* as it is now */
	const char *label;
	const struct cell *cells;	/* of it, by column */
	const struct contest *contests; /* what was changed since the page was
					   opened; NULL: nobody has asked */
};

/* The page that asks before deleting: shows the row, posts _method=DELETE,
 * _etag, and _was.FIELD of each field shown. With contests it says that the row
 * has changed meanwhile, by whom, and what. */
void deletion_page(
    FILE *, struct mem *, const struct site *, const struct deletion *);

#endif
