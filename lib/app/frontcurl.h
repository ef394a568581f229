/*
 * frontcurl: sends a plan's requests from a terminal, by the program curl.
 */
#ifndef APP_FRONTCURL_H
#define APP_FRONTCURL_H

#include "app/frontplan.h"

/* Takes "https://host:port/base" apart: origin "https://host:port", base
 * "/base" without a slash at its end. False: it is no such URL, or has a query,
 * or a password that a list of processes would show (~/.netrc is read). */
bool frontcurl_url(
    struct mem *, const char *url, const char **origin, const char **base);

/* The replies, one for each request of the plan; NULL: there is no curl. */
struct front_reply *frontcurl_run(
    struct mem *, const char *origin, const struct front_plan *);

#endif
