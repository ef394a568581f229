/*
 * home: the tables on offer, as a page and as JSON.
 */
#ifndef VIEW_HOME_H
#define VIEW_HOME_H

#include "store/table.h"
#include "view/layout.h"

/* Writes the whole page: each table with its comment. plans: with a link to
 * view/firsttable. */
void home_page(FILE *, struct mem *, const struct site *,
    struct scope *const *scopes, size_t n, bool plans);

/* {"tables":[{"name","url","key":[columns],"guard","rights":["read","create",
 * "update","delete"],"comment"}]}; url is a path led by the base; comment is
 * null where there is none. */
void home_json(FILE *, struct mem *, const struct site *,
    struct scope *const *scopes, size_t n);

#endif
