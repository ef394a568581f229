#include "web/route.h"

#include <assert.h>
#include <string.h>

#define BIT(method) (1u << (method))

enum {
	READS = BIT(METHOD_GET) | BIT(METHOD_HEAD) | BIT(METHOD_OPTIONS)
};

static const struct {
	unsigned methods;
	const char *allow;
} rules[] = {
	[RESOURCE_HOME] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_FIRST] = { READS | BIT(METHOD_POST),
	    "GET, HEAD, OPTIONS, POST" },
	[RESOURCE_TABLE] = { READS | BIT(METHOD_POST) | BIT(METHOD_PUT) |
				 BIT(METHOD_PATCH) | BIT(METHOD_DELETE),
	    "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE" },
	[RESOURCE_NEW] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_IMPORT] = { READS | BIT(METHOD_POST),
	    "GET, HEAD, OPTIONS, POST" },
	[RESOURCE_FIND] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_GRID] = { READS | BIT(METHOD_POST),
	    "GET, HEAD, OPTIONS, POST" },
	[RESOURCE_REMOVAL] = { BIT(METHOD_OPTIONS) | BIT(METHOD_POST),
	    "OPTIONS, POST" },
	[RESOURCE_CHOICE] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_ROW] = { READS | BIT(METHOD_POST) | BIT(METHOD_PUT) |
			       BIT(METHOD_PATCH) | BIT(METHOD_DELETE),
	    "GET, HEAD, OPTIONS, PUT, PATCH, DELETE, POST" },
	[RESOURCE_DELETE] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_VALUE] = { READS | BIT(METHOD_PUT),
	    "GET, HEAD, OPTIONS, PUT" },
	[RESOURCE_PROBLEM] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_STYLE] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_SCRIPT] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_HEALTH] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_CHECK] = { READS | BIT(METHOD_POST),
	    "GET, HEAD, OPTIONS, POST" },
	[RESOURCE_CHECK_SCRIPT] = { READS, "GET, HEAD, OPTIONS" },
	[RESOURCE_PROBE] = { READS | BIT(METHOD_POST) | BIT(METHOD_PUT) |
				 BIT(METHOD_PATCH) | BIT(METHOD_DELETE),
	    "GET, HEAD, OPTIONS, PUT, PATCH, DELETE, POST" },
	[RESOURCE_ACCOUNTS] = { READS | BIT(METHOD_POST),
	    "GET, HEAD, OPTIONS, POST" },
	[RESOURCE_ACCOUNT] = { READS | BIT(METHOD_POST),
	    "GET, HEAD, OPTIONS, POST" },
	[RESOURCE_LOGIN] = { READS | BIT(METHOD_POST),
	    "GET, HEAD, OPTIONS, POST" },
	[RESOURCE_LOGOUT] = { READS | BIT(METHOD_POST),
	    "GET, HEAD, OPTIONS, POST" },
};
_Static_assert(sizeof rules / sizeof *rules == RESOURCE__MAX,
    "every resource has its methods");

const char *
route_allow(enum resource resource)
{
	assert(resource < RESOURCE__MAX);
	return rules[resource].allow;
}

/* Whether the query holds this bare word ("?new"; forms send "?new="). With a
 * value it is somebody's filter on a column of that name. */
static bool
has_word(const struct uri *uri, const char *word)
{
	for (size_t i = 0; i < uri->n_pairs; i++)
		if (strcmp(uri->pairs[i].name, word) == 0 &&
		    (uri->pairs[i].value == NULL ||
			*uri->pairs[i].value == '\0'))
			return true;
	return false;
}

static const struct uri_pair *
key_pair(const struct uri *uri)
{
	for (size_t i = 0; i < uri->n_pairs; i++)
		if (strcmp(uri->pairs[i].name, "_key") == 0)
			return &uri->pairs[i];
	return NULL;
}

/* A segment of the path as it was sent, counted from its end. */
static const char *
raw_segment(struct mem *mem, const char *path, int from_end)
{
	size_t end = strlen(path);
	size_t begin;

	for (; from_end > 0; from_end--) {
		while (end > 0 && path[end - 1] == '/')
			end--;
		while (end > 0 && path[end - 1] != '/')
			end--;
	}
	while (end > 0 && path[end - 1] == '/')
		end--;
	begin = end;
	while (begin > 0 && path[begin - 1] != '/')
		begin--;
	return mem_copy(mem, path + begin, end - begin);
}

/* A query's value as a path would carry it: its '+' is a space. */
static const char *
key_of_query(struct mem *mem, const char *raw)
{
	struct text *text = mem_text_open(mem);

	for (; raw != NULL && *raw != '\0'; raw++)
		if (*raw == '+')
			fputs("%20", text->out);
		else
			putc(*raw, text->out);
	return mem_text(text);
}

