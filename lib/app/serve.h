/*
 * serve: one request from its begin to its reply.
 */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "app/config.h"
#include "web/request.h"
#include "web/response.h"

struct app;

/* What serves a site: catalogue and connection. The configuration must live as
 * long. Connects to nothing yet. once: the process serves one request, so what
 * it learns of the catalogue is kept in files for the next. */
struct app *app_new(const struct config *, bool once);
void app_free(struct app *);

/* A gateway_serve; context is the struct app. */
void app_serve(void *app, struct request *, struct response *);

/* A gateway_rest: gives a connection back that is wanted elsewhere. */
int app_rest(void *app, long idle_ms);

#endif
