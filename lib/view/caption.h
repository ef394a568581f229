/*
 * caption: what people call a table, a column or a rule, and what else there is
 * to say about it.
 *
 * A comment whose first line is a title (at most 40 characters, no sentence: no
 * full stop, nor a mark at its end) gives the label, and the rest of it is the
 * help; any other comment is help as a whole, and the label is the name made
 * readable. Every page takes its labels from here.
 */
#ifndef VIEW_CAPTION_H
#define VIEW_CAPTION_H

#include "store/table.h"

struct caption {
	const char *label;
	const char *help; /* or NULL */
};

/* A column that alone refers to another table's rows is called without its
 * "_id": the page shows that row, not a number. */
struct caption caption_column(struct mem *, const struct column *);

struct caption caption_table(struct mem *, const struct table *);

/* A name made readable: "joined_on" becomes "Joined on". */
char *caption_name(struct mem *, const char *name);

#endif
