/*
 * newpassword: a password that somebody chooses, typed twice.
 */
#ifndef APP_NEWPASSWORD_H
#define APP_NEWPASSWORD_H

#include "app/call.h"

/* *hash: what is kept of it. OUT_DONE; OUT_INVALID where it is too short or too
 * long, or the two (either may be NULL) are not the same. */
enum outcome newpassword_read(
    struct call *, const char *password, const char *again, char **hash);

#endif
