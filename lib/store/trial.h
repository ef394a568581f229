/*
 * trial: many writes tried in one transaction, each undone by itself where it
 * fails, and all of them kept or undone in the end.
 */
#ifndef STORE_TRIAL_H
#define STORE_TRIAL_H

#include "store/batch.h"

struct trial {
	struct batch_item **items; /* BATCH_UPDATE, BATCH_INSERT */
	size_t n;
	const struct person *person; /* or NULL */
	const struct db_step *ahead; /* what comes first, or NULL; where it
					fails, nothing is tried */
};

/*
 * Tries the items in their order, one round trip for all, each with constraints
 * checked at once. OUT_DONE: the transaction is open until db_try_end; an item
 * has OUT_DONE or OUT_CREATED with the row as stored, OUT_UNCHANGED where it
 * touched nothing (a look tells why), or else its fault. Any other outcome:
 * nothing is open, nothing was written.
 */
enum outcome trial_run(
    struct db *, struct mem *, const struct trial *, struct fault *);

#endif
