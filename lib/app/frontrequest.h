/*
 * frontrequest: what of a request reaches the program behind a web server.
 */
#ifndef APP_FRONTREQUEST_H
#define APP_FRONTREQUEST_H

#include "app/front.h"

/* Each adds what is wrong, or that all is well. */
void frontrequest_methods(struct front *);
void frontrequest_fields(struct front *);
void frontrequest_people(struct front *); /* Authorization, REMOTE_USER */
void frontrequest_host(struct front *);
void frontrequest_bodies(struct front *);

/* What a site can live with, and should know: an encoded slash, underscores,
 * writes that are repeated. */
void frontrequest_limits(struct front *);

#endif
