/*
 * pattern: a regular expression of PostgreSQL's as HTML's pattern attribute
 * takes it, where both read it alike.
 */
#ifndef FORMAT_PATTERN_H
#define FORMAT_PATTERN_H

#include "base/mem.h"

/* The pattern attribute of an expression ^...$ made of ASCII characters, '.',
 * escaped punctuation, classes of characters and ranges, groups,
 * alternatives within groups, and the quantifiers ? * + {n} {n,} {n,m}. NULL
 * for any other: \d, classes by name, what looks around or back. */
char *pattern_html(struct mem *, const char *regex);

#endif
