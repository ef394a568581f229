/*
 * reply: a response on its way: head and body as bytes.
 */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include "web/response.h"

/* Takes the next bytes. False: nobody reads them any more. */
typedef bool reply_sink(void *context, const char *data, size_t len);

/* Sends a response. head_only: to HEAD, without the body, but with the length
 * that it would have. A pulled body that ends within 1 MiB is sent whole, with
 * its Content-Length; where it fails so early, 500 is sent instead. False: what
 * was sent is not complete, and the connection has to show it. */
bool reply_send(
    const struct response *, bool head_only, reply_sink *, void *context);

#endif
