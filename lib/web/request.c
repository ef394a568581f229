#include "web/request.h"

#include <string.h>
#include <strings.h>

#include "format/media.h"

/* The value where entry is NAME=value, else NULL. */
static const char *
value_of(const char *entry, const char *prefix, const char *name)
{
	size_t prefix_len = strlen(prefix);
	size_t len = strlen(name);

	if (strncmp(entry, prefix, prefix_len) != 0 ||
	    strncmp(entry + prefix_len, name, len) != 0 ||
	    entry[prefix_len + len] != '=')
		return NULL;
	return entry + prefix_len + len + 1;
}

const char *
request_variable(const struct request *request, const char *name)
{
	for (const char *const *e = request->environment; *e != NULL; e++) {
		const char *value = value_of(*e, "", name);

		if (value != NULL)
			return value;
	}
	return NULL;
}

/* Some servers keep the white space around a field's value. */
static char *
trimmed(struct mem *mem, const char *value)
{
	size_t len;

	value += strspn(value, " \t");
	len = strlen(value);
	while (len > 0 && strchr(" \t", value[len - 1]) != NULL)
		len--;
	return mem_copy(mem, value, len);
}

static const char *
prefix_of(const char *name)
{
	return strcmp(name, "CONTENT_TYPE") == 0 ? "" : "HTTP_";
}

const char *
request_header(const struct request *request, const char *name)
{
	const char *prefix = prefix_of(name);
	const char *joined = NULL;

	for (const char *const *e = request->environment; *e != NULL; e++) {
		const char *value = value_of(*e, prefix, name);

		if (value == NULL)
			continue;
		value = trimmed(request->mem, value);
		joined = joined == NULL ? value
					: mem_printf(request->mem, "%s, %s",
					      joined, value);
	}
	return joined;
}

/* "IF_MATCH" as people know it: "header If-Match". */
static char *
part_name(struct mem *mem, const char *name)
{
	char *part = mem_printf(mem, "header %s", name);

	for (char *c = part + strlen("header ") + 1; *c != '\0'; c++) {
		if (*c == '_')
			*c++ = '-';
		else if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	}
	return part;
}

enum outcome
request_single(const struct request *request, const char *name,
    const char **value, struct fault *fault)
{
	const char *prefix = prefix_of(name);

	*value = NULL;
	for (const char *const *e = request->environment; *e != NULL; e++) {
		const char *next = value_of(*e, prefix, name);
		char *part;

		if (next == NULL)
			continue;
		next = trimmed(request->mem, next);
		if (*value == NULL)
			*value = next;
		if (strcmp(*value, next) == 0)
			continue;
		part = part_name(request->mem, name);
		return fault_set(fault, OUT_MALFORMED, part, WORD_SENT_TWICE,
		    strchr(part, ' ') + 1, NULL);
	}
	return OUT_DONE;
}

const char *
request_content_type(const struct request *request)
{
	const char *type = request_variable(request, "CONTENT_TYPE");

	if (type == NULL || *type == '\0')
		return NULL;
	if (request->body_state == BODY_WHOLE && request->body_len == 0)
		return NULL;
	if ((request->method == METHOD_PUT ||
		request->method == METHOD_PATCH) &&
	    strcmp(media_type(request->mem, type),
		"application/x-www-form-urlencoded") == 0)
		return NULL;
	return type;
}

/* Content-Type names one type. Some servers hand on two as one list. */
static enum outcome
check_content_type(const struct request *request, struct fault *fault)
{
	static const char part[] = "header Content-Type";
	const char *type;
	bool quoted = false;
	enum outcome outcome =
	    request_single(request, "CONTENT_TYPE", &type, fault);

	for (; outcome == OUT_DONE && type && *type; type++) {
		if (quoted && *type == '\\' && type[1] != '\0')
			type++;
		else if (*type == '"')
			quoted = !quoted;
		else if (*type == ',' && !quoted)
			return fault_set(fault, OUT_MALFORMED, part,
			    WORD_SENT_TWICE, strchr(part, ' ') + 1, NULL);
	}
	return outcome;
}

static enum method
method_of(const char *name)
{
	static const char *const names[] = {
		[METHOD_GET] = "GET",
		[METHOD_HEAD] = "HEAD",
		[METHOD_POST] = "POST",
		[METHOD_PUT] = "PUT",
		[METHOD_PATCH] = "PATCH",
		[METHOD_DELETE] = "DELETE",
		[METHOD_OPTIONS] = "OPTIONS",
	};

	for (size_t i = 0; i < METHOD_OTHER; i++)
		if (strcmp(names[i], name) == 0)
			return (enum method)i;
	return METHOD_OTHER;
}

/* A request target from the decoded variables, for servers that tell no
 * REQUEST_URI. What was lost in decoding stays lost. */
