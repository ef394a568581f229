/*
 * names: lists of texts.
 */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Whether one of n names is this one, to the letter. */
bool names_hold(const char *const *names, size_t n, const char *name);

#endif