static enum outcome
set_key(const struct request *request, struct route *route, const char *raw,
    struct fault *fault)
{
	if (route->column != NULL)
		route->resource = RESOURCE_VALUE;
	else if (has_word(&request->uri, "delete"))
		route->resource = RESOURCE_DELETE;
	else
		route->resource = RESOURCE_ROW;
	route->key = uri_key_split(request->mem, raw, &route->n_key);
	if (route->key == NULL)
		return fault_set(
		    fault, OUT_MALFORMED, "key", WORD_BAD_ADDRESS, NULL, NULL);
	return OUT_DONE;
}

static enum outcome
find_own(
    const struct request *request, struct route *route, struct fault *fault)
{
	static const struct {
		const char *name;
		enum resource resource;
	} own[] = {
		{ "style.css", RESOURCE_STYLE },
		{ "script.js", RESOURCE_SCRIPT },
		{ "health", RESOURCE_HEALTH },
		{ "check", RESOURCE_CHECK },
		{ "check.js", RESOURCE_CHECK_SCRIPT },
		{ "probe", RESOURCE_PROBE },
		{ "login", RESOURCE_LOGIN },
		{ "logout", RESOURCE_LOGOUT },
		{ "accounts", RESOURCE_ACCOUNTS },
		{ "account", RESOURCE_ACCOUNT },
	};

	if (request->n_segments == 3 &&
	    strcmp(request->segments[1], "problems") == 0) {
		route->resource = RESOURCE_PROBLEM;
		route->problem = request->segments[2];
		return OUT_DONE;
	}
	if (request->n_segments == 3 &&
	    strcmp(request->segments[1], "probe") == 0) {
		route->resource = RESOURCE_PROBE;
		route->segment = request->segments[2];
		return OUT_DONE;
	}
	if (request->n_segments == 2)
		for (size_t i = 0; i < sizeof own / sizeof *own; i++)
			if (strcmp(own[i].name, request->segments[1]) == 0) {
				route->resource = own[i].resource;
				return OUT_DONE;
			}
	return fault_set(
	    fault, OUT_ABSENT, "address", WORD_NO_SUCH_ADDRESS, NULL, NULL);
}

/* What of a table the query names. */
static enum resource
table_resource(const struct uri *uri)
{
	if (has_word(uri, "new"))
		return RESOURCE_NEW;
	if (has_word(uri, "import"))
		return RESOURCE_IMPORT;
	if (has_word(uri, "_find"))
		return RESOURCE_FIND;
	if (uri_query(uri, "_choice") != NULL)
		return RESOURCE_CHOICE;
	for (size_t i = 0; i < uri->n_pairs; i++)
		if (strcmp(uri->pairs[i].name, "_edit") == 0 ||
		    strncmp(uri->pairs[i].name, "_edit.", 6) == 0)
			return RESOURCE_GRID;
	return has_word(uri, "_delete") ? RESOURCE_REMOVAL : RESOURCE_TABLE;
}

static enum outcome
find_resource(
    const struct request *request, struct route *route, struct fault *fault)
{
	const struct uri_pair *key = key_pair(&request->uri);

	if (request->n_segments == 0) {
		route->resource = has_word(&request->uri, "import")
				      ? RESOURCE_FIRST
				      : RESOURCE_HOME;
		return OUT_DONE;
	}
	if (strcmp(request->segments[0], "-") == 0)
		return find_own(request, route, fault);
	route->table = request->segments[0];
	if (request->n_segments == 2)
		return set_key(request, route,
		    raw_segment(request->mem, request->uri.path, 0), fault);
	if (request->n_segments == 3) {
		route->column = request->segments[2];
		return set_key(request, route,
		    raw_segment(request->mem, request->uri.path, 1), fault);
	}
	if (request->n_segments > 3)
		return fault_set(fault, OUT_ABSENT, "address",
		    WORD_NO_SUCH_ADDRESS, NULL, NULL);
	if (key != NULL) {
		route->column = uri_query(&request->uri, "_column");
		return set_key(request, route,
		    key_of_query(request->mem, key->raw), fault);
	}
	route->resource = table_resource(&request->uri);
	return OUT_DONE;
}

enum outcome
route_find(
    const struct request *request, struct route *route, struct fault *fault)
{
	enum outcome outcome;

	*route = (struct route){ 0 };
	outcome = find_resource(request, route, fault);
	if (outcome != OUT_DONE)
		return outcome;
	if (request->method != METHOD_OTHER &&
	    (rules[route->resource].methods & BIT(request->method)) != 0)
		return OUT_DONE;
	outcome = fault_set(fault, OUT_METHOD, "method", WORD_BAD_METHOD,
	    request->method_name, route_allow(route->resource));
	fault->allow = route_allow(route->resource);
	return outcome;
}
