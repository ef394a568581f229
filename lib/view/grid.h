/*
 * grid: rows with controls in place of some of their values, to be saved
 * together; and the same after a refusal.
 */
#ifndef VIEW_GRID_H
#define VIEW_GRID_H

#include "view/several.h"

/*
 * Writes the whole page: a form (view/several) of a table whose chosen columns
 * are controls under the names _row.N.FIELD, _was._row.N.FIELD and so on, the
 * other columns of the list as they are. A value that is in dispute has beside
 * it what view/dispute sends of a whole field, without a choice by places. Of a
 * row that is gone, what was typed.
 */
void grid_page(
    FILE *, struct mem *, const struct site *, const struct several_page *);

#endif
