/*
 * settle: the rows of a list that were edited in place and are not all written:
 * what has become of each, and what of them can be put together at once with
 * what somebody else has saved meanwhile.
 */
#ifndef APP_SETTLE_H
#define APP_SETTLE_H

#include "app/several.h"

/* Looks at the rows and puts what was sent of those that are stale against them
 * (app/reconcile): cells and contests become what the page shows, and an item
 * that is as asked by now is done. A refusal is put beside its cells, of the
 * columns that are edited. It can be done again: what was sent stays.
 * OUT_DONE, or a fault where what is to be decided cannot be shown. */
enum outcome settle_items(struct call *, struct several *, const bool *columns);

/* Where the table has it so (on_conflict): makes the stale items of which
 * nothing is in dispute ready to be written again, under the state that was
 * found, and marks them as merged. Returns whether there are any, and nothing
 * else stands in the way of writing them. */
bool settle_merge(struct call *, struct several *, const bool *columns);

#endif
