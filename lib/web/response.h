/*
 * response: what goes back: status, header fields, and a body that is whole
 * before its first byte is sent, or a function that is pulled.
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

/* Writes the next piece of the body to out. True: there may be more. False:
 * that was the last; *failed set: the body is not complete and must look so. */
typedef bool response_pull(void *context, FILE *out, bool *failed);

struct response_field {
	const char *name, *value;
};

struct response {
	struct mem *mem;
	int status;
	struct response_field *fields;
	size_t n_fields;
	const char *body; /* NULL: none */
	size_t len;
	response_pull *pull; /* instead of body */
	void *pull_context;
	const char *note; /* added to the log line, or NULL */
};

/* Begins a response: 200, no fields, no body. */
void response_begin(struct response *, struct mem *);

/* Sets a field; one of the same name is replaced. The value is copied; control
 * characters in it are dropped. */
void response_field(struct response *, const char *name, const char *value);

/* Adds a member to a list field (Vary), once. */
void response_add(struct response *, const char *name, const char *member);

/* Sets the body and its Content-Type. The body is not copied. */
void response_body(
    struct response *, const char *type, const char *body, size_t len);

/* The value of a field that was set, or NULL. */
const char *response_get(const struct response *, const char *name);

/* Writes status line ("Status: 412 Precondition Failed") and fields in CGI form
 * with CRLF, the empty line included, to out. Adds what every reply carries:
 * Content-Length (length >= 0, and status neither 204 nor 304), Vary: Accept,
 * Accept-Ranges (none unless set; not on 304), Cache-Control (no-store unless
 * set), the security fields
 * (Content-Security-Policy, X-Content-Type-Options, Referrer-Policy,
 * X-Frame-Options, Cross-Origin-Resource-Policy). Cross-Origin-Opener-Policy is
 * not among them: where the next page lacks it, a server's own error page,
 * Firefox forgets what was typed here.
 */
void response_head(const struct response *, long long length, FILE *out);

/* The reason phrase of a status. */
const char *response_reason(int status);

#endif
