/*
 * cgi: one request from the environment and the standard input, its reply to
 * the standard output. libfcgi, which would catch SIGTERM, has no part in it.
 */
#ifndef WEB_CGI_H
#define WEB_CGI_H

#include "web/gateway.h"

/* Serves the request that this process was started for. Returns the exit
 * status. */
int cgi_run(const struct gateway *);

#endif
