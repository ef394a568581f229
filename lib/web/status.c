#include "web/status.h"

#include <assert.h>

int
status_of(enum outcome outcome)
{
	static const int status[] = {
		[OUT_DONE] = 200,
		[OUT_CREATED] = 201,
		[OUT_UNCHANGED] = 304,
		[OUT_MALFORMED] = 400,
		[OUT_UNAUTHENTICATED] = 401,
		[OUT_DENIED] = 403,
		[OUT_ABSENT] = 404,
		[OUT_METHOD] = 405,
		[OUT_UNACCEPTABLE] = 406,
		[OUT_CONFLICT] = 409,
		[OUT_LENGTH] = 411,
		[OUT_STALE] = 412,
		[OUT_LARGE] = 413,
		[OUT_MEDIA] = 415,
		[OUT_OUTSIDE] = 416,
		[OUT_INVALID] = 422,
		[OUT_UNGUARDED] = 428,
		[OUT_THROTTLED] = 429,
		[OUT_BROKEN] = 500,
		[OUT_BUSY] = 503,
		[OUT_UNKNOWN] = 504,
	};
	_Static_assert(sizeof status / sizeof *status == OUT__MAX,
	    "every outcome has a status");

	assert(outcome < OUT__MAX);
	return status[outcome];
}
