/*
 * rows: a list of rows, pulled one by one and never collected.
 */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "store/row.h"

struct rows_query {
	const struct scope *scope;
	const char *person;
	enum image image;
	long limit;		   /* at most this many; -1: all */
	const char *const *after;  /* key: only rows behind it, or NULL */
	const char *const *before; /* key: only rows ahead of it, the nearest
				      first, or NULL */
};

struct rows;

/* Asks; rows come in key order (backwards with before). The list is ended by
 * rows_close or when mem is freed; until then the connection serves nothing
 * else. */
enum outcome rows_open(struct db *, struct mem *, const struct rows_query *,
    struct rows **, struct fault *);

/* The next row in *row, allocated in mem (which need not be the list's), or
 * *row NULL behind the last. OUT_DONE, or what went wrong on the way. */
enum outcome rows_next(
    struct rows *, struct mem *, struct row **row, struct fault *);

void rows_close(struct rows *);

#endif
