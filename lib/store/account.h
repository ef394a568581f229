/*
 * account: the people of a site, their sessions and their programs' tokens, as
 * sql/accounts.sql keeps them. Knows no password and no token, only what was
 * made of them (format/password): comparing is app's.
 */
#ifndef STORE_ACCOUNT_H
#define STORE_ACCOUNT_H

#include "store/db.h"

/* Where the accounts are. */
struct accounts;

struct account {
	const char *name;     /* what updated_by holds */
	const char *display;  /* how people know them; or NULL */
	const char *password; /* its hash, or NULL: none yet */
	const char *groups;   /* "a,b"; "" for none */
	const char *epoch;    /* changes whenever the account does */
	bool admin;
	bool disabled;
};

/* By what somebody is known. */
enum account_kind {
	ACCOUNT_NAME,	    /* the account's name */
	ACCOUNT_SESSION,    /* a session's id */
	ACCOUNT_TOKEN,	    /* the hash of an API token */
	ACCOUNT_INVITATION, /* the hash of an invitation's token */
	ACCOUNT__MAX
};

/* Allocated in mem; asks nothing yet. */
struct accounts *accounts_new(struct mem *, struct db *);

/* All of the following end with OUT_BROKEN where sql/accounts.sql was not run
 * or its tables may not be used (logged, with what to do), and as db_run says.
 * What they return lives in mem. */

/* Fills the gate that asks, ahead of each statement, for what an account was
 * found by (an invitation has none). gate->what must live as long as it. */
enum outcome account_gate(struct accounts *, enum account_kind,
    const char *what, const char *epoch, struct gate *, struct fault *);

/* Asks a gate alone: OUT_DONE, or OUT_UNAUTHENTICATED. */
enum outcome account_pass(
    struct accounts *, struct mem *, struct gate *, struct fault *);

/* *account NULL: there is none. One that is disabled is found as well. */
enum outcome account_find(struct accounts *, struct mem *, enum account_kind,
    const char *what, struct account **, struct fault *);

/* Every account, by name. */
enum outcome account_list(struct accounts *, struct mem *,
    struct account ***list, size_t *n, struct fault *);

/* An account whose person goes by another name. */
struct account_name {
	const char *account, *display;
};

/* All of them, in the order of strcmp, and the epoch of the account that
 * changed last: where a gate's is the same, so are they. */
enum outcome account_names(struct accounts *, struct mem *,
    struct account_name **names, size_t *n, const char **epoch, struct fault *);

enum outcome account_any(
    struct accounts *, struct mem *, bool *any, struct fault *);

/* Takes down that somebody tries to log in; until account_fine takes it back,
 * that counts as a failure. *wait: how many seconds this has to wait for, which
 * is then no attempt; "0": go on. name and address: at most 150 bytes. */
enum outcome account_attempt(struct accounts *, struct mem *, const char *name,
    const char *address, const char **wait, struct fault *);
enum outcome account_fine(struct accounts *, struct mem *, const char *name,
    const char *address, struct fault *);

/* The changes below: OUT_DONE, or OUT_ABSENT where there is no such account
 * (for a new one: OUT_CONFLICT where the name is taken; a name that is none:
 * OUT_INVALID). password: a hash. */
enum outcome account_first(struct accounts *, struct mem *, const char *name,
    const char *password, struct fault *);
enum outcome account_add(struct accounts *, struct mem *, const char *name,
    const char *display, const char *password, bool admin, struct fault *);

/* Ends the account's sessions but one (NULL: all of them). */
enum outcome account_set_password(struct accounts *, struct mem *,
    const char *name, const char *password, const char *session,
    struct fault *);

/* Ends its sessions. */
enum outcome account_disable(struct accounts *, struct mem *, const char *name,
    bool disabled, struct fault *);

/* Spends an invitation's token (roster_invite), by its hash. */
enum outcome account_redeem(struct accounts *, struct mem *, const char *hash,
    const char *password, struct fault *);

/* Begins a session, in place of another (or NULL), and ends it. */
enum outcome account_begin(struct accounts *, struct mem *, const char *session,
    const char *name, long seconds, const char *instead, struct fault *);
enum outcome account_end(
    struct accounts *, struct mem *, const char *session, struct fault *);

/* For store/roster: runs our statements, the schema in place of "@home@", in
 * one transaction on behalf of somebody, whose gate is asked first (NULL: of
 * nobody), and in no role but the connection's. */
enum outcome account_run(struct accounts *, struct mem *, const struct person *,
    enum db_mode, const struct db_step *, size_t n, struct db_result **results,
    struct fault *);

/* The same for one statement of n values; *rows where they are wanted, NULL
 * until there are some. */
enum outcome account_run_one(struct accounts *, struct mem *,
    const struct person *, enum db_mode, const char *sql,
    const char *const *values, int n, struct db_result **rows, struct fault *);

/* A statement that writes and returns the accounts that it has found;
 * OUT_ABSENT where there is none. */
enum outcome account_change(struct accounts *, struct mem *,
    const struct person *, const char *sql, const char *const *values, int n,
    struct fault *);

/* A row of one that selects what sql/stmt/account_named.sql does. */
struct account *account_take(struct mem *, const struct db_result *, size_t i);

#endif
