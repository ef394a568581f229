/*
 * rule: what a check says of one column's values, as far as a form can tell
 * before the database does. Read from the check's text as the catalogue writes
 * it; what is not understood says nothing.
 */
#ifndef STORE_RULE_H
#define STORE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

/* The least or the most that a number or a date may be. */
struct rule_bound {
	const char *text; /* NULL: not said */
	bool allowed;	  /* the bound itself is */
};

/* All that is said must hold; never more than the checks demand. */
struct rule {
	struct rule_bound least, most;
	const char *regex;	    /* ~ this; NULL: not said */
	int max_length;		    /* characters; 0: not said */
	const char *const *choices; /* it is one of these; NULL: not said */
	size_t n_choices;
};

/* Adds to the rule what an expression says of a column of this name ("VALUE" in
 * a domain's check) and type (pg_type.typname), where it is made of comparisons
 * joined by AND. What is said already stays; the shorter length counts. */
void rule_read(struct mem *, const char *expression, const char *name,
    const char *base, struct rule *);

#endif
