/*
 * mergepatch: JSON Merge Patch (RFC 7396) over raw spans: what the patch does
 * not name keeps its very characters.
 */
#ifndef FORMAT_MERGEPATCH_H
#define FORMAT_MERGEPATCH_H

#include "format/json.h"

/* The target with the patch applied, as JSON text in mem. target NULL: there is
 * none. Both were accepted by json_read. NULL: an object of either names a
 * member twice, so that it is not said what is meant. */
char *mergepatch_apply(
    struct mem *, const struct json_span *target, struct json_span patch);

#endif
