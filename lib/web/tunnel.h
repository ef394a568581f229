/*
 * tunnel: PUT, PATCH and DELETE through hosts that let only GET and POST pass.
 */
#ifndef WEB_TUNNEL_H
#define WEB_TUNNEL_H

#include "web/request.h"

/* A POST whose query says _method=NAME, or whose X-HTTP-Method-Override does,
 * is taken as that method from here on, and marked as tunnelled. OUT_MALFORMED
 * where NAME is none of PUT, PATCH and DELETE; other methods stay as they
 * are. */
enum outcome tunnel_open(struct request *, struct fault *);

#endif
