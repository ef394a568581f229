/*
 * criterion: what people ask of one column, as the controls of a list's filter
 * hold it, and the query of a URL (format/filter) that says the same. Pure.
 */
#ifndef VIEW_CRITERION_H
#define VIEW_CRITERION_H

#include "format/filter.h"
#include "format/uri.h"
#include "store/table.h"

/* Which controls a column has. */
enum criterion_kind {
	CRITERION_TEXT,	  /* contains, begins with, is a text; is empty */
	CRITERION_PART,	  /* contains a text, as it is shown; is empty */
	CRITERION_RANGE,  /* from, to: numbers, times of day, dates */
	CRITERION_DAYS,	  /* from, to: the days of a timestamp */
	CRITERION_CHOICE, /* one of the values that it can have */
	CRITERION_ROW,	  /* one of the rows that it refers to */
	CRITERION_EMPTY	  /* only whether there is anything */
};

enum criterion_how {
	CRITERION_CONTAINS,
	CRITERION_BEGINS,
	CRITERION_IS,
	CRITERION_HOW__MAX
};

/* Begin with zeros. Values are as the database writes them. */
struct criterion {
	enum criterion_how how; /* of CRITERION_TEXT */
	const char *text;	/* or NULL: any; of a boolean "true", "false" */
	const char *from, *to;	/* or NULL */
	bool empty;		/* there is nothing; the others do not count */
};

/* refers: its values are shown as the rows that they refer to. */
enum criterion_kind criterion_kind(const struct column *, bool refers);

/* How a form says it: "contains" and so on. An unknown one contains; "empty" is
 * criterion.empty. */
extern const char criterion_empty[];
const char *criterion_how_name(enum criterion_how);
enum criterion_how criterion_how_named(const char *);

/* The column that the filter is about, where it could be shown by controls;
 * else NULL. */
const char *criterion_column(const struct filter *);

/* Takes a filter on the column into the controls. False: they cannot show it,
 * or show another already. */
bool criterion_take(struct mem *, const struct column *, enum criterion_kind,
    const struct filter *, struct criterion *);

/* Writes what the controls ask for as pairs of a query; room for two. Returns
 * how many. */
size_t criterion_pairs(struct mem *, const struct column *, enum criterion_kind,
    const struct criterion *, struct uri_pair *);

/* A name as filters, orders and selections hold it: quoted where it has to be.
 */
char *criterion_name(struct mem *, const char *);

/* Whether a list can be sorted by such values, to anybody's use. */
bool criterion_sorts(const struct column *);

/* What a pattern of LIKE looks for where it is a plain text, and how: contains,
 * begins, or is; NULL: it is no plain text. */
const char *criterion_plain(
    struct mem *, const char *pattern, enum criterion_how *);

#endif
