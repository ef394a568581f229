/*
 * sort: the heads of a list's columns, by which it is sorted.
 */
#ifndef VIEW_SORT_H
#define VIEW_SORT_H

#include "view/finder.h"

/* Writes the head of a column: a link that sorts by it, upwards, then
 * downwards, then not at all, or its label alone. Of an order by several
 * columns that this is one of, the others stay. */
void sort_head(FILE *, struct mem *, const struct site *, const struct finder *,
    size_t column);

#endif
