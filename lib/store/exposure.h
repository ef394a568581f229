/*
 * exposure: what the configuration says of a table, laid over what the database
 * says of it, and where the two do not agree.
 */
#ifndef STORE_EXPOSURE_H
#define STORE_EXPOSURE_H

#include "store/guard.h"
#include "store/table.h"

/* What the configuration says of one table, or of all of a schema. */
struct exposure {
	const char *schema;
	const char *table; /* NULL: all of the schema; exact ones win */
	const char *name;  /* in the URL; NULL: the table's own */
	const char *label;
	const char *const *hidden;
	size_t n_hidden;
	const char *const *read_only;
	size_t n_read_only;
	const char *const *key; /* column names, for what has no key itself */
	size_t n_key;
	const char *const *grid; /* columns that are edited in place */
	size_t n_grid;
	struct guard_wish wish;
	const struct exposure_name { /* columns that rights name */
		const char *name;
		unsigned line;
	} * named;
	size_t n_named;
	bool counter, filtered_writes, merges; /* see table.h */
	unsigned line; /* in the configuration; those of its keys: */
	struct {
		unsigned name, label, hidden, read_only, key, grid, version,
		    modified;
	} lines;
};

/* Something in the configuration that the database does not bear out. */
struct exposure_problem {
	unsigned line;
	char *text;
};

/* All such, begun with an arena that they live in. */
struct exposure_problems {
	struct mem *mem;
	struct exposure_problem *list;
	size_t n;
};

/* text lives as long. */
void exposure_complain(struct exposure_problems *, unsigned line, char *text);

/* Makes of a relation as introspect tells it the table as it is exposed: its
 * key, guard and rights, which columns are hidden, read-only, in the grid; in
 * the arena of the problems, which this adds to. Its name is set already. Where
 * rights name a column that is not there, it is withheld (logged). */
void exposure_apply(const struct exposure *, struct table *,
    const struct guard_facts *, struct exposure_problems *);

#endif
