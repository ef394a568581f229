/*
 * uri: percent-coding, path segments and query pairs (RFC 3986), both ways.
 *
 * Reads the raw request target, never a path that a server has decoded
 * before us.
 */
#ifndef FORMAT_URI_H
#define FORMAT_URI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

/* One name=value pair of a query. A bare word ("?new") has value NULL, "new="
 * an empty value. */
struct uri_pair {
	const char *name;  /* decoded */
	const char *value; /* decoded, or NULL */
	const char *raw;   /* the value as sent, NUL-terminated, or NULL */
};

struct uri {
	const char *path;	/* raw, with its leading slash */
	struct uri_pair *pairs; /* of the query, in order */
	size_t n_pairs;
};

/* Takes a request target apart: strips "scheme://host" (absolute form), cuts at
 * the first '?', decodes the query's pairs (split at '&', '+' is a space).
 * False: a bad escape, %00, a query that is not UTF-8, or neither a path nor an
 * absolute form. */
bool uri_read(struct mem *, const char *target, struct uri *);

/* The path behind the base, decoded segment by segment: "/member/a%2Fb" gives
 * "member", "a/b". A trailing slash is ignored ("/member/" is "/member").
 * False: a bad escape, NUL, invalid UTF-8, an empty segment, "." or "..". */
bool uri_segments(
    struct mem *, const char *raw, const char *const **segments, size_t *n);

/* The value of the first pair of this name; "" for a bare word; NULL where
 * there is none. */
const char *uri_query(const struct uri *, const char *name);

/* Decodes len bytes of a segment or a query's value (plus: '+' is a space).
 * NULL: a bad escape, NUL or invalid UTF-8. */
char *uri_decode(struct mem *, const char *, size_t len, bool plus);

/* Percent-decodes len bytes without judging what comes out: n bytes, and a NUL
 * behind them. False: a bad escape. */
bool uri_unescape(
    struct mem *, const char *, size_t len, bool plus, char **text, size_t *n);

/* Splits a raw KEY at its commas and decodes each part. NULL as uri_decode. */
const char *const *uri_key_split(struct mem *, const char *raw, size_t *n);

/* Writes a string percent-encoded: everything but A-Z a-z 0-9 - . _ ~, so that
 * it is safe as a segment, a query's name or value, and part of a key. */
void uri_write(FILE *, const char *);

/* Whether these key parts can travel as a path segment through every server:
 * no part is empty, "." or "..", and none holds '/', '\\' or a control
 * character. Others travel as ?_key=. */
bool uri_key_in_path(const char *const *parts, size_t n);

/* Whether a target (path and query, as they were sent) leads a browser to
 * something at or below the path base of the same host: it begins with it, and
 * holds nothing that a browser, or a server that decodes it, could take for
 * another host or a step upwards. */
bool uri_within(const char *base, const char *target);

/* Whether len bytes are UTF-8 (RFC 3629) without NUL. */
bool uri_utf8(const char *, size_t len);

#endif
