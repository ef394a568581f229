/*
 * status: outcome to HTTP status, the only place that knows both.
 */
#ifndef WEB_STATUS_H
#define WEB_STATUS_H

#include "base/outcome.h"

/* The status code of an outcome: 200, 201, 204 ... 504. */
int status_of(enum outcome);

#endif
