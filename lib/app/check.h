/*
 * check: what is on offer and what is missing, by the database, by the
 * configuration, and by what the web server in front does. The command says it
 * on a terminal, BASE/-/check on a page.
 */
#ifndef APP_CHECK_H
#define APP_CHECK_H

#include <stdio.h>

#include "app/config.h"
#include "store/catalog.h"
#include "view/check.h"

/* Asks the database about every exposed table: its key, guard and rights, and
 * what to do where something is missing; then what the configuration says that
 * the database does not bear out. All in mem, in this language. */
struct check_report *check_make(struct mem *, const struct config *,
    struct catalog *, struct db *, enum language);

/* Connects and prints the report; with a URL also what becomes of requests to
 * the site there. Returns the exit status: 0 all is well, 1 something is
 * wrong, 2 the URL is none. */
int check_run(const struct config *, const char *url, FILE *out);

#endif
