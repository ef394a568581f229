/*
 * credential: what a request shows of who sends it: its cookies and the field
 * Authorization. Judges nothing.
 */
#ifndef WEB_CREDENTIAL_H
#define WEB_CREDENTIAL_H

#include "web/request.h"

enum credential_kind {
	CREDENTIAL_NONE,   /* no such field, or another scheme */
	CREDENTIAL_BASIC,  /* name and password (RFC 7617) */
	CREDENTIAL_BEARER, /* a token (RFC 6750) */
	CREDENTIAL_BAD	   /* one of these schemes, but not to be read */
};

struct credential {
	const char *name, *password; /* of CREDENTIAL_BASIC: UTF-8 */
	const char *token;	     /* of CREDENTIAL_BEARER */
};

/* What Authorization says. Several such fields are none that can be read. */
enum credential_kind credential_read(
    const struct request *, struct credential *);

/* The value of the i-th cookie of this name (RFC 6265 4.2.1), or NULL. Browsers
 * send the one with the longest path first. */
const char *credential_cookie(
    const struct request *, const char *name, size_t i);

/* A Set-Cookie for this site alone, out of reach for scripts and other sites;
 * seconds 0: it is to be forgotten, -1: until the browser closes. */
char *credential_set_cookie(const struct request *, const char *name,
    const char *value, long seconds, bool secure);

/* Whether a page could ask for a password: what it would be sent over is
 * encrypted, or stays on this computer. */
bool credential_private(const struct request *);

/* The same, of an encrypted connection alone, also one that ends at a proxy in
 * front (X-Forwarded-Proto): for what only the sender could harm by lying. */
bool credential_encrypted(const struct request *);

/* The address that a request came from, in the form in which attempts are
 * counted: of IPv6 the network (64 bits). */
char *credential_address(const struct request *);

#endif
