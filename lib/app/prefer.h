/*
 * prefer: what a program asks of the reply (RFC 7240).
 */
#ifndef APP_PREFER_H
#define APP_PREFER_H

#include "base/fault.h"
#include "web/request.h"

struct prefer {
	bool representation; /* return=representation; else minimal */
	const char *applied; /* the value of Preference-Applied, or NULL */
};

/* Reads Prefer; of one preference the first counts, unknown ones are passed
 * over, unless handling=strict: then they are OUT_MALFORMED. */
enum outcome prefer_read(
    const struct request *, struct prefer *, struct fault *);

#endif
