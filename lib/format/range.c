#include "format/range.h"

#include <stdbool.h>
#include <stdint.h>
#include <strings.h>

/* Reads digits and moves behind them; a number that is too large for any
 * position stays the largest. False where there is none. */
static bool
take_number(const char **at, size_t *number)
{
	const char *begin = *at;

	*number = 0;
	for (; **at >= '0' && **at <= '9'; (*at)++) {
		size_t digit = (size_t)(**at - '0');

		*number = *number > (SIZE_MAX - digit) / 10
			      ? SIZE_MAX
			      : *number * 10 + digit;
	}
	return *at != begin;
}

static enum range
last_bytes(size_t wanted, size_t total, struct range_part *part)
{
	if (wanted == 0)
		return RANGE_OUTSIDE;
	/* no Content-Range can name a part of what is empty */
	if (total == 0)
		return RANGE_WHOLE;
	part->len = wanted < total ? wanted : total;
	part->first = total - part->len;
	return RANGE_PART;
}

enum range
range_read(const char *value, size_t total, struct range_part *part)
{
	static const char unit[] = "bytes=";
	size_t first, last;
	bool from, to;

	if (strncasecmp(value, unit, sizeof unit - 1) != 0)
		return RANGE_WHOLE;
	value += sizeof unit - 1;
	from = take_number(&value, &first);
	if (*value++ != '-')
		return RANGE_WHOLE;
	to = take_number(&value, &last);
	if (*value != '\0' || (!from && !to) || (from && to && last < first))
		return RANGE_WHOLE;
	if (!from)
		return last_bytes(last, total, part);
	if (first >= total)
		return RANGE_OUTSIDE;
	if (!to || last >= total)
		last = total - 1;
	*part = (struct range_part){ first, last - first + 1 };
	return RANGE_PART;
}
