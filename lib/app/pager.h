/*
 * pager: from one page of a list to the next, by places (rows.h): the order's
 * values and the key of a row.
 */
#ifndef APP_PAGER_H
#define APP_PAGER_H

#include "app/query.h"
#include "format/uri.h"
#include "view/list.h"

/* The place that _after or _before says: the values of the order, "!" for NULL
 * or "=VALUE", then the parts of the key. NULL: it says none. */
const char *const *pager_read(
    struct call *, const struct uri_pair *, const struct rows_query *);

/* The pages around one that begins and ends at these places (NULL: it is
 * empty), more: there are rows behind its end, or before its beginning where
 * the query asks for what lies before a place. Sets the field Link (RFC 8288)
 * too. From an empty page back leads _before of nothing, which is the list's
 * end. */
struct list_links pager_links(struct call *, const struct query *,
    const char *const *first, const char *const *last, bool more);

#endif
