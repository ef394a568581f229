/*
 * choice: the rows that a foreign key can refer to, by value and label: those
 * that a form offers, and those that values at hand already refer to.
 */
#ifndef STORE_CHOICE_H
#define STORE_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/table.h"

enum {
	CHOICE_FEW = 200, /* more rows than this are not offered all at once */
	CHOICE_FOUND = 50 /* how many a search finds at most */
};

/* A row that can be referred to. */
struct choice_option {
	const char *value;	/* of the (first) column referred to, as text */
	const char *label;	/* table_label's, cut at 200 characters */
	const char *const *key; /* of the row; NULL where it has none */
	bool tied; /* another option has the same label: show the value too */
};

/* What one foreign key is asked, and what comes back. The scope is the table's
 * that it refers to; the person must be allowed to read it and the targets. */
struct choice {
	const struct scope *scope;
	size_t n;		  /* columns of the foreign key */
	const size_t *targets;	  /* their columns there */
	const char *const *casts; /* the types of the referring columns */

	const char *const **values; /* what to name: the n parts of each, none
				       of them NULL */
	size_t n_values;
	bool offered;	    /* options are wanted; n is 1 */
	const char *search; /* only those whose label holds each of these words,
			       or whose value is this; NULL: all, where there
			       are few */
	size_t most;	    /* of a search: at most CHOICE_FOUND */

	bool known;			     /* the database has answered */
	const struct choice_option **named;  /* by value; NULL: no such row that
						the person may see */
	const struct choice_option *options; /* by label; those that a search
						finds: the nearest first */
	size_t n_options;
	bool many; /* there are more than were asked for; without a search no
		      options are given then */
};

/* Asks all of them in one round trip, each for itself: OUT_DONE, or OUT_BUSY:
 * no connection. Where the database refuses to say the options, the choice
 * stays unknown, and the fault is filled; a value that is none of its type
 * names no row. */
enum outcome choice_read(struct db *, struct mem *, const struct person *person,
    struct choice *, size_t n, struct fault *);

/* The same, and along with them more statements. */
enum outcome choice_read_with(struct db *, struct mem *,
    const struct person *person, struct choice *, size_t n,
    struct db_single *more, size_t n_more, struct fault *);

/* Whether a value is among those to be named. */
bool choice_asked(const struct choice *, const char *value);

/* The row that a value refers to, or NULL: not found, or not asked for. */
const struct choice_option *choice_named(
    const struct choice *, const char *value);

#endif
