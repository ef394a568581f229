/*
 * limit: how much can be sent to this site at once.
 */
#ifndef APP_LIMIT_H
#define APP_LIMIT_H

#include "app/config.h"
#include "web/request.h"

/* The longest request body in bytes that reaches us and is read: body_limit, or
 * what the web server in front lets through, as front_limit says. Where that is
 * not said: 128 KiB where Apache has started the program itself (mod_fcgid). */
size_t limit_body(const struct config *, const struct request *);

#endif
