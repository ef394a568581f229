/*
 * prefer: what a program asks of the reply (RFC 7240).
 */
#ifndef APP_PREFER_H
#define APP_PREFER_H

#include "base/fault.h"
#include "store/rows.h"
#include "web/request.h"

/* Where a preference is asked for: what another door knows is unknown here. */
enum prefer_door {
	PREFER_WRITE = 1,
	PREFER_LIST = 2,
	PREFER_BULK = 4
};

struct prefer {
	bool representation; /* return=representation; else minimal */
	bool counts;	     /* count= other than none: */
	enum rows_count count;
	long max_affected;   /* max-affected=N; -1: not said */
	bool continues;	     /* continue-on-error */
	const char *applied; /* the value of Preference-Applied, or NULL */
};

/* Reads Prefer; of one preference the first counts, unknown ones are passed
 * over, unless handling=strict: then they are OUT_MALFORMED. */
enum outcome prefer_read(
    const struct request *, enum prefer_door, struct prefer *, struct fault *);

#endif
