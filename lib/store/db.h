/*
 * db: the one connection to PostgreSQL: opening, healing, pipelines, retries,
 * and the only place that knows SQLSTATEs.
 *
 * A pipeline is a few statements sent together, one round trip, one implicit
 * transaction: all of them take effect, or none. Statements are prepared once a
 * connection, under a name made from a hash of their text.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/mem.h"

struct db;

struct db_options {
	const char *conninfo;	    /* libpq's */
	const char *time_zone;	    /* or NULL: the server's */
	const char *search_path;    /* a quoted list */
	const char *statement_timeout; /* "25s" */
};

/* One statement of a pipeline. */
struct db_step {
	const char *sql;
	const char *const *values; /* text format; NULL is SQL's NULL */
	int n;
};

/* The rows of one statement. */
struct db_result;

/* A connection that is opened when it is first needed. Freed by db_close. The
 * options must live as long. */
struct db *db_new(const struct db_options *);
void db_close(struct db *);

/*
 * Runs the steps as one pipeline for this person (set as ifmatch.person for the
 * pipeline; NULL: nobody known). results[i] are hung on mem. The first error
 * decides: it fills the fault and undoes every step. A statement that must be
 * prepared anew, a serialization failure or a deadlock is tried once more. A
 * connection that turns out to be dead before anything was sent is opened anew.
 * OUT_BUSY: no connection. OUT_UNKNOWN: the connection was lost after sending
 * and writes is set (without it the pipeline is simply run again, once).
 * read_only makes the transaction read-only.
 */
enum db_mode { DB_READ, DB_WRITE };
enum outcome db_run(struct db *, struct mem *, const char *person,
    enum db_mode, const struct db_step *steps, size_t n,
    struct db_result **results, struct fault *);

/* As db_run with one step in DB_READ, whose rows are then pulled with db_pull. */
enum outcome db_open(struct db *, struct mem *, const char *person,
    const struct db_step *, struct fault *);

/* The next row as a result of one row, or *result NULL behind the last. The
 * result belongs to mem. */
enum outcome db_pull(struct db *, struct mem *, struct db_result **result,
    struct fault *);

/* Reads what is left of an open list and drops it. */
void db_drop(struct db *);

size_t db_rows(const struct db_result *);

/* The text of a field; NULL is SQL's NULL. Lives as long as the result. */
const char *db_value(const struct db_result *, size_t row, size_t column);

/* Counts how often the connection was opened: a change means that session state
 * is gone. */
unsigned db_generation(const struct db *);

/* Whether a fault says that the catalogue is out of date (undefined table or
 * column, changed result type). */
bool db_fault_stale_catalog(const struct fault *);

/* Whether a fault is 22012, which our guarded statements raise on purpose. */
bool db_fault_not_one(const struct fault *);

#endif
