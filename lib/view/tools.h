/*
 * tools: what the page of a list offers for several rows at once: to edit
 * columns in place, to delete those that are selected.
 */
#ifndef VIEW_TOOLS_H
#define VIEW_TOOLS_H

#include "format/uri.h"
#include "store/row.h"
#include "view/layout.h"

struct tools {
	const bool *editable; /* by column: can be edited in place; NULL: none
				 can */
	const bool *proposed; /* by column: chosen from the start */
	const struct uri_pair *kept; /* of the list's query, for its place */
	size_t n_kept;
	const char *removal; /* where the selected rows are posted to, behind
				base; NULL: none can be deleted */
	enum word note; /* what was done before the list was opened, or NONE */
	const char *number, *merged; /* its arguments */
	const char *open; /* the row that it is about, behind base; or NULL */
};

/* Writes what was done. */
void tools_note(
    FILE *, struct mem *, const struct site *, const struct tools *);

/* Writes the choice of the columns to be edited: _edit.COLUMN for each. */
void tools_edit(FILE *, struct mem *, const struct site *, const struct scope *,
    const struct tools *);

/* The form around the list's table, with its button, and the checkbox at the
 * begin of each row, the list's n-th: _select.N=KEY. Nothing where none can be
 * deleted. */
void tools_begin(
    FILE *, struct mem *, const struct site *, const struct tools *);
void tools_head(FILE *, const struct site *, const struct tools *);
void tools_check(FILE *, struct mem *, const struct site *,
    const struct scope *, const struct row *, size_t n, const struct tools *);
void tools_end(FILE *, const struct site *, const struct tools *);

#endif
