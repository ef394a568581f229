/*
 * onevalue: one column of one row by itself, raw: TABLE/KEY/COLUMN. Bytes of a
 * bytea with their media type, text as text.
 */
#ifndef APP_ONEVALUE_H
#define APP_ONEVALUE_H

#include "app/call.h"

/* GET: the value; its media type is that of a companion column (NAME_type,
 * NAME_media_type, NAME_mime_type, NAME_content_type), else
 * application/octet-stream for bytea, application/json for json, text/plain for
 * all others. No value: OUT_ABSENT. */
call_handler onevalue_read;

/* PUT: the body is the value, guarded by the row's state as any write of the
 * row; a companion column takes the body's media type. */
call_handler onevalue_write;

/* The column that holds the media type of this one's bytes, or NULL. */
const struct column *onevalue_companion(
    const struct call *, const struct column *);

#endif
