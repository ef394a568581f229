#include "app/window.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The range behind its unit, or NULL where it is none of ours. */
static const char *
range_of(struct call *call)
{
	const char *range = request_header(call->request, "RANGE");
	const char *unit = request_header(call->request, "RANGE_UNIT");
	const char *set;

	/* whether a list is still the one of which the client has a part is not
	 * known without making all of it (RFC 9110 13.1.5) */
	if (!range || request_header(call->request, "IF_RANGE"))
		return NULL;
	set = strchr(range, '=');
	if (unit && strcasecmp(unit, "items") == 0)
		return set ? set + 1 : range;
	return strncasecmp(range, "items=", strlen("items=")) == 0 ? set + 1
								   : NULL;
}

/* "0-24" or "25-"; false: malformed, which counts as no range. */
static bool
read_range(const char *text, long *first, long *last)
{
	char *end;

	errno = 0;
	*last = -1;
	*first = strtol(text, &end, 10);
	if (end == text || *first < 0 || *end != '-')
		return false;
	text = end + 1;
	if (*text != '\0')
		*last = strtol(text, &end, 10);
	return (*text == '\0' || (end != text && *end == '\0')) && errno == 0;
}

static enum outcome
outside(struct call *call, long long count)
{
	if (count >= 0)
		response_field(call->response, "Content-Range",
		    mem_printf(call->mem, "items */%lld", count));
	return fault_set(&call->fault, OUT_OUTSIDE, "header Range",
	    WORD_F_OUTSIDE, NULL, NULL);
}

static enum outcome
narrow(struct call *call, struct rows_query *rows, bool *ranged)
{
	const char *range = range_of(call);
	long first, last, most;

	*ranged = range && read_range(range, &first, &last);
	if (!*ranged)
		return OUT_DONE;
	if (last >= 0 && last < first)
		return outside(call, -1);
	most = last < 0 || last - first == LONG_MAX ? -1 : last - first + 1;
	if (rows->limit >= 0)
		rows->limit = rows->limit > first ? rows->limit - first : 0;
	if (most >= 0 && (rows->limit < 0 || most < rows->limit))
		rows->limit = most;
	if (rows->offset > LONG_MAX - first)
		return outside(call, -1);
	rows->offset += first;
	return OUT_DONE;
}

enum outcome
window_read(struct call *call, struct query *query)
{
	struct rows_query *rows = &query->rows;
	bool exact;

	query->count = -1;
	if (prefer_read(call->request, PREFER_LIST, &call->prefer,
		&call->fault) != OUT_DONE ||
	    narrow(call, rows, &query->ranged) != OUT_DONE)
		return call->fault.outcome;
	if (call->prefer.applied)
		response_field(
		    call->response, "Preference-Applied", call->prefer.applied);
	if (!call->prefer.counts)
		return OUT_DONE;
	if (rows_count(call->db, call->mem, rows, call->prefer.count,
		&query->count, &exact, &call->fault) != OUT_DONE)
		return call->fault.outcome;
	if (exact && rows->offset > 0 && rows->offset >= query->count)
		return outside(call, query->count);
	return OUT_DONE;
}

void
window_tell(struct call *call, const struct query *query, long n)
{
	long first = query->rows.offset;
	bool asked = query->ranged || call->prefer.counts;
	const char *which =
	    n > 0 ? mem_printf(call->mem, "%ld-%ld", first, first + n - 1)
		  : "*";
	const char *count = query->count >= 0
				? mem_printf(call->mem, "%lld", query->count)
				: "*";

	/* a page that begins at a place does not know its number */
	if (query->rows.after || query->rows.before)
		which = "*";
	/* nobody else looks at it, and caches die of a unit that is not bytes
	 */
	if (asked)
		response_field(call->response, "Content-Range",
		    mem_printf(call->mem, "items %s/%s", which, count));
	if (query->ranged && query->count > n)
		call->response->status = 206;
}
