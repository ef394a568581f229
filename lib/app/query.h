/*
 * query: what the query of a list's URL asks for: PostgREST's grammar
 * (format/filter), and our own parameters, bare words or led by '_'.
 */
#ifndef APP_QUERY_H
#define APP_QUERY_H

#include "app/call.h"
#include "store/rows.h"
#include "view/rowcsv.h"
#include "view/rowjson.h"

struct query {
	struct rows_query rows;	    /* limit -1: not said */
	struct rowjson_pick *picks; /* what is shown, in this order */
	size_t n_picks;
	const char *row;    /* key of the row that somebody comes back from,
			       percent-encoded, or NULL */
	const bool *sent;   /* by column: what of a body counts; NULL: all */
	const char *search; /* what _search looks for, or NULL */
	bool etags;	    /* each item with a member _etag */
	const struct rowcsv_dialect *dialect; /* of CSV */
	enum word note;	 /* what was done before the page is shown, or NONE, */
	long noted;	 /* and with how many rows */
	long merged;	 /* of which so many were put together with what
			    somebody else had saved */
	bool ranged;	 /* the stretch is what Range asks for */
	long long count; /* of all rows that there are; -1: not known */
	/* the pairs that choose rows, order and columns, as a query for links
	 * ("select=a&name=eq.b"): without the page */
	const char *kept;
};

/* Reads the query of the call's URL. OUT_DONE, or OUT_MALFORMED with the
 * parameter named: one that is not understood, or a column that there is not.
 */
enum outcome query_read(struct call *, struct query *);

#endif
