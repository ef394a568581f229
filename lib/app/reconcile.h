/*
 * reconcile: what a form holds against the row as it is now: the three-way
 * merge of a save that came too late.
 */
#ifndef APP_RECONCILE_H
#define APP_RECONCILE_H

#include "app/call.h"
#include "view/contest.h"
#include "view/widget.h"

/* The contests of a form that is no page of a conflict: one for each column,
 * of which nothing was said yet. blind: what the row held before is not
 * known. */
struct contest *reconcile_begin(struct mem *, const struct table *, bool blind);

/*
 * Puts the cells against the row: what only the other side changed is taken
 * from it, what the person touched stays, a text that both changed in different
 * places becomes both together. Every was becomes the row's, so that saving
 * again means these values over those; base is what it was before, where that
 * is known. The contests say what has become of each field; a dispute is a text
 * of several lines place by place, where the texts fit the form (view/was).
 * What was said of a dispute stays where the same is in dispute again.
 * Returns how many are in dispute.
 */
size_t reconcile(struct mem *, const struct scope *, struct cell *,
    struct contest *, const struct row *);

/* The same where a text of several lines is decided as a whole. */
size_t reconcile_whole(struct mem *, const struct scope *, struct cell *,
    struct contest *, const struct row *);

/* Whether both changed something in the same way, in a table where that does
 * not mean that they meant the same. */
bool reconcile_counts_twice(const struct table *, const struct contest *);

#endif
