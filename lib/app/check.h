/*
 * check: the command that says what is on offer and what is missing.
 */
#ifndef APP_CHECK_H
#define APP_CHECK_H

#include <stdio.h>

#include "app/config.h"

/* Connects, and prints every exposed table with its key, guard and rights, and
 * what to do where something is missing; then what the configuration says that
 * the database does not bear out. Returns the exit status: 0 all is well, 1
 * something is wrong. */
int check_run(const struct config *, FILE *out);

#endif
