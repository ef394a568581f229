/*
 * arrival: somebody comes back to a list from one of its rows: which one, and
 * what was done there.
 */
#ifndef APP_ARRIVAL_H
#define APP_ARRIVAL_H

#include "app/query.h"
#include "view/list.h"

/* Marks the row that the query's _row names, and says what was saved. Where the
 * page does not show that row any more, it is looked up, so that the page can
 * lead to it. page has its rows and tools. */
void arrival_mark(struct call *, const struct query *, struct list_page *);

#endif
