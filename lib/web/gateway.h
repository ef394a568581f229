/*
 * gateway: between the web server and serve. The only file that knows libfcgi;
 * plain CGI is cgi's.
 *
 * Reads the whole body before serving (bounded), sends the reply whole, drains
 * what was too large. Connections that the web server keeps open wait in an
 * epoll set before libfcgi sees them, so that idle ones occupy nobody.
 *
 * Of the protocol, libfcgi does not know padding behind records that are empty
 * or begin a request (the connection is closed, the body counts as cut), nor a
 * request sent before the last one has its end (dropped). No web server sends
 * such. Records about no request and other roles than RESPONDER are answered
 * here.
 */
#ifndef WEB_GATEWAY_H
#define WEB_GATEWAY_H

#include <stddef.h>

#include "web/request.h"
#include "web/response.h"

enum gateway_kind {
	GATEWAY_FASTCGI, /* fd 0 is a listening socket */
	GATEWAY_CGI,	 /* REQUEST_METHOD is in the environment */
	GATEWAY_NONE	 /* neither: a terminal, a pipe */
};

/* How this process was started. */
enum gateway_kind gateway_kind(void);

/* Serves one request. The gateway has read environment and body: request->mem,
 * environment, body, body_len and body_state are set, nothing else. The
 * response is begun. */
typedef void gateway_serve(void *context, struct request *, struct response *);

/* Called between requests: idle_ms since the last one ended. Returns after how
 * many milliseconds without a request it wants to be called again; -1: not
 * before the next request has been served. */
typedef int gateway_rest(void *context, long idle_ms);

struct gateway {
	gateway_serve *serve;
	gateway_rest *rest; /* or NULL */
	void *context;
	size_t body_limit; /* bytes; more is drained up to eight times that */
};

/* Serves requests from a listening socket until SIGTERM or SIGUSR1; then those
 * already waiting in the socket's queue too. A request being served is always
 * finished. Returns the exit status. */
int gateway_run(const struct gateway *, int listener);

#endif
