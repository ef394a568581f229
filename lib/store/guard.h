/*
 * guard: where the state of a table's rows comes from, decided from what the
 * catalogue says and what the configuration says, never by trying.
 */
#ifndef STORE_GUARD_H
#define STORE_GUARD_H

#include <stdbool.h>

#include "store/table.h"

/* What the catalogue knows that only this decision needs. */
struct guard_facts {
	bool heap;    /* it and all below it are heap tables */
	int ours;     /* our trigger: 2 enabled everywhere, 1 there, 0 none */
	bool instead; /* INSTEAD OF triggers, or rules that write */
	unsigned events; /* pg_relation_is_updatable's bits: what can be done */
	bool xmin;	 /* may be read */
	const struct table
	    *base; /* what an auto-updatable view shows, or NULL */
};

/* What the configuration says. */
struct guard_wish {
	const char *version_column; /* a name, "none", or NULL */
	bool bump_trigger;	    /* a trigger of the owner's bumps it */
	const char *modified;	    /* column of the last change, or NULL */
};

/* Fills the table's guard and everything that hangs on it: version, SQL of the
 * state, kept columns, modified, changed_by, or why and advice. The table's
 * columns and key are there already. */
void guard_decide(struct mem *, struct table *, const struct guard_facts *,
    const struct guard_wish *);

#endif
