#include "base/outcome.h"

#include <assert.h>

const char *
outcome_name(enum outcome outcome)
{
	static const char *const names[OUT__MAX] = {
		[OUT_DONE] = "done",
		[OUT_CREATED] = "created",
		[OUT_UNCHANGED] = "unchanged",
		[OUT_MALFORMED] = "malformed",
		[OUT_UNAUTHENTICATED] = "unauthenticated",
		[OUT_DENIED] = "denied",
		[OUT_ABSENT] = "absent",
		[OUT_METHOD] = "method",
		[OUT_UNACCEPTABLE] = "unacceptable",
		[OUT_CONFLICT] = "conflict",
		[OUT_LENGTH] = "length",
		[OUT_STALE] = "stale",
		[OUT_LARGE] = "large",
		[OUT_MEDIA] = "media",
		[OUT_OUTSIDE] = "outside",
		[OUT_INVALID] = "invalid",
		[OUT_UNGUARDED] = "unguarded",
		[OUT_THROTTLED] = "throttled",
		[OUT_BROKEN] = "broken",
		[OUT_BUSY] = "busy",
		[OUT_UNKNOWN] = "unknown",
	};

	assert(outcome < OUT__MAX);
	return names[outcome];
}
