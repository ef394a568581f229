/*
 * jsonstring: the characters of a JSON string, for format/json alone.
 */
#ifndef FORMAT_JSONSTRING_H
#define FORMAT_JSONSTRING_H

#include "format/json.h"

/* Decodes a well-formed string, always: where it holds \u0000 the characters
 * hold a NUL, where it holds half a surrogate pair that half is written as if
 * it were a character. error tells the first such place, counted from the
 * span's begin, or JSON_FINE. */
char *jsonstring_decode(
    struct mem *, struct json_span, size_t *len, struct json_error *);

#endif
