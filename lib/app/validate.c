#include "app/validate.h"

#include "format/httpdate.h"

enum outcome
validate_row(struct call *call, const struct row *row, const char *variant)
{
	struct response *response = call->response;
	time_t modified = variant ? row->modified : 0;
	char date[HTTPDATE_SIZE];
	enum outcome verdict =
	    condition_verdict(&call->condition, row->state, variant, modified);

	response_field(response, "Cache-Control", "private, no-cache");
	if (verdict == OUT_STALE) {
		call->written.row = row;
		return fault_set(&call->fault, OUT_STALE,
		    call->condition.if_match.present
			? "header If-Match"
			: "header If-Unmodified-Since",
		    WORD_F_STALE, NULL, NULL);
	}
	if (verdict == OUT_UNCHANGED)
		response->status = 304;
	if (variant && row->state)
		response_field(response, "ETag",
		    etag_make(call->mem, row->state, variant));
	if (modified) {
		httpdate_write(modified, date);
		response_field(response, "Last-Modified", date);
	}
	return verdict;
}

enum outcome
validate_list(struct call *call)
{
	enum outcome verdict =
	    condition_verdict(&call->condition, NULL, NULL, 0);

	if (verdict == OUT_STALE)
		return fault_set(&call->fault, OUT_STALE, "header If-Match",
		    WORD_F_STALE_LIST, NULL, NULL);
	if (verdict == OUT_UNCHANGED)
		call->response->status = 304;
	return verdict;
}
