/*
 * body: a request's body, read whole within a limit.
 */
#ifndef WEB_BODY_H
#define WEB_BODY_H

#include "web/request.h"

/* Reads n bytes; fewer only at the end of the body or where reading fails. */
typedef size_t body_source(void *context, char *to, size_t n);

enum {
	BODY_UNSAID = -1,   /* no CONTENT_LENGTH, an empty one, or -1 */
	BODY_ILLEGIBLE = -2 /* CONTENT_LENGTH is no number */
};

/* What CONTENT_LENGTH says: 0 or more, BODY_UNSAID or BODY_ILLEGIBLE. */
long long body_length(const struct request *);

/* Reads the source to its end and sets body, body_len, body_state. Beyond limit
 * nothing is kept and BODY_LARGE set; beyond eight times the limit reading
 * stops. BODY_CUT where the count is not the length, if that is known, or it is
 * BODY_ILLEGIBLE. Returns whether the end was reached. */
bool body_read(struct request *request, body_source *source, void *context,
    size_t limit, long long length);

#endif
