/*
 * label: what a row is called, the same everywhere.
 */
#ifndef VIEW_LABEL_H
#define VIEW_LABEL_H

#include "store/row.h"

/* The configured label with its {columns} filled in; else the value of the
 * first text column that is unique alone, of one named name, title or label, of
 * the first text column; else the key's parts, joined with ", ". Empty values
 * are passed over. Columns that the scope hides count as empty. The row is
 * IMAGE_TEXT. */
char *label_of(struct mem *, const struct scope *, const struct row *);

#endif
