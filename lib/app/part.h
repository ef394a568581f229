/*
 * part: a representation whose bytes may be asked for in part (RFC 9110 14).
 */
#ifndef APP_PART_H
#define APP_PART_H

#include "app/call.h"

/* Sends the bytes of the row's representation whose ETag is set already: all of
 * them (200), or the part that Range asks for (206), where If-Range lets it
 * (13.1.5). Several ranges at once are answered with the whole. The bytes are
 * not copied. OUT_DONE, or OUT_OUTSIDE where there is no such part. */
enum outcome part_send(struct call *, const struct row *, const char *type,
    const char *bytes, size_t len);

/* OUT_MALFORMED for a PUT that sends a part (Content-Range, 14.5), so that none
 * is ever stored as the whole; else OUT_DONE. */
enum outcome part_check_put(struct call *);

#endif
