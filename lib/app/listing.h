/*
 * listing: a table's rows as JSON, pulled while they are sent, or as a page of
 * a few.
 */
#ifndef APP_LISTING_H
#define APP_LISTING_H

#include "app/query.h"
#include "view/list.h"

/* GET of a table. Parameters: limit, _after, _before, _etag
 * (JSON: each item has its state), _format; of a page _tools, which opens its
 * panels. */
call_handler listing_read;

/* No page has more rows than this. */
enum {
	LISTING_MAX = 1000
};

/* The rows of a page, and the places of its first and last one. */
struct listing {
	struct row **rows;
	const char *const **places;
	size_t n;
	bool more; /* than were asked for */
	struct list_links links;
};

/* Collects the rows of the page that the query asks for, most at most, and
 * sets the field Link. OUT_DONE, or the fault: of OUT_INVALID listing_blame
 * tells more. */
enum outcome listing_collect(
    struct call *, const struct query *, size_t most, struct listing *);

/* The page of a list that cannot be shown as it is asked for: with what is
 * wrong, and all that was asked, to be mended. False, nothing answered: the
 * call is about something else. */
bool listing_again(struct call *);

/* A value or a column that the query names is none: OUT_MALFORMED. */
enum outcome listing_blame(struct call *, const struct query *);

#endif
