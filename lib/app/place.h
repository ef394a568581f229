/*
 * place: where in a table's list somebody is, as the call's URL says it, for
 * the pages that lead there again.
 */
#ifndef APP_PLACE_H
#define APP_PLACE_H

#include "app/call.h"
#include "format/uri.h"

/* The pairs of the call's query that choose rows, order, columns and page, as a
 * form can send them again. */
struct uri_pair *place_pairs(struct call *, size_t *n);

/* The URL, behind base, of the table with those pairs; name, value: and one
 * more, or NULL. */
char *place_url(struct call *, const char *name, const char *value);

/* Sets the site's list (view/way): of a list's page its own place, of a row's
 * the one that it says it was reached from. The table is known. */
void place_furnish(struct call *);

/* Whether a pair of this name is none of a page, nor of what was done before
 * it: it says what the list is, or that its panels are open (_tools, which is
 * no part of the place). */
bool place_lasts(const char *name);

/* The URL, behind base, of the table with these pairs. */
char *place_write(struct call *, const struct uri_pair *, size_t n);

/* The call's own URL, behind base, without what it says of what was done. */
char *place_same(struct call *);

#endif
