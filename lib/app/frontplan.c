#include "app/frontplan.h"

#include <stdlib.h>

#include "app/frontfile.h"
#include "app/probe.h"
#include "format/json.h"

enum {
	FIELDS_MOST = 2
};

#define EARLIER "Fri, 01 Jan 1999 00:00:00 GMT"

static const struct {
	const char *method;
	const char *segment; /* behind the path, or NULL */
	const char *query;   /* behind the token, or NULL */
	struct front_field fields[FIELDS_MOST];
	size_t size;
	bool coded, bare;
} fixed[FRONT__MAX] = {
	[FRONT_REACH] = { .method = "GET" },
	[FRONT_AGAIN] = { .method = "GET" },
	[FRONT_CODED] = { "GET", .coded = true },
	[FRONT_HEAD] = { .method = "HEAD" },
	[FRONT_POST] = { "POST", .size = 2 },
	[FRONT_PUT] = { "PUT", .size = 2,
	    .fields = { { "If-Match", PROBE_TAG },
		{ "Prefer", "return=minimal" } } },
	[FRONT_PATCH] = { "PATCH", .size = 2,
	    .fields = { { "If-Unmodified-Since", PROBE_DATE } } },
	[FRONT_DELETE] = { "DELETE", .fields = { { "If-Match", PROBE_TAG } } },
	[FRONT_OPTIONS] = { .method = "OPTIONS" },
	[FRONT_MATCH] = { "GET", .fields = { { "If-Match", "\"v1-other\"" } } },
	[FRONT_NONE_MATCH] = { "GET",
	    .fields = { { "If-None-Match", PROBE_TAG } } },
	[FRONT_NONE_MATCH_GZIP] = { "GET", .coded = true,
	    .fields = { { "If-None-Match", "\"v1-probe-gzip\"" } } },
	[FRONT_NONE_MATCH_BR] = { "GET", .coded = true,
	    .fields = { { "If-None-Match", "\"v1-probe-br\"" } } },
	[FRONT_MODIFIED] = { "GET",
	    .fields = { { "If-Modified-Since", PROBE_DATE } } },
	[FRONT_UNMODIFIED] = { "GET",
	    .fields = { { "If-Unmodified-Since", EARLIER } } },
	[FRONT_RANGE] = { "GET", .coded = true,
	    .fields = { { "Range", "bytes=0-1" }, { "If-Range", PROBE_TAG } } },
	[FRONT_UNCHANGED] = { "GET", .query = "&_status=304",
	    .fields = { { "If-None-Match", PROBE_TAG } } },
	[FRONT_ABSENT] = { "GET", .query = "&_status=404" },
	[FRONT_STALE] = { "PUT", .query = "&_status=412", .size = 2,
	    .coded = true, .fields = { { "If-Match", "\"v1-other\"" } } },
	[FRONT_BROKEN] = { "GET", .query = "&_status=500" },
	[FRONT_BEARER] = { "GET", .bare = true,
	    .fields = { { "Authorization", "Bearer probe" } } },
	/* FRONT_NOBODY and a password in base64 */
	[FRONT_BASIC] = { "GET", .bare = true,
	    .fields = { { "Authorization", "Basic cHJvYmUtbm9ib2R5Ong=" } } },
	[FRONT_SLASH] = { "GET", .segment = "/a%2Fb" },
	[FRONT_TWIN] = { "GET", .fields = { { "If_Match", "\"v1-twin\"" } } },
};

static void
add_fixed(struct mem *mem, struct front_plan *plan, enum front_id id,
    const char *base, const char *token)
{
	struct front_probe *probe = &plan->probes[id];

	*probe = (struct front_probe){
		.method = fixed[id].method,
		.path = mem_printf(mem, "%s/-/probe%s?_probe=%s%s", base,
		    fixed[id].segment ? fixed[id].segment : "", token,
		    fixed[id].query ? fixed[id].query : ""),
		.fields = mem_array(mem, FIELDS_MOST, sizeof *probe->fields),
		.size = fixed[id].size,
		.coded = fixed[id].coded,
		.bare = fixed[id].bare,
	};
	for (size_t i = 0; i < FIELDS_MOST && fixed[id].fields[i].name; i++)
		probe->fields[probe->n_fields++] = fixed[id].fields[i];
}

