#include "app/part.h"

#include <string.h>

#include "format/httpdate.h"
#include "format/range.h"

/* If-Range asks for a part only of the very bytes of which its sender has the
 * others: a weak tag says nothing of bytes, nor does a date that two versions
 * may share, nor the tag of these bytes compressed. */
static bool
same_bytes(const struct call *call, const struct row *row)
{
	const char *text = request_header(call->request, "IF_RANGE");
	const char *tag = response_get(call->response, "ETag");
	time_t date;

	if (!text)
		return true;
	if (tag && strcmp(text, tag) == 0)
		return true;
	return call->scope->table->modified_exact && row->modified &&
	       httpdate_read(text, time(NULL), &date) && date == row->modified;
}

enum outcome
part_send(struct call *call, const struct row *row, const char *type,
    const char *bytes, size_t len)
{
	struct response *response = call->response;
	const char *asked = request_header(call->request, "RANGE");
	struct range_part part = { 0, len };
	enum range range = RANGE_WHOLE;

	/* no other method has ranges (14.2) */
	if (asked && call->request->method == METHOD_GET &&
	    same_bytes(call, row))
		range = range_read(asked, len, &part);
	response_field(response, "Accept-Ranges", "bytes");
	if (range == RANGE_OUTSIDE) {
		response_field(response, "Content-Range",
		    mem_printf(call->mem, "bytes */%zu", len));
		return fault_set(&call->fault, OUT_OUTSIDE, "header Range",
		    WORD_F_OUTSIDE, NULL, NULL);
	}
	if (range == RANGE_PART) {
		response->status = 206;
		response_field(response, "Content-Range",
		    mem_printf(call->mem, "bytes %zu-%zu/%zu", part.first,
			part.first + part.len - 1, len));
	}
	response_body(response, type, bytes + part.first, part.len);
	return OUT_DONE;
}

enum outcome
part_check_put(struct call *call)
{
	if (!request_header(call->request, "CONTENT_RANGE"))
		return OUT_DONE;
	return fault_set(&call->fault, OUT_MALFORMED, "header Content-Range",
	    WORD_F_PARTIAL, NULL, NULL);
}
