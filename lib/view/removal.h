/*
 * removal: asks before several rows are deleted.
 */
#ifndef VIEW_REMOVAL_H
#define VIEW_REMOVAL_H

#include "view/several.h"

/* Writes the whole page: a form (view/several) of a table with the page's
 * columns; of each row a checkbox _row.N._on and, where the form has room for
 * them, _was._row.N.FIELD. Of a row that has changed meanwhile it says what; it
 * has to be ticked again. */
void removal_page(
    FILE *, struct mem *, const struct site *, const struct several_page *);

#endif
