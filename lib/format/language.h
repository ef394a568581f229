/*
 * language: Accept-Language (RFC 9110 12.5.4).
 */
#ifndef FORMAT_LANGUAGE_H
#define FORMAT_LANGUAGE_H

#include <stddef.h>

/* The index of the offered language ("en", lower case, without subtags) that a
 * field value wants most: "de-AT" wants "de" too, "*" any. The earlier offer on
 * a tie; 0 where the value is NULL or wants none of them. A malformed element
 * is skipped. */
size_t language_choose(
    const char *accept, const char *const *offered, size_t n);

#endif
