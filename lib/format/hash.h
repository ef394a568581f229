/*
 * hash: a short name for a text.
 */
#ifndef FORMAT_HASH_H
#define FORMAT_HASH_H

#include <stddef.h>

#include "base/mem.h"

/* BLAKE2b-256 of len bytes as 64 lower-case hex digits. */
char *hash_text(struct mem *, const char *text, size_t len);

#endif
