/*
 * kept: what the catalogue said, in files of the user's own, for processes that
 * serve one request each. The inside of store/db.
 *
 * An answer that comes from a file is believed only as long as the database is
 * as it was: the transaction that goes by it begins with kept_check, which
 * undoes it where something has changed.
 */
#ifndef STORE_KEPT_H
#define STORE_KEPT_H

#include "store/pipeline.h"

struct kept;

/* In the first of the options' folders that can be had; where none can, nothing
 * is kept. */
struct kept *kept_new(struct mem *, const struct db_options *);

/* What is asked: about a relation (its oid; NULL: which there are), in a role,
 * by these steps. */
struct kept_question {
	const char *relation, *role;
	const struct db_step *steps;
	size_t n;
};

/* The answers from a file, hung on mem. False: there are none. */
bool kept_find(struct kept *, struct mem *, const struct kept_question *,
    struct db_result **results);

/* The step that tells the state which answers go with, in its one row's first
 * value; NULL: they cannot be kept. It fails where *expected is another one. */
struct db_step kept_state(const char *const *expected);

/* Keeps answers for others. */
void kept_put(struct kept *, const struct kept_question *, const char *state,
    struct db_result *const *results);

/* Sends the check where answers from files have not been checked yet; the
 * fault of one that fails is sqlstate_stale_catalog. */
void kept_check(struct kept *, struct pipeline *);

/* After a transaction whose check was sent and has passed. */
void kept_passed(struct kept *);

/* Whether answers have yet to be checked. */
bool kept_pending(const struct kept *);

/* From now on files are written, not read. */
void kept_forget(struct kept *);

#endif
