#include "app/probe.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/json.h"
#include "format/seal.h"
#include "web/gateway.h"

enum {
	TOKEN_SECONDS = 10 * 60,
	BODY_LEAST = 1200
};

static const char subject[] = "probe";

/* The fields that are said back, and what CGI calls them. */
static const struct {
	const char *name, *header;
} fields[] = {
	{ "If-Match", "IF_MATCH" },
	{ "If-None-Match", "IF_NONE_MATCH" },
	{ "If-Modified-Since", "IF_MODIFIED_SINCE" },
	{ "If-Unmodified-Since", "IF_UNMODIFIED_SINCE" },
	{ "If-Range", "IF_RANGE" },
	{ "Range", "RANGE" },
	{ "Prefer", "PREFER" },
};

static const struct {
	const char *text;
	int status;
} statuses[] = {
	{ "200", 200 },
	{ "304", 304 },
	{ "404", 404 },
	{ "412", 412 },
	{ "500", 500 },
};

char *
probe_token(struct mem *mem, const char *secret, time_t now)
{
	return seal_make(mem, secret, subject, now + TOKEN_SECONDS);
}

static bool
admitted(const struct call *call)
{
	const char *token = uri_query(&call->request->uri, "_probe");

	return call->config->secret && token &&
	       seal_check(call->config->secret, subject, token, time(NULL));
}

/* 0: there is no such status. */
static int
wanted(struct call *call)
{
	const char *text = uri_query(&call->request->uri, "_status");
	int status = text ? 0 : 200;

	for (size_t i = 0; text && i < sizeof statuses / sizeof *statuses; i++)
		if (strcmp(text, statuses[i].text) == 0)
			status = statuses[i].status;
	if (status == 304 && !request_header(call->request, "IF_NONE_MATCH"))
		status = 200;
	return status;
}

static void
write_member(FILE *out, const char *name, const char *value)
{
	json_write_text(out, name);
	putc(':', out);
	json_write_text(out, value);
	putc(',', out);
}

/* No two replies have the same, so that one out of a cache shows. */
static char *
moment(struct mem *mem)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return mem_printf(mem, "%lld.%09ld-%ld", (long long)now.tv_sec,
	    now.tv_nsec, (long)getpid());
}

static void
write_request(FILE *out, struct call *call)
{
	const struct request *request = call->request;

	write_member(out, "at", moment(call->mem));
	write_member(out, "method", request->method_name);
	write_member(out, "path", request->uri.path);
	write_member(out, "segment", call->route.segment);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		write_member(out, fields[i].name,
		    request_header(request, fields[i].header));
	write_member(
	    out, "content_type", request_variable(request, "CONTENT_TYPE"));
	write_member(
	    out, "content_length", request_variable(request, "CONTENT_LENGTH"));
	write_member(
	    out, "read", mem_printf(call->mem, "%zu", request->body_len));
	write_member(out, "authorization",
	    request_header(request, "AUTHORIZATION") ? "yes" : NULL);
	write_member(
	    out, "remote_user", request_variable(request, "REMOTE_USER"));
	write_member(out, "host", request_header(request, "HOST"));
	write_member(
	    out, "server", request_variable(request, "SERVER_SOFTWARE"));
	write_member(
	    out, "gateway", gateway_kind() == GATEWAY_CGI ? "CGI" : "FastCGI");
}

enum outcome
probe_answer(struct call *call)
{
	struct text *text;
	int status;

	if (!admitted(call))
		return fault_set(&call->fault, OUT_ABSENT, "address",
		    WORD_NO_SUCH_ADDRESS, NULL, NULL);
	status = wanted(call);
	if (status == 0)
		return call_bad_field(call, "_status");
	text = mem_text_open(call->mem);
	putc('{', text->out);
	write_request(text->out, call);
	fputs("\"probe\":\"v1\"}", text->out);
	while (mem_text_size(text) < BODY_LEAST)
		fprintf(text->out, "%100s", "\n");
	call->response->status = status;
	response_field(call->response, "ETag", PROBE_TAG);
	response_field(call->response, "Last-Modified", PROBE_DATE);
	response_field(call->response, "Cache-Control", "private, no-cache");
	call_send(call, text, call_type_json);
	return OUT_DONE;
}
