/*
 * bulk: many rows by one request: a JSON array sent to a table, or a change of
 * all rows that filters let through. Every row is guarded by itself.
 */
#ifndef APP_BULK_H
#define APP_BULK_H

#include "app/call.h"
#include "format/json.h"

/* POST of an array, or of one object for a client that expects a list: creates
 * a row of each object, all or none (or each by itself, as below). */
enum outcome bulk_create(struct call *, struct json_span);

/* PATCH of a table. An array: each object has the key's columns, an expectation
 * ("_etag", the version column) and what is to change; all or none, or, with
 * Prefer: continue-on-error, each by itself (207, a list of what became of
 * each). An object: changes all rows that the URL's filters let through. */
call_handler bulk_patch;

/* DELETE of a table: all rows that the URL's filters let through. */
call_handler bulk_delete;

#endif
