#include "app/negotiate.h"

#include <string.h>
#include <strings.h>

#include "app/edit.h"
#include "format/media.h"

static const struct {
	const char *name, *type;
} formats[FORMAT__MAX] = {
	[FORMAT_JSON] = { "json", "application/json" },
	[FORMAT_HTML] = { "html", "text/html" },
	[FORMAT_CSV] = { "csv", "text/csv" },
};

/* The one of these formats (1 << enum format) that the client wants most: the
 * one that it names (said), else by Accept; FORMAT__MAX: none. */
static enum format
wanted(struct call *call, unsigned offered, const char *said)
{
	const char *types[FORMAT__MAX];
	enum format format_of[FORMAT__MAX];
	size_t n = 0;
	int best;

	for (enum format i = 0; i < FORMAT__MAX; i++) {
		if (!(offered & (1u << i)))
			continue;
		if (said && strcmp(said, formats[i].name) == 0)
			return i;
		types[n] = formats[i].type;
		format_of[n++] = i;
	}
	best = said ? -1
		    : media_choose(
			  request_header(call->request, "ACCEPT"), types, n);
	return best < 0 ? FORMAT__MAX : format_of[best];
}

void
negotiate_face(struct call *call)
{
	const unsigned faces = 1u << FORMAT_JSON | 1u << FORMAT_HTML;
	const char *said = uri_query(&call->request->uri, "_format");

	call->format = wanted(call, faces, said);
	if (call->format == FORMAT__MAX)
		call->format = wanted(call, faces, NULL);
	if (call->format == FORMAT__MAX)
		call->format = FORMAT_JSON;
	if (edit_is_form(call))
		call->format = FORMAT_HTML;
}

static const char *
list_types(struct mem *mem, unsigned offered)
{
	const char *list = NULL;

	for (enum format i = 0; i < FORMAT__MAX; i++)
		if (offered & (1u << i))
			list = list ? mem_printf(
					  mem, "%s, %s", list, formats[i].type)
				    : formats[i].type;
	return list;
}

/* What came compressed would be taken, and stored, as it came. */
static enum outcome
check_coding(struct call *call)
{
	const char *coding = request_header(call->request, "CONTENT_ENCODING");

	if (!coding || *coding == '\0' || strcasecmp(coding, "identity") == 0 ||
	    call->request->body_len == 0)
		return OUT_DONE;
	response_field(call->response, "Accept-Encoding", "identity");
	return fault_set(&call->fault, OUT_MEDIA, "header Content-Encoding",
	    WORD_F_CODING, coding, NULL);
}

enum outcome
negotiate(struct call *call, unsigned offered)
{
	enum format best;

	if (check_coding(call) != OUT_DONE)
		return call->fault.outcome;
	negotiate_face(call);
	if (offered == 0 || edit_is_form(call))
		return OUT_DONE;
	best = wanted(call, offered, uri_query(&call->request->uri, "_format"));
	if (best == FORMAT__MAX)
		return fault_set(&call->fault, OUT_UNACCEPTABLE,
		    "header Accept", WORD_F_UNACCEPTABLE,
		    list_types(call->mem, offered), NULL);
	call->format = best;
	return OUT_DONE;
}
