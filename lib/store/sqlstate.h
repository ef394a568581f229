/*
 * sqlstate: what PostgreSQL's error codes mean to us. One table, the only place
 * that knows SQLSTATEs.
 */
#ifndef STORE_SQLSTATE_H
#define STORE_SQLSTATE_H

#include <stdbool.h>

#include "base/fault.h"

/* Fills the fault's outcome and message from a SQLSTATE (NULL: none came) and
 * the primary message, which must live as long as the fault. Unknown ones are
 * OUT_BROKEN. Returns the outcome. */
enum outcome sqlstate_fault(
    struct fault *, const char *state, const char *primary);

/* One of ours: the catalogue is another one than what was kept of it says. */
#define SQLSTATE_CHANGED "IF001"

/* Whether a fault has this SQLSTATE. */
bool sqlstate_is(const struct fault *, const char *state);

/* Whether a fault says that the catalogue may be out of date: undefined table,
 * column or function, SQLSTATE_CHANGED, or a stale plan. */
bool sqlstate_stale_catalog(const struct fault *);

/* Whether a fault may mean that prepared statements are out of date: 26000, or
 * 0A000 ("cached plan must not change result type" among others). */
bool sqlstate_stale_plan(const struct fault *);

/* Whether a fault is 22012, which guarded statements raise on purpose where
 * they did not write exactly one row. */
bool sqlstate_not_one(const struct fault *);

/* Whether a fault is about a value that its type cannot take (class 22), so
 * that the column at fault can be found by casting them one by one. */
bool sqlstate_value(const struct fault *);

#endif
