/*
 * batch: many writes at once, each with an expectation of its own: all or
 * nothing, or each by itself.
 */
#ifndef STORE_BATCH_H
#define STORE_BATCH_H

#include "store/row.h"

enum batch_kind {
	BATCH_UPDATE,
	BATCH_INSERT,
	BATCH_DELETE
};

struct batch_item {
	enum batch_kind kind;
	struct write write; /* its person and submission are the batch's */
	enum outcome outcome;
	struct written written; /* a delete leaves what the caller put there */
	struct fault fault;	/* of an outcome that is no success */
};

struct batch {
	struct batch_item *items;
	size_t n;
	const struct person *person;	     /* or NULL */
	const struct submission *submission; /* of the whole, or NULL */
	bool repeated; /* found: its submission was carried out before, so that
			  nothing was written now */
};

/*
 * One transaction, one round trip where all goes well. OUT_DONE: every item has
 * OUT_DONE, OUT_CREATED or OUT_UNCHANGED. Else nothing was written, and the
 * outcome is that of the first item that fails; each item that is known to fail
 * has its own outcome and fault and what the row is now, the others OUT_DONE.
 * Where the refusal is nobody's (OUT_BUSY, OUT_UNKNOWN ...), the fault alone
 * says so.
 */
enum outcome batch_all(
    struct db *, struct mem *, struct batch *, struct fault *);

/* Each item by itself, in order, as row_update and the others do it. OUT_DONE;
 * each item has its own outcome. Stops at OUT_BUSY and OUT_UNKNOWN, which then
 * all items behind have too. */
void batch_each(struct db *, struct mem *, struct batch *);

#endif
