/*
 * inherit: what a view takes over from the one table below it.
 */
#ifndef STORE_INHERIT_H
#define STORE_INHERIT_H

#include "store/table.h"

/* The view's rows are told apart by the key of what is below it, where it shows
 * all of that, refer to what those refer to, and are under the same
 * constraints; what triggers and rules do there happens to its rows too. The
 * view has its columns already. */
void inherit_table(struct mem *, struct table *view, const struct table *base);

#endif
