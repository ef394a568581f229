/*
 * grid: rows of a list edited in place: TABLE?_edit=COLUMN,COLUMN, or, as a
 * form says it, TABLE?_edit.COLUMN=1&_edit.COLUMN=1.
 */
#ifndef APP_GRID_H
#define APP_GRID_H

#include "app/refer.h"
#include "app/several.h"
#include "view/tools.h"

/* GET: the list's page with controls in these columns; where none is named,
 * those that the configuration proposes, else those that the list shows. */
call_handler grid_read;

/* What the list offers of this: which columns can be edited, and which are
 * proposed. */
void grid_offer(struct call *, struct tools *);

/* By column, which ones the URL names, as far as this person may change them.
 * OUT_DONE; OUT_MALFORMED, OUT_DENIED where there is none. */
enum outcome grid_columns(struct call *, bool **columns);

/* Makes the page of these items, whose cells are set, and of what the page says
 * already: columns, again, done, links and so on. search: what to look for in
 * the item at, or NULL. */
struct text *grid_make(struct call *, const struct several *,
    struct several_page *, const struct refer_search *search, size_t at);

#endif
