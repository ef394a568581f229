/*
 * loginpage: what the doors have in common through which people log in.
 */
#ifndef APP_LOGINPAGE_H
#define APP_LOGINPAGE_H

#include "app/call.h"
#include "view/login.h"

/* Refuses a login that another site sends: OUT_DENIED. */
enum outcome loginpage_origin(struct call *);

/* Whether passwords may be asked for over this connection. */
bool loginpage_private(const struct call *);

/* Where to after the login: what was wished for, where that lies within the
 * site, else its home. */
const char *loginpage_next(struct call *, const char *wish);

/* Which page it is: by page->invitation, and by whether there is any account
 * yet. OUT_DONE; OUT_ABSENT: an invitation that is none (any more). */
enum outcome loginpage_choose(struct call *, struct login_page *);

/* Makes the page the response's body; one that says that the connection is not
 * private, where it is not. action NULL: -/login. The status is the caller's.
 */
void loginpage_send(struct call *, struct login_page *);

#endif
