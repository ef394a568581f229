/*
 * array: a text[] as PostgreSQL reads it.
 */
#ifndef STORE_ARRAY_H
#define STORE_ARRAY_H

#include <stddef.h>

#include "base/mem.h"

/* "{"a","b",NULL}", in mem: the values quoted, NULL for NULL. */
char *array_text(struct mem *, const char *const *values, size_t n);

#endif
