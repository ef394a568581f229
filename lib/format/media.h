/*
 * media: Accept (RFC 9110 12.5.1) and Content-Type (8.3.1).
 */
#ifndef FORMAT_MEDIA_H
#define FORMAT_MEDIA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

/* How much a field value of Accept wants a type ("text/html", lower case):
 * 0 to 1000, by the most specific range that matches. NULL or empty: 1000. A
 * malformed element is skipped. A range with parameters of its own matches too,
 * behind the bare type and before the type with any subtype; charset is
 * overlooked. A weight may lack its zero (".2"), as some clients send it. */
int media_quality(const char *accept, const char *type);

/* The index of the offered type that the client wants most, the earlier on a
 * tie; -1 where it accepts none. */
int media_choose(const char *accept, const char *const *offered, size_t n);

/* The type/subtype of a Content-Type in lower case without parameters; "" where
 * it is NULL or malformed. */
char *media_type(struct mem *, const char *content_type);

/* The value of a parameter ("boundary", "charset"), unquoted; NULL where there
 * is none. */
char *media_parameter(struct mem *, const char *content_type, const char *name);

#endif
