/*
 * finder: makes of what a list's URL asks for (app/asked) what its page shows
 * and offers of it (view/finder).
 */
#ifndef APP_FINDER_H
#define APP_FINDER_H

#include "app/asked.h"
#include "view/list.h"

/* What the page of rows refers to, and what its filters choose from; and in the
 * same round trip the tally (rows_tally), or NULL. rows may be none. */
struct choice *const *finder_choices(struct call *, const struct asked *,
    struct row *const *rows, size_t n, struct db_single *tally);

/* usual: how many rows a page has where the URL does not say it. The count is
 * the caller's to add. */
struct finder *finder_make(struct call *, const struct asked *,
    struct choice *const *choices, long usual);

/* Says what the call's fault is about. */
void finder_blame(struct call *, const struct asked *, struct finder *);

/* Sets the page's links to the list as CSV, where the person may export it. */
void finder_export(struct call *, const struct asked *, struct list_page *);

#endif
