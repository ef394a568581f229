/*
 * sent: what a JSON body sends, as members for the store.
 */
#ifndef APP_SENT_H
#define APP_SENT_H

#include "app/call.h"
#include "format/json.h"

/* Reads the request's body, one JSON object, into write's members and
 * expectation: the version column and _etag are expectations, what our trigger
 * keeps is left out. OUT_MALFORMED (syntax, UTF-8, duplicates, NUL), or
 * OUT_INVALID (unknown column, not an object), with the part named. */
enum outcome sent_read(struct call *, struct write *);

/* The same in two steps, for bodies that hold several objects: the body as one
 * JSON value, and an object within it. */
enum outcome sent_whole(struct call *, struct json_span *);
enum outcome sent_object(struct call *, struct json_span, struct write *);

/* OUT_DONE, or OUT_MALFORMED where a value of the body would lose something on
 * its way into the column: all types but json drop what stands twice. */
enum outcome sent_strict(
    struct call *, const struct column *, struct json_span);

/* Whether every value sent is in the row as it was sent (RFC 9110 9.3.4). */
bool sent_stored(struct call *, const struct write *, const struct row *);

#endif
