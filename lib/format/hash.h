/*
 * hash: a short name for a text.
 */
#ifndef FORMAT_HASH_H
#define FORMAT_HASH_H

#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

/* BLAKE2b-256 of len bytes as 64 lower-case hex digits. */
char *hash_text(struct mem *, const char *text, size_t len);

/* The same of a text that is written to out and kept nowhere. */
struct hash {
	FILE *out;
};

struct hash *hash_open(struct mem *);

/* Ends the writing, once, and gives the digits. */
char *hash_end(struct hash *);

#endif
