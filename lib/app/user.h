/*
 * user: the command "ifmatch user": accounts from a shell.
 */
#ifndef APP_USER_H
#define APP_USER_H

#include <stdio.h>

#include "app/config.h"

/* What "ifmatch user" takes, for its usage. */
extern const char user_arguments[];

/* Runs "user VERB ..." with the arguments behind "user". Passwords are asked
 * for on a terminal, without showing them, else read from the first line of in.
 * Returns the exit status; -1: these are no such arguments. */
int user_run(const struct config *, int argc, char **argv, FILE *in, FILE *out);

#endif
