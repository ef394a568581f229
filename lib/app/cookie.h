/*
 * cookie: what a session's cookie says of the account, sealed: so a request is
 * known without asking the database, and its first statement asks whether the
 * session still lives and the account still is so.
 */
#ifndef APP_COOKIE_H
#define APP_COOKIE_H

#include "app/call.h"

/* Has the reply set the cookie of the call's session. */
void cookie_send(struct call *, const struct account *);

/* Has it forgotten. */
void cookie_drop(struct call *);

/* The account, and in *id the session, of the first cookie that was sealed here
 * and has not expired; fills call->session.issued and ends. NULL: there is
 * none; then call->session.over says whether one has expired. */
const struct account *cookie_read(struct call *, const char **id);

/* The session of the first cookie that was sealed here, be it expired; or
 * NULL. */
const char *cookie_session(struct call *);

#endif
