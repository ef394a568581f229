/*
 * way: the way from a list to one of its rows and back to the same place in the
 * list: what was looked for, the order, the page. The row's pages carry it
 * along as _list, the query of the list's URL.
 */
#ifndef VIEW_WAY_H
#define VIEW_WAY_H

#include "store/table.h"
#include "view/layout.h"

/* URLs behind base. site->list is where the way begins, or NULL: somebody came
 * from elsewhere. */

/* The row's, with the way. */
char *way_row(struct mem *, const struct site *, const struct table *,
    const char *const *key);

/* The page for a new row, with the way. */
char *way_new(struct mem *, const struct site *, const struct table *);

/* Back to the list, at the row with this key (NULL: none); without a way, the
 * table's. done: a pair "_saved=1" that says what was done, or NULL. */
char *way_back(struct mem *, const struct site *, const struct table *,
    const char *const *key, const char *done);

/* Writes the hidden field that takes the way along in a row's form. */
void way_write(FILE *, const struct site *);

#endif
