/*
 * rows: a list of rows, pulled one by one and never collected.
 */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "format/filter.h"
#include "store/db.h"
#include "store/row.h"

struct rows_query {
	const struct scope *scope;
	const bool *shown; /* by column: which of those that the scope lets the
			      person see are wanted; NULL: all */
	const struct person *person;
	enum image image;
	const struct filter *filters; /* all of them hold */
	size_t n_filters;
	const struct filter_order *order; /* before the key, which always
					     follows */
	size_t n_order;
	long limit;  /* at most this many; -1: all */
	long offset; /* so many are passed over */
	/* a place between two rows: the texts of the columns of order (NULL is
	 * SQL's NULL), then those of the key */
	const char *const *after;  /* only rows behind it, or NULL */
	const char *const *before; /* only rows ahead of it, the nearest where
				      there is a limit; or NULL */
	bool last; /* before is the list's end, whatever that points to */
};

struct rows;

/* Asks; rows come in the order asked for. The list is ended by rows_close or
 * when mem is freed; until then the connection serves nothing else. A column
 * that the person does not see, in a filter or in the order: OUT_INVALID. A
 * value that is none of its column's type: OUT_INVALID, maybe with the first
 * row only. */
enum outcome rows_open(struct db *, struct mem *, const struct rows_query *,
    struct rows **, struct fault *);

/* The next row in *row, allocated in mem (which need not be the list's), or
 * *row NULL behind the last. OUT_DONE, or what went wrong on the way. */
enum outcome rows_next(
    struct rows *, struct mem *, struct row **row, struct fault *);

/* Where a row of the list stands, as after and before want it, in mem; asked
 * right after rows_next. NULL where the table has no key. */
const char *const *rows_place(struct rows *, struct mem *);

void rows_close(struct rows *);

/* How many rows the filters let through, order and page set aside. */
enum rows_count {
	ROWS_EXACT,    /* counts */
	ROWS_PLANNED,  /* asks the planner: a guess; with row-level security as
			  ROWS_ESTIMATED */
	ROWS_ESTIMATED /* counts up to a thousand, above that asks the planner
			*/
};

/* *exact: whether it was counted. */
enum outcome rows_count(struct db *, struct mem *, const struct rows_query *,
    enum rows_count, long long *count, bool *exact, struct fault *);

/* ROWS_ESTIMATED of a list that was opened, along with what else there is to
 * ask (db_run_each): its statements; and from their results the count. False:
 * it is not known. */
enum {
	ROWS_TALLY = 2
};
void rows_tally(
    struct mem *, const struct rows_query *, struct db_single *singles);
bool rows_tallied(
    const struct db_single *singles, long long *count, bool *exact);

#endif
