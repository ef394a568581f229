/*
 * accounts: the pages on which those who administrate look after the people of
 * a site.
 */
#ifndef VIEW_ACCOUNTS_H
#define VIEW_ACCOUNTS_H

#include "base/fault.h"
#include "view/layout.h"

struct accounts_group {
	const char *name;
	bool on; /* the account is in it */
};

/* An account as a form shows it: fields name (of a new one), display, admin,
 * disabled, group (once for each), groups (more of them, "a, b"). */
struct accounts_fields {
	const char *name;    /* or NULL */
	const char *display; /* or NULL */
	bool admin, disabled;
	struct accounts_group *groups; /* those that are on offer */
	size_t n_groups;
};

/* What of an account a form holds, each as a text. */
enum accounts_part {
	ACCOUNTS_DISPLAY,
	ACCOUNTS_ADMIN,	   /* "1" or "" */
	ACCOUNTS_DISABLED, /* the same */
	ACCOUNTS_GROUPS,   /* "a, b" */
	ACCOUNTS__MAX
};

struct accounts_line {
	const char *name, *display, *groups; /* display may be NULL */
	bool admin, disabled;
	bool waiting; /* for its person to choose a password */
};

/* All accounts, and a form for a new one (_do=add). */
struct accounts_list {
	const struct accounts_line *lines;
	size_t n;
	const struct accounts_fields *fields;
	const struct fault *fault; /* of the new one, or NULL */
};

/* One account: _do is save, invite or end; _etag and _was.PART say for which
 * state of it the form was made. */
struct accounts_one {
	const struct accounts_fields *fields;
	const char *etag;
	const char *was[ACCOUNTS__MAX];
	const char *now[ACCOUNTS__MAX]; /* as saved meanwhile, where that is
					   disputed; or NULL */
	const char *link;		/* made just now, or NULL */
	enum word note;			/* what was done, or WORD_NONE */
	const struct fault *fault;	/* or NULL */
};

/* The name of a part's field. */
const char *accounts_field(enum accounts_part);

void accounts_list_page(
    FILE *, struct mem *, const struct site *, const struct accounts_list *);
void accounts_one_page(
    FILE *, struct mem *, const struct site *, const struct accounts_one *);

#endif
