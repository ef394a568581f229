/*
 * etag: entity tags (RFC 9110 8.8.3) and the lists of them in If-Match and
 * If-None-Match (13.1.1, 13.1.2).
 *
 * Our own tags are "STATE-VARIANT": STATE says which content the row has,
 * VARIANT in which representation. Both are letters and digits only. A server
 * in front may append a coding to the opaque part ("STATE-VARIANT-gzip"), or
 * weaken the tag.
 */
#ifndef FORMAT_ETAG_H
#define FORMAT_ETAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

struct etag {
	bool weak;
	const char *opaque;  /* between the quotes, as sent */
	const char *state;   /* up to the last '-' that is no coding's, or the
				whole where there is none */
	const char *variant; /* behind it, without a coding's suffix; "" */
};

struct etag_list {
	bool present; /* the header was there */
	bool any;     /* it was "*" */
	struct etag *tags;
	size_t n;
};

/* Reads a field value: "*" alone, or a list with commas, optional white space
 * (tab too) and empty elements. Commas inside the quotes belong to the tag.
 * False where it is malformed: an unquoted tag, "*" in a list, no tag at all,
 * text behind a tag. */
bool etag_list_read(struct mem *, const char *value, struct etag_list *);

/* Reads what a form or an item sends in _etag: a bare STATE ("v17", letters and
 * digits) or one whole tag with its quotes. False where it is neither. */
bool etag_read_loose(struct mem *, const char *value, struct etag *);

/* A tag of ours: "STATE-VARIANT" with the quotes. */
char *etag_make(struct mem *, const char *state, const char *variant);

#endif
