/*
 * filtered: the rows that a write by filters is about, each with the state in
 * which it was found, so that a change in between refuses the whole.
 */
#ifndef APP_FILTERED_H
#define APP_FILTERED_H

#include "app/query.h"
#include "store/batch.h"

/* No more rows than this are written by one request. */
enum {
	BULK_MAX = 10000
};

/*
 * Makes the batch of the rows that the query's filters let through; its items'
 * members are still empty, and written.row is the row as it was found. Such a
 * write has to say what it has seen, or how much it may touch: OUT_UNGUARDED
 * unless a filter names the version (version=eq.7), the body has an expectation
 * of each row (said), Prefer says max-affected, or the table's filtered_writes
 * allows it; always without any filter.
 * OUT_STALE where the version is the filter that lets nothing through;
 * OUT_CONFLICT where there are more rows than max-affected.
 */
enum outcome filtered_find(struct call *, const struct query *,
    const struct expectation *said, enum batch_kind, struct batch *);

#endif
