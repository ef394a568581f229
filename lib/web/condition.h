/*
 * condition: what the conditional request fields ask (RFC 9110 13.1). Reads
 * them; judging a write is the statement's part, judging a read is
 * condition_verdict's.
 */
#ifndef WEB_CONDITION_H
#define WEB_CONDITION_H

#include <time.h>

#include "format/etag.h"
#include "web/request.h"

struct condition {
	struct etag_list if_match;
	struct etag_list if_none_match;
	time_t if_unmodified_since; /* 0: absent, invalid or to be ignored */
	time_t if_modified_since;   /* likewise */
	const char *if_match_text;  /* as sent, for the log; or NULL */
	const char *if_none_match_text;
	bool accept_weak; /* for the caller to set: a weak tag satisfies
			     If-Match too */
};

/* Reads the four fields. A malformed If-Match or If-None-Match is
 * OUT_MALFORMED, never "no condition". If-Unmodified-Since is ignored where
 * If-Match is there, If-Modified-Since where If-None-Match is there and on
 * other methods than GET and HEAD; invalid or repeated dates are ignored
 * (13.1.3, 13.1.4). */
enum outcome condition_read(
    const struct request *, struct condition *, struct fault *);

/* The verdict on GET or HEAD of a representation with this tag (state, variant;
 * NULL: it has none) and this date (0: none), in the order of 13.2.2: OUT_DONE
 * send it, OUT_UNCHANGED answer 304, OUT_STALE answer 412. If-Match compares
 * strongly (but for accept_weak) and by state; If-None-Match weakly and by
 * state and variant. */
enum outcome condition_verdict(const struct condition *, const char *state,
    const char *variant, time_t modified);

#endif
