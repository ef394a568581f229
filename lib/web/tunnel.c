#include "web/tunnel.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	enum method method;
} methods[] = {
	{ "PUT", METHOD_PUT },
	{ "PATCH", METHOD_PATCH },
	{ "DELETE", METHOD_DELETE },
};

enum outcome
tunnel_open(struct request *request, struct fault *fault)
{
	const char *name = uri_query(&request->uri, "_method");
	const char *part = "_method";

	if (request->method != METHOD_POST)
		return OUT_DONE;
	if (name == NULL) {
		name = request_header(request, "X_HTTP_METHOD_OVERRIDE");
		part = "header X-HTTP-Method-Override";
	}
	if (name == NULL || *name == '\0')
		return OUT_DONE;
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (strcasecmp(name, methods[i].name) == 0) {
			request->method = methods[i].method;
			request->method_name = methods[i].name;
			request->tunnelled = true;
			return OUT_DONE;
		}
	return fault_set(
	    fault, OUT_MALFORMED, part, WORD_F_PARAMETER, name, NULL);
}
