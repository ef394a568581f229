/*
 * asked: what the URL of a list asks for, piece by piece and as far as it can
 * be understood, for the page that shows it (app/query reads the same to answer
 * it, and understands all or nothing).
 */
#ifndef APP_ASKED_H
#define APP_ASKED_H

#include "app/call.h"
#include "app/refer.h"
#include "format/filter.h"

/* A pair of the URL that narrows the list, or that is not understood. */
struct asked_piece {
	const struct uri_pair *pair;
	enum {
		PIECE_FILTER,
		PIECE_SEARCH,
		PIECE_WRONG
	} kind;
	struct filter filter; /* of PIECE_FILTER: all its columns are seen */
};

struct asked {
	struct asked_piece *pieces;
	size_t n;
	const char *select, *order_text, *search; /* or NULL */
	const struct filter_order *order;
	size_t n_order;
	long limit;	 /* -1: not said */
	size_t *columns; /* to be shown, in this order */
	size_t n_columns;
	bool *shown;			 /* the same by column */
	bool chosen;			 /* by the URL */
	const struct refer_search *look; /* for a row to filter by, or NULL */
	bool panels;			 /* of the finder */
};

struct asked *asked_read(struct call *);

/* URL behind base of the same list from its first row on, without the pairs
 * that drop says to leave out. */
char *asked_url(struct call *,
    bool (*drop)(const struct uri_pair *, const void *context),
    const void *context);

/* For asked_url: the pair at context; a piece of the asked at context; pairs of
 * the name at context. */
bool asked_is_pair(const struct uri_pair *, const void *context);
bool asked_is_piece(const struct uri_pair *, const void *context);
bool asked_is_named(const struct uri_pair *, const void *context);

#endif
