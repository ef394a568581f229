/*
 * filter: the grammar in which a list is asked for: conditions, order and
 * choice of columns, as PostgREST's clients write them. Pure text to plain
 * data: whether a column exists, and what a value is, is not known here.
 *
 *   age=gte.18            name=not.in.(a,"b,c")      mood=is.null
 *   or=(age.lt.18,and(age.gt.65,name.not.like.A*))
 *   order=name.desc.nullslast,id                     select=id,called:name
 *
 * A name or value with ',' '(' ')' '.' or ':' in it stands in '"', in which
 * '\' takes the next character as it is; a '"' in it that is not escaped is
 * meant where nothing ends behind it. All texts are decoded already, and all
 * results live in mem.
 */
#ifndef FORMAT_FILTER_H
#define FORMAT_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

enum filter_kind {
	FILTER_AND,
	FILTER_OR,
	FILTER_TEST
};

enum filter_op {
	FILTER_EQ,
	FILTER_NEQ,
	FILTER_GT,
	FILTER_GTE,
	FILTER_LT,
	FILTER_LTE,
	FILTER_LIKE,   /* '*' has become '%' */
	FILTER_ILIKE,  /* likewise */
	FILTER_MATCH,  /* a POSIX regular expression */
	FILTER_IMATCH, /* the same, not minding capitals */
	FILTER_IN,     /* any number of values, none too */
	FILTER_IS,     /* null, not_null, true, false or unknown */
	FILTER_ISDISTINCT,
	FILTER_CS,  /* contains */
	FILTER_CD,  /* is contained */
	FILTER_OV,  /* overlaps */
	FILTER_SL,  /* ranges: lies left of, */
	FILTER_SR,  /* right of, */
	FILTER_NXR, /* does not reach right of, */
	FILTER_NXL, /* nor left of, */
	FILTER_ADJ  /* adjoins */
};

struct filter {
	enum filter_kind kind;
	bool negated;
	struct filter *parts; /* of FILTER_AND and FILTER_OR; of none, the
				 first is true, the second false */
	size_t n_parts;
	const char *column; /* of FILTER_TEST */
	enum filter_op op;
	const char *const *values; /* one, but for FILTER_IN */
	size_t n_values;
};

enum filter_nulls {
	FILTER_NULLS_DEFAULT, /* PostgreSQL's: last, where descending first */
	FILTER_NULLS_FIRST,
	FILTER_NULLS_LAST
};

/* One column to sort by. */
struct filter_order {
	const char *column;
	bool descending;
	enum filter_nulls nulls;
};

/* One column to show. */
struct filter_pick {
	const char *column; /* "*": all */
	const char *name;   /* how to call it, or NULL: as it is called */
	const char *cast;   /* the type asked for, or NULL */
};

/* A query's pair COLUMN=TEXT, "not.eq.5". False: no operator, an unknown one,
 * or a value that the operator does not have. */
bool filter_read(
    struct mem *, const char *column, const char *text, struct filter *);

/* A query's pair of the name "and", "or", "not.and" or "not.or". False where
 * the name is none of these (filter_is_logic), or the text is malformed, nested
 * deeper than 16 or of more than 500 parts. */
bool filter_read_logic(
    struct mem *, const char *name, const char *text, struct filter *);
bool filter_is_logic(const char *name);

/* "a.desc.nullslast,b". False: malformed, or more than 16. */
bool filter_read_order(
    struct mem *, const char *text, struct filter_order **, size_t *n);

/* "id,called:name,age::text,*". An empty text is "*". False: malformed, or more
 * than 2000. */
bool filter_read_select(
    struct mem *, const char *text, struct filter_pick **, size_t *n);

#endif
