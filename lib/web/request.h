/*
 * request: one HTTP request as the gateway received it. Plain data; fields are
 * read from the whole environment, so that a header that came twice is seen
 * twice.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/mem.h"
#include "format/uri.h"

enum method {
	METHOD_GET,
	METHOD_HEAD,
	METHOD_POST,
	METHOD_PUT,
	METHOD_PATCH,
	METHOD_DELETE,
	METHOD_OPTIONS,
	METHOD_OTHER
};

/* What became of the body. */
enum body_state {
	BODY_WHOLE, /* read to its end; may be empty */
	BODY_LARGE, /* over the limit; drained and dropped */
	BODY_CUT,   /* ended before its length, or the stream failed */
	BODY_LENGTH /* its length is not known (CGI with chunked) */
};

struct request {
	struct mem *mem;
	const char *const *environment; /* "NAME=value", NULL-terminated */
	enum method method;
	const char *method_name;
	bool tunnelled; /* it was sent as POST: see request_tunnel */
	struct uri uri;
	const char *base;	     /* raw path prefix, no slash at its end */
	const char *const *segments; /* decoded, behind the base */
	size_t n_segments;
	const char *body; /* NUL-terminated besides */
	size_t body_len;
	enum body_state body_state;
	bool https;
};

/* Fills everything but the body from the environment. configured_base: NULL, or
 * the prefix to use instead of SCRIPT_NAME. OUT_DONE; OUT_MALFORMED with the
 * fault filled (the request may then still be answered); base falls back to "".
 * The base is, in this order: the configured one; SCRIPT_NAME where the
 * request's path begins with it; the path without PATH_INFO where it ends with
 * that; "". */
enum outcome request_read(struct request *, struct mem *,
    const char *const *environment, const char *configured_base,
    struct fault *);

/* The value of a CGI variable, or NULL: the first one of that name. */
const char *request_variable(const struct request *, const char *name);

/* A request header by its CGI name without HTTP_ ("IF_MATCH"): all values of
 * that name joined with ", " (RFC 9110 5.3), in mem; NULL where there is none.
 */
const char *request_header(const struct request *, const char *name);

/* The same for a header that may come once (Content-Type, Origin,
 * If-Unmodified-Since). Two that differ: OUT_MALFORMED, fault.part names it. */
enum outcome request_single(const struct request *, const char *name,
    const char **value, struct fault *);

/* Content-Type, or NULL; CONTENT_TYPE of an empty body is none, and the form
 * type on PUT and PATCH (which Caddy invents) is none. */
const char *request_content_type(const struct request *);

#endif
