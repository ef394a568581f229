/*
 * verify: whether a password is somebody's, and how often that may be tried.
 */
#ifndef APP_VERIFY_H
#define APP_VERIFY_H

#include "app/call.h"

/* Takes down an attempt to log in under a name from where the request comes.
 * Until account_fine takes it back it counts as a failure. OUT_DONE;
 * OUT_THROTTLED, with Retry-After set. */
enum outcome verify_attempt(struct call *, const char *name);

/* Whether name and password are an account's. Takes the same time for a wrong
 * password as for a name that nobody has, and says the same:
 * OUT_UNAUTHENTICATED. OUT_THROTTLED as verify_attempt. */
enum outcome verify_password(
    struct call *, const char *name, const char *password, struct account **);

#endif