static void
add_body(struct mem *mem, struct front_plan *plan, const char *base,
    const char *token, size_t size)
{
	plan->probes =
	    mem_grow(mem, plan->probes, plan->n, sizeof *plan->probes);
	plan->probes[plan->n++] = (struct front_probe){ .method = "PUT",
		.path = mem_printf(mem, "%s/-/probe?_probe=%s", base, token),
		.size = size };
	plan->n_bodies++;
}

static void
add_files(struct mem *mem, struct front_plan *plan, const char *base,
    const char *config)
{
	const char **paths = frontfile_paths(mem, base, config, &plan->n_files);

	for (size_t i = 0; i < plan->n_files; i++) {
		plan->probes =
		    mem_grow(mem, plan->probes, plan->n, sizeof *plan->probes);
		plan->probes[plan->n++] = (struct front_probe){
			.method = "GET", .path = paths[i], .bare = true
		};
	}
}

struct front_plan *
frontplan_make(struct mem *mem, const struct config *config, const char *base,
    const char *token)
{
	static const size_t sizes[] = { 100000, 200000, 1000000, 8000000 };
	struct front_plan *plan = mem_alloc(mem, sizeof *plan);

	for (enum front_id id = 0; id < FRONT__MAX; id++) {
		plan->probes =
		    mem_grow(mem, plan->probes, plan->n, sizeof *plan->probes);
		plan->n++;
		add_fixed(mem, plan, id, base, token);
	}
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		if (sizes[i] < config->body_limit)
			add_body(mem, plan, base, token, sizes[i]);
	add_body(mem, plan, base, token, config->body_limit);
	add_files(mem, plan, base, config->file);
	return plan;
}

void
frontplan_json(FILE *out, const struct front_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		const struct front_probe *probe = &plan->probes[i];

		fputs(i == 0 ? "[{\"method\":" : ",{\"method\":", out);
		json_write_text(out, probe->method);
		fputs(",\"path\":", out);
		json_write_text(out, probe->path);
		fputs(",\"fields\":{", out);
		for (size_t k = 0; k < probe->n_fields; k++) {
			if (k > 0)
				putc(',', out);
			json_write_text(out, probe->fields[k].name);
			putc(':', out);
			json_write_text(out, probe->fields[k].value);
		}
		fprintf(out, "},\"size\":%zu,\"bare\":%s}", probe->size,
		    probe->bare ? "true" : "false");
	}
	putc(']', out);
}

/* The text of a string; NULL where it is none. */
static const char *
string_of(struct mem *mem, const struct json_member *found)
{
	return found && found->value.kind == JSON_STRING
		   ? json_decode(mem, found->value)
		   : NULL;
}

static bool
read_reply(struct mem *mem, struct json_span span, struct front_reply *reply)
{
	struct json_member *members;
	const struct json_member *status;
	struct json_error error;
	size_t n;

	if (span.kind != JSON_OBJECT ||
	    !json_members(mem, span, &members, &n, &error))
		return false;
	status = json_member(members, n, "status");
	if (!status || status->value.kind != JSON_NUMBER)
		return false;
	reply->status = (int)strtol(
	    mem_copy(mem, status->value.at, status->value.len), NULL, 10);
	reply->tag = string_of(mem, json_member(members, n, "tag"));
	reply->coding = string_of(mem, json_member(members, n, "coding"));
	reply->body = string_of(mem, json_member(members, n, "body"));
	if (!reply->body)
		reply->body = "";
	return true;
}

struct front_reply *
frontplan_replies(struct mem *mem, const struct front_plan *plan,
    const char *json, size_t len, const char **origin)
{
	struct front_reply *replies = mem_array(mem, plan->n, sizeof *replies);
	const struct json_member *list;
	struct json_member *members;
	struct json_span span, *elements;
	struct json_error error;
	size_t n;

	if (!json_read(json, len, &span, &error) || span.kind != JSON_OBJECT ||
	    !json_members(mem, span, &members, &n, &error))
		return NULL;
	*origin = string_of(mem, json_member(members, n, "origin"));
	list = json_member(members, n, "replies");
	if (!*origin || !list || list->value.kind != JSON_ARRAY)
		return NULL;
	json_elements(mem, list->value, &elements, &n);
	if (n != plan->n)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (!read_reply(mem, elements[i], &replies[i]))
			return NULL;
	return replies;
}
