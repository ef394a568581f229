/*
 * clause: the pieces of which store/stmt composes its statements. The inside of
 * stmt; nobody else includes it.
 */
#ifndef STORE_CLAUSE_H
#define STORE_CLAUSE_H

#include "store/row.h"

/* A statement that is being written. */
struct stmt {
	struct mem *mem;
	struct text *text;
	FILE *out; /* the text's */
	const char **values;
	int n;
};

struct stmt clause_begin(struct mem *);
struct db_step clause_end(struct stmt *);

/* Writes "$n" for a value. */
void clause_value(struct stmt *, const char *);

/* (t.a = $1::type) AND ...: the row with this key. */
void clause_key(struct stmt *, const struct table *, const char *const *key);

/* state = ANY ($n): the row has one of these states. */
void clause_states(
    struct stmt *, const struct table *, const char *const *, size_t n);

/* The fields of enum stmt_field, then key and columns, each as "AS cN", the
 * state in the SQL given (NULL: none). look: NULL, or the write whose
 * expectation is judged in STMT_FAILS and STMT_PERMITS. unless: columns are
 * NULL where k.known. Returns how many. */
size_t clause_row(struct stmt *, const struct scope *, enum image,
    const char *state, const struct write *look, bool unless);

/* A boolean: nothing of the expectation speaks against the row. */
void clause_holds(
    struct stmt *, const struct table *, const struct expectation *);

/* A boolean: something of the expectation permits to write the row. */
void clause_permits(
    struct stmt *, const struct table *, const struct expectation *);

/* json_to_record($n) AS r(column type, ...) of the members sent. */
void clause_record(struct stmt *, const struct write *);

/* A boolean: the row's column differs from what was sent for it. */
void clause_differs(struct stmt *, const struct write *, const struct member *);

/* The value that a member is written as. */
void clause_new(struct stmt *, const struct write *, const struct member *);

#endif
