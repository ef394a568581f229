/*
 * removal: asks before several rows are deleted.
 */
#ifndef VIEW_REMOVAL_H
#define VIEW_REMOVAL_H

#include "view/several.h"

/* Writes the whole page: a form (view/several) of a table with the page's
 * columns; of each row a checkbox _row.N._on and, while the form stays small,
 * _was._row.N.FIELD. A row that has changed meanwhile shows what (its cells'
 * was and value differ), and has to be ticked again. */
void removal_page(
    FILE *, struct mem *, const struct site *, const struct several_page *);

#endif
