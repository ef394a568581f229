/*
 * shortlist: which columns a list shows.
 */
#ifndef VIEW_SHORTLIST_H
#define VIEW_SHORTLIST_H

#include "store/table.h"

/* By column. Up to eight are all that a person may see (value_shown). Of more,
 * those that tell rows apart and name them, then the first others; what is no
 * reading matter in a line (bytea, json, xml, uuid) comes last. */
bool *shortlist(struct mem *, const struct scope *);

#endif
