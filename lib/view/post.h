/*
 * post: what the pages share whose form writes one row.
 */
#ifndef VIEW_POST_H
#define VIEW_POST_H

#include "store/table.h"
#include "view/layout.h"

/* Begins a page about a row: its title, and the way to it by the table's name
 * and the row's label (NULL: a new one) with its URL (NULL: this page). */
void post_page(FILE *, struct mem *, const struct site *, const struct table *,
    const char *title, const char *label, const char *row);

/* Begins a form that posts to a URL behind base, with _submission and _token.
 * name: one that it has in this state of the data alone, or NULL. The caller
 * ends it with </form>. */
void post_form(FILE *, struct mem *, const struct site *, const char *url,
    const char *name);

/* The same for one row: with _list (view/way), and _etag, which says the state
 * that it was made for (NULL: none; "": there must be no row). */
void post_begin(FILE *, struct mem *, const struct site *, const char *url,
    const char *state);

/* A button that sends it. name NULL: it says nothing but that; else NAME=1.
 * class NULL: none. */
void post_submit(FILE *, const struct site *, const char *name,
    const char *class, enum word);

#endif
