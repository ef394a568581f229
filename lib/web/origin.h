/*
 * origin: whether a browser says that a request comes from another site.
 */
#ifndef WEB_ORIGIN_H
#define WEB_ORIGIN_H

#include "web/request.h"

enum origin {
	ORIGIN_SAME,  /* Sec-Fetch-Site: same-origin or none, or else an Origin
			 that is the request's own host */
	ORIGIN_CROSS, /* anything else that was said; Origin: null too */
	ORIGIN_UNSAID /* neither field: no browser, or an old one */
};

/* Sec-Fetch-Site decides where it is there, else Origin: its host equals
 * HTTP_HOST's without regard to case, its port too where HTTP_HOST has one
 * (some servers drop it). The scheme is not compared: a TLS proxy hides it. */
enum origin origin_of(const struct request *);

/* Whether "https://NAME:PORT" is the host that a request was for, by the same
 * rule. */
bool origin_same(const char *origin, const char *host);

#endif
