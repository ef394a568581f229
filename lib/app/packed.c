#include "app/packed.h"

#include "app/validate.h"
#include "format/coding.h"

enum outcome
packed_send(struct call *call, const char *type, const struct asset *asset)
{
	const char *accept = request_header(call->request, "ACCEPT_ENCODING");
	enum outcome outcome;

	response_field(call->response, "Cache-Control", "public, max-age=3600");
	response_add(call->response, "Vary", "Accept-Encoding");
	outcome = validate_list(call);
	if (outcome != OUT_DONE)
		return outcome;
	if (coding_accepts(accept, "gzip")) {
		response_field(call->response, "Content-Encoding", "gzip");
		response_body(
		    call->response, type, asset->packed, asset->n_packed);
	} else {
		response_body(call->response, type, asset->text, asset->len);
	}
	return OUT_DONE;
}
