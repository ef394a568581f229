/*
 * catalog: the exposed tables, read from pg_catalog when they are first asked
 * for, kept until they are old or the database says that they are stale.
 */
#ifndef STORE_CATALOG_H
#define STORE_CATALOG_H

#include "store/db.h"
#include "store/exposure.h"
#include "store/table.h"

struct catalog;

/* The catalogue as a role of the database sees it (NULL: that of the
 * connection). Asks nothing yet; freed with mem. The exposures and the role
 * must live as long. */
struct catalog *catalog_new(
    struct mem *, const struct exposure *, size_t n, const char *role);

/* The exposed tables' names in order of the alphabet, valid until the catalogue
 * is next refreshed (at the begin of a request only: catalog_refresh). */
enum outcome catalog_names(struct catalog *, struct db *,
    const char *const **names, size_t *n, struct fault *);

/* One table by its name in the URL; OUT_ABSENT where it is not exposed. */
enum outcome catalog_table(struct catalog *, struct db *, const char *name,
    const struct table **, struct fault *);

/* The same by the relation's oid. */
enum outcome catalog_relation(struct catalog *, struct db *, unsigned oid,
    const struct table **, struct fault *);

/* Forgets everything that is older than 30 s; with stale set, everything.
 * Tables handed out before are no longer valid. */
void catalog_refresh(struct catalog *, bool stale);

/* What the catalogue does not know may have come since it was read: forgets
 * everything, at most once a second. Returns whether it did. */
bool catalog_doubt(struct catalog *);

/* What is wrong with the exposures: tables that are not there, one name for two
 * tables, columns that are not there. Known in full after every table was
 * asked for. */
const struct exposure_problem *catalog_problems(
    const struct catalog *, size_t *n);

#endif
