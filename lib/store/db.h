/*
 * db: asking PostgreSQL: pipelines, retries, lost connections.
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
#include "store/person.h"

struct db;

struct db_options {
	const char *conninfo;	       /* libpq's */
	const char *time_zone;	       /* or NULL: the server's */
	const char *search_path;       /* a quoted list */
	const char *statement_timeout; /* "25s" */
	int connections;  /* of all processes of the site; 0: not counted */
	const char *site; /* a name of its own, for files, */
	const char *const *folders; /* in the first of these that can be had */
	bool keep; /* what db_learn is told in a file, for other processes */
};

/* One statement of a pipeline. */
struct db_step {
	const char *sql;
	const char *const *values; /* text format; NULL is SQL's NULL */
	int n;
};

/* The rows of one statement. */
struct db_result;

/* A connection that is opened when it is first needed and closed when mem is
 * freed. The options must live as long. */
struct db *db_new(struct mem *, const struct db_options *);

/* Between requests: gives the connection back where connections are counted and
 * another process waits for one, or none was used for a while (idle_ms).
 * Returns after how many milliseconds to call it again; -1: not before the next
 * request. */
int db_rest(struct db *, long idle_ms);

/* What a pipeline does to data. */
enum db_mode {
	DB_READ, /* nothing: its transaction is read-only */
	DB_LIST, /* nothing, for as long as rows come: db_open's */
	DB_LOCK, /* it may lock rows, and can be run again */
	DB_WRITE /* it writes: never run twice on a guess */
};

/*
 * Runs the steps as one pipeline for this person (NULL: nobody
 * known). results[i] are hung on mem; NULL: not
 * wanted. The first error decides: it fills the fault and has undone every
 * step. A statement that must be prepared anew, a serialization failure or a
 * deadlock is tried once more. A connection that turns out dead before anything
 * was sent is opened anew.
 * OUT_BUSY: no connection. OUT_UNKNOWN: a DB_WRITE was sent and the answer was
 * lost; other pipelines are then simply run again, once.
 */
enum outcome db_run(struct db *, struct mem *, const struct person *person,
    enum db_mode, const struct db_step *steps, size_t n,
    struct db_result **results, struct fault *);

/* As db_run in DB_READ, for what the catalogue says to the reader's role of a
 * relation (its oid; NULL: which relations there are). Where the options say
 * keep, the answer may be a file's: then the next pipeline checks it, and fails
 * with sqlstate_stale_catalog where it holds no more. */
enum outcome db_learn(struct db *, struct mem *, const struct person *reader,
    const char *relation, const struct db_step *steps, size_t n,
    struct db_result **results, struct fault *);

/* Makes that check where no pipeline has yet made it. */
enum outcome db_prove(struct db *, struct mem *, struct fault *);

/* From now on db_learn believes no file, though it goes on writing them. */
void db_forget(struct db *);

/* One statement that is judged alone: see db_run_each. */
struct db_single {
	struct db_step step;
	enum outcome outcome;
	struct db_result *result; /* of OUT_DONE */
	struct fault fault;	  /* otherwise */
};

/* Runs each step as a transaction of its own, all in one round trip, never
 * DB_WRITE. The outcome is that of the connection; each single has its own. */
enum outcome db_run_each(struct db *, struct mem *, const struct person *person,
    enum db_mode, struct db_single *singles, size_t n, struct fault *);

/* A few statements that stay or are undone together. */
struct db_try {
	const struct db_step *steps;
	size_t n;
	struct db_result **results; /* as many */
	struct fault fault;	    /* OUT_DONE, or why they are undone */
};

/* Runs each try in its order within one transaction, one round trip for all,
 * with constraints checked at once; one that fails is undone by itself. ahead:
 * what comes first, or NULL; where it fails, nothing is tried. OUT_DONE: the
 * transaction is open, and db_try_end has to come next. Else the fault, and
 * nothing is open. */
enum outcome db_try(struct db *, struct mem *, const struct person *,
    const struct db_step *ahead, struct db_try *, size_t n, struct fault *);

/* Keeps what was tried, after one more step (or NULL) that may refuse it; or
 * undoes it. OUT_DONE; OUT_UNKNOWN where the answer was lost; else the fault,
 * and all is undone. */
enum outcome db_try_end(struct db *, struct mem *, bool keep,
    const struct db_step *behind, struct fault *);

/* As db_run with one step in DB_READ, whose rows are then pulled with db_pull.
 */
enum outcome db_open(struct db *, struct mem *, const struct person *person,
    const struct db_step *, struct fault *);

/* The next row as a result of one row, or *result NULL behind the last. The
 * result belongs to mem. */
enum outcome db_pull(
    struct db *, struct mem *, struct db_result **result, struct fault *);

/* Reads what is left of an open list and drops it. */
void db_drop(struct db *);

/* After OUT_UNKNOWN: opens a connection and makes sure that the backend of the
 * lost one has ended, ending it where it has not. False: that cannot be known,
 * as behind a pooler that keeps names to itself. True: whatever it was doing
 * is now either committed or undone, and a look tells. */
bool db_settle(struct db *, struct mem *);

size_t db_rows(const struct db_result *);

/* The text of a field; NULL is SQL's NULL. Lives as long as the result. */
const char *db_value(const struct db_result *, size_t row, size_t column);

/* The oid of a column's type, a domain's base type. */
unsigned db_type(const struct db_result *, size_t column);

#endif
