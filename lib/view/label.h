/*
 * label: what a row is called, the same everywhere.
 */
#ifndef VIEW_LABEL_H
#define VIEW_LABEL_H

#include "store/row.h"

/* The row's label by table_label's rule. Empty values are passed over, as are
 * columns that the scope hides. The row is IMAGE_TEXT. */
char *label_of(struct mem *, const struct scope *, const struct row *);

#endif
