/*
 * stmt: the text and parameters of every statement about rows. Identifiers come
 * from the catalogue, values are parameters. Says nothing about what a result
 * means: that is row's and look's.
 *
 * In every statement the row is t, what was sent is r.
 */
#ifndef STORE_STMT_H
#define STORE_STMT_H

#include "store/row.h"

/* The fields of a row's result. Key parts follow, then the columns that the
 * scope lets the person read, in the table's order. */
enum stmt_field {
	STMT_STATE,
	STMT_MODIFIED,	 /* seconds since 1970, or NULL: no Last-Modified */
	STMT_CHANGED_AT, /* for people */
	STMT_CHANGED_BY,
	STMT_FAILS, /* stmt_look: the part of the request that refuses, or NULL
		     */
	STMT_PERMITS, /* stmt_look: something of it permits a write */
	STMT_KEY
};

/* The row with this key. */
struct db_step stmt_get(struct mem *, const struct read *);

/* The same, with the verdict on the write's expectation. */
struct db_step stmt_look(struct mem *, const struct write *);

/* A row lock as an UPDATE takes it: returns 1 where the person may update. */
struct db_step stmt_lock(struct mem *, const struct write *);

/* A row of booleans: for each member, whether the row differs from it; and
 * whether it differs from a default that a PUT asks for by leaving out. */
struct db_step stmt_compare(struct mem *, const struct write *);

/* Casts one member to its column's type, and nothing else. */
struct db_step stmt_cast(
    struct mem *, const struct write *, const struct member *);

/* The guarded writes. steps has room for three; *row is the step whose result
 * is the row as stored. Returns how many. An update that would set nothing
 * gives 0. */
size_t stmt_update(
    struct mem *, const struct write *, struct db_step *steps, size_t *row);
size_t stmt_insert(
    struct mem *, const struct write *, struct db_step *steps, size_t *row);
size_t stmt_delete(
    struct mem *, const struct write *, struct db_step *steps, size_t *row);

#endif
