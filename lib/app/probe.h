/*
 * probe: BASE/-/probe, which says what of a request has reached the program, so
 * that whoever sent it can tell what was lost or changed on the way.
 *
 * It is there for those alone who bring a token made with the site's secret
 * minutes ago. It never shows anything but what the request itself brought.
 */
#ifndef APP_PROBE_H
#define APP_PROBE_H

#include <time.h>

#include "app/call.h"

/* What every reply carries as ETag and Last-Modified. */
#define PROBE_TAG "\"v1-probe\""
#define PROBE_DATE "Sat, 01 Jan 2000 00:00:00 GMT"

/* A value for the query's _probe, good for ten minutes. */
char *probe_token(struct mem *, const char *secret, time_t now);

/* By any method: a flat JSON object of strings and nulls, longer than servers
 * need to compress it: "at" (no two are equal), "method", "path" (raw),
 * "segment" (what follows, decoded), the condition fields, Range and Prefer by
 * their names, "content_type", "content_length" (as said), "read" (bytes that
 * came), "authorization" ("yes"; its value is never shown), "remote_user",
 * "host", "server" (SERVER_SOFTWARE), "gateway" (FastCGI or CGI).
 * _status=304 (where there is an If-None-Match), 404, 412 and 500 give the
 * reply that status. Without a good token: OUT_ABSENT. */
call_handler probe_answer;

#endif
