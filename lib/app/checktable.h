/*
 * checktable: what a check finds in each table on offer: its guard and rights,
 * and the line that it lacks. check asks for it, and does the rest.
 */
#ifndef APP_CHECKTABLE_H
#define APP_CHECKTABLE_H

#include "app/config.h"
#include "store/catalog.h"
#include "view/check.h"

/* A check that is being made. */
struct check {
	const struct config *config;
	struct mem *mem;
	struct db *db;
	struct catalog *catalog;
	enum language language;
	const char *role, *protect; /* SQL names; NULL: not known */
	struct check_report *report;
};

/* Adds a word as a finding; arg and advice may be NULL. */
void checktable_add(struct check *, struct findings *, enum finding_level,
    enum word, const char *arg, const char *advice);

/* A text as SQL's literal, in mem: an identifier may hold quotes itself. */
char *checktable_literal(struct mem *, const char *);

/* A name as SQL's identifier, in mem. */
char *checktable_identifier(struct mem *, const char *);

/* Fills the report's tables; what keeps them from being read goes before them,
 * which of them could be protected behind. */
void checktable_read(struct check *);

#endif