static const char *
target_rebuilt(const struct request *request)
{
	static const char *const names[] = { "SCRIPT_NAME", "PATH_INFO" };
	struct text *text = mem_text_open(request->mem);
	const char *query = request_variable(request, "QUERY_STRING");

	for (size_t i = 0; i < 2; i++) {
		const char *path = request_variable(request, names[i]);

		while (path != NULL && *path != '\0') {
			size_t len = strcspn(path, "/");

			uri_write(text->out, mem_copy(request->mem, path, len));
			path += len;
			if (*path == '/')
				putc(*path++, text->out);
		}
	}
	if (query != NULL && *query != '\0') {
		putc('?', text->out);
		fputs(query, text->out);
	}
	return mem_text(text);
}

static int
hex(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits) % 16;
}

/* One character of a raw path, decoded; its raw length in *len. */
static char
decoded(const char *raw, size_t *len)
{
	*len = 1;
	if (*raw != '%' || hex(raw[1]) < 0 || hex(raw[2]) < 0)
		return *raw;
	*len = 3;
	return (char)(hex(raw[1]) * 16 + hex(raw[2]));
}

/* How many characters of the raw path stand for the decoded prefix, where whole
 * segments of it do; else (size_t)-1. */
static size_t
prefix_length(const char *raw, const char *prefix)
{
	const char *at = raw;
	size_t want = strlen(prefix);

	while (want > 0 && prefix[want - 1] == '/')
		want--;
	for (size_t i = 0, len; i < want; i++, at += len)
		if (decoded(at, &len) != prefix[i] || *at == '\0')
			return (size_t)-1;
	return *at == '\0' || *at == '/' ? (size_t)(at - raw) : (size_t)-1;
}

/* How many characters of the raw path stand before the decoded suffix at its
 * end; else (size_t)-1. */
static size_t
before_suffix(const char *raw, const char *suffix)
{
	if (*suffix != '/')
		return (size_t)-1;
	for (size_t at = 0; raw[at] != '\0'; at++) {
		const char *r = raw + at;
		const char *s = suffix;
		size_t len;

		while (*r != '\0' && *s != '\0' && decoded(r, &len) == *s) {
			r += len;
			s++;
		}
		if (raw[at] == '/' && *r == '\0' && *s == '\0')
			return at;
	}
	return (size_t)-1;
}

/* Where the path behind the base begins. A base that a browser could take for
 * another host ("//host", "/\host") is none. */
static size_t
base_length(
    const struct request *request, const char *path, const char *configured)
{
	const char *script = request_variable(request, "SCRIPT_NAME");
	const char *info = request_variable(request, "PATH_INFO");
	size_t len = (size_t)-1;

	if (configured != NULL)
		len = prefix_length(path, configured);
	if (len == (size_t)-1 && script != NULL)
		len = prefix_length(path, script);
	if (len == (size_t)-1 && info != NULL)
		len = before_suffix(path, info);
	if (len == (size_t)-1 || memchr(path, '\\', len) != NULL)
		return 0;
	return len;
}

enum outcome
request_read(struct request *request, struct mem *mem,
    const char *const *environment, const char *configured_base,
    struct fault *fault)
{
	const char *target, *path, *scheme, *https;
	size_t len;

	request->mem = mem;
	request->environment = environment;
	request->method_name = request_variable(request, "REQUEST_METHOD");
	if (request->method_name == NULL)
		request->method_name = "";
	request->method = method_of(request->method_name);
	https = request_variable(request, "HTTPS");
	scheme = request_variable(request, "REQUEST_SCHEME");
	request->https = (https != NULL && (strcasecmp(https, "on") == 0 ||
					       strcmp(https, "1") == 0)) ||
			 (scheme != NULL && strcasecmp(scheme, "https") == 0);
	request->base = configured_base == NULL ? "" : configured_base;
	request->segments = NULL;
	request->n_segments = 0;

	target = request_variable(request, "REQUEST_URI");
	if (target == NULL || *target == '\0')
		target = target_rebuilt(request);
	if (!uri_read(mem, target, &request->uri)) {
		request->uri = (struct uri){ .path = "/" };
		return fault_set(fault, OUT_MALFORMED, "address",
		    WORD_BAD_ADDRESS, NULL, NULL);
	}
	path = request->uri.path;
	while (path[0] == '/' && path[1] == '/')
		path++;
	len = base_length(request, path, configured_base);
	if (configured_base == NULL)
		request->base = mem_copy(mem, path, len);
	if (!uri_segments(
		mem, path + len, &request->segments, &request->n_segments))
		return fault_set(fault, OUT_MALFORMED, "address",
		    WORD_BAD_ADDRESS, NULL, NULL);
	return check_content_type(request, fault);
}
