/*
 * check: what a site's check has found in its database and configuration, for a
 * terminal and as a page.
 */
#ifndef VIEW_CHECK_H
#define VIEW_CHECK_H

#include "store/table.h"
#include "view/finding.h"
#include "view/layout.h"

struct check_table {
	const char *name;
	const struct table *table; /* NULL: it could not be read */
	struct findings findings;
};

struct check_report {
	struct findings before; /* of the whole site */
	struct check_table *tables;
	size_t n;
	struct findings after;
};

/* Whether anything in it is wrong. */
bool check_wrong(const struct check_report *);

/* Lines, in English: the findings before; each table with its key, guard and
 * rights, its findings indented below it; the findings after. */
void check_lines(FILE *, const struct check_report *);

/* What the page says besides: how its script checks the web server. */
struct check_page {
	const struct check_report *report;
	const char *probes; /* JSON for the script; NULL: it cannot be done */
	const char *url;    /* of the site, as it was asked for */
};

/* The page. Without a script it says how the command does the same. */
void check_page(
    FILE *, struct mem *, const struct site *, const struct check_page *);

/* The script, served as BASE/-/check.js. It sends the requests in data-probes,
 * posts what came back to BASE/-/check and shows the list that comes back. */
const struct asset *check_script(void);

#endif
