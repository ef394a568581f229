/*
 * range: the part of a representation that the field Range asks for (RFC 9110
 * 14.1.1, 14.2). One part only: whoever asks for several gets the whole.
 */
#ifndef FORMAT_RANGE_H
#define FORMAT_RANGE_H

#include <stddef.h>

enum range {
	RANGE_WHOLE,  /* no part, or none that is understood: send all of it */
	RANGE_PART,   /* that part, which is not empty */
	RANGE_OUTSIDE /* there is no such part (416) */
};

struct range_part {
	size_t first, len; /* in bytes */
};

/* Reads the field's value for a representation of so many bytes: "bytes=0-99",
 * "bytes=100-", "bytes=-100" (the last hundred). Another unit, several ranges
 * and whatever is malformed count as no Range at all (14.2). The part is filled
 * for RANGE_PART alone. */
enum range range_read(const char *value, size_t total, struct range_part *part);

#endif
