/*
 * finder: what the page of a list offers to find rows with, as forms and links
 * that need no script: a search, and where its panels are asked for a filter
 * for each column that is shown, which columns, in which order, how many rows;
 * and what is active of them.
 */
#ifndef VIEW_FINDER_H
#define VIEW_FINDER_H

#include "format/uri.h"
#include "store/choice.h"
#include "view/criterion.h"
#include "view/layout.h"

/* Something that narrows the list. */
struct finder_chip {
	const char *text; /* in people's words */
	const char *url;  /* of the list without it, behind base */
	bool wrong;	  /* it is not understood, and narrows nothing */
};

struct finder {
	const struct scope *scope;
	const size_t *columns; /* shown, in this order */
	size_t n_columns;

	bool searches; /* there are texts to search in */
	const char *search;
	const struct criterion *criteria; /* by column: of those shown */
	const bool *refers;		  /* by column: chosen among rows, */
	struct choice *const *choices;	  /* these; or NULL. NULL: none */
	struct finder_chip *chips;
	size_t n_chips;
	size_t n_filters;  /* of the chips, */
	bool panels;	   /* are on the page */
	const char *other; /* URL of the page with them, or without, behind
			      base */
	const char *all;   /* URL of the list without all chips, behind base */
	const char *wrong; /* why the list cannot be shown, or NULL */

	const struct uri_pair *kept; /* conditions that no control shows */
	size_t n_kept;
	const char *select; /* as the URL says, or NULL */

	const char *order_text; /* likewise */
	const struct filter_order *order;
	size_t n_order;
	const char *unordered; /* URL of the list in the order of its key */
	long limit;	       /* -1: not said, */
	long usual;	       /* then so many */

	long long count; /* of all rows that pass; -1: not known */
	bool counted;	 /* or guessed */
};

/* Writes the form: TABLE?_find= (app/find), with _search and hidden what is
 * kept; its panels have _how.COLUMN, _text.COLUMN, _from.COLUMN, _to.COLUMN,
 * _empty.COLUMN, _column.COLUMN, order, limit, and hidden _tools. Without them
 * and with no texts to search in there is none. */
void finder_write(
    FILE *, struct mem *, const struct site *, const struct finder *);

#endif
