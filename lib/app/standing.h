/*
 * standing: a site served by a process that a web server has started and keeps.
 * Whoever has nothing but uploads cannot restart it: so it notices that its
 * configuration or its program was replaced.
 */
#ifndef APP_STANDING_H
#define APP_STANDING_H

#include "web/request.h"
#include "web/response.h"

struct standing;

/* program: as config_load is told. What there is to serve is found out here
 * and, where nothing can be served yet, before each request. */
struct standing *standing_new(const char *program);
void standing_free(struct standing *);

/* As the configuration says, or what is enough for one that is missing. */
size_t standing_body_limit(const struct standing *);

/* A gateway_serve; context is the struct standing. A new configuration counts
 * from this request on; one that is wrong is logged, and the old one stays.
 * Where either file was replaced, the process is asked to end behind this
 * request: the web server starts the new one. */
void standing_serve(void *context, struct request *, struct response *);

/* A gateway_rest, as app_rest; a process that waits while its program is
 * replaced ends within seconds. */
int standing_rest(void *context, long idle_ms);

#endif
