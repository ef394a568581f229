/*
 * names: lists of texts.
 */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

/* The names one behind the other, with this between them. */
char *names_join(
    struct mem *, const char *const *names, size_t n, const char *between);

/* Whether one of n names is this one, to the letter. */
bool names_hold(const char *const *names, size_t n, const char *name);

#endif
