/*
 * staff: an account between what a form holds and what is stored.
 */
#ifndef APP_STAFF_H
#define APP_STAFF_H

#include "app/call.h"
#include "format/form.h"
#include "store/roster.h"
#include "view/accounts.h"

/* What a form says of an account, and what it was made with. */
struct staff_form {
	struct roster_entry entry;	/* as typed */
	const char *epoch;		/* NULL: of a new account */
	const char *was[ACCOUNTS__MAX]; /* of a new one: all "" */
};

/* Of the account that name says, or (NULL) a new one that the form names.
 * Groups are in order, each once, without the "@" that somebody may have typed
 * before them. */
struct staff_form staff_read(
    struct mem *, const struct form *, const char *name);

/* As a form that shows the account would come back untouched. */
struct staff_form staff_of_account(struct mem *, const struct account *);

/* Whether what the form holds is in the account as the form was made with. */
bool staff_same(
    struct mem *, const struct staff_form *, const struct account *);

/* What was typed, put together with the account as it is: theirs where the form
 * was not touched. now: what is saved where both changed it, else NULL. */
struct staff_form staff_merge(struct mem *, const struct staff_form *,
    const struct account *, const char *now[ACCOUNTS__MAX]);

/* What the form shows (NULL: an empty one). On offer are the groups that the
 * configuration names, and those that anybody is in. */
const struct accounts_fields *staff_fields(struct call *,
    const struct staff_form *, struct account *const *all, size_t n);

const struct accounts_line *staff_lines(
    struct mem *, struct account *const *all, size_t n);

#endif
