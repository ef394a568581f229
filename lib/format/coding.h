/*
 * coding: Accept-Encoding (RFC 9110 12.5.3).
 */
#ifndef FORMAT_CODING_H
#define FORMAT_CODING_H

#include <stdbool.h>

/* Whether the field's value names the coding ("gzip") and wants it. "*" alone
 * is not enough, nor is NULL: who does not name it may not know it. */
bool coding_accepts(const char *accept, const char *coding);

#endif
