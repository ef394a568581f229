/*
 * listed: what a POST to a table expects of the table's list. The list was read
 * and compared with what the client has seen; that it is still the same is part
 * of the INSERT, behind a lock that lets one such POST at a time go ahead.
 * Other writers need not take the lock: what they commit meanwhile comes
 * behind.
 */
#ifndef STORE_LISTED_H
#define STORE_LISTED_H

#include "store/rows.h"

struct stmt;

struct listed {
	const struct rows_query *query;
	const char *content; /* what listed_add made of the rows that it gave */
};

/* Adds a row of a list to its content. */
void listed_add(FILE *, const struct table *, const struct row *);

/* The step ahead of the write: takes the lock. */
struct db_step listed_lock(struct mem *, const struct write *);

/* For a statement that has no parameters yet: a boolean in SQL, whether the
 * list still has this content. It may stand anywhere in the statement. */
char *listed_condition(struct stmt *, const struct write *);

/* After an INSERT that did nothing: OUT_STALE where that is because of the
 * list, else OUT_UNCHANGED. */
enum outcome listed_judge(
    struct db *, struct mem *, const struct write *, struct fault *);

#endif
