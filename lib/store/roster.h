/*
 * roster: accounts in the hands of those who administrate them, and what people
 * keep of their own. Everything is done on behalf of by, whose gate is asked in
 * the same transaction.
 */
#ifndef STORE_ROSTER_H
#define STORE_ROSTER_H

#include "store/account.h"

/* What one account is to be: the groups one by one. */
struct roster_entry {
	const char *name;
	const char *epoch;   /* as it was read; a new one: not used */
	const char *display; /* or NULL */
	bool admin, disabled;
	const char *const *groups;
	size_t n_groups;
};

/* OUT_DONE; OUT_CONFLICT where the name is taken, OUT_INVALID where it, the
 * display name or a group is none (fault->constraint tells). */
enum outcome roster_add(struct accounts *, struct mem *,
    const struct person *by, const struct roster_entry *, struct fault *);

/* OUT_DONE; OUT_STALE where the account has another epoch, *now is how it is;
 * OUT_CONFLICT where nobody would administrate any more; OUT_ABSENT;
 * OUT_INVALID as above. */
enum outcome roster_change(struct accounts *, struct mem *,
    const struct person *by, const struct roster_entry *, struct account **now,
    struct fault *);

/* A link's token, by its hash, that lets the account's person choose a password
 * once, within so many seconds. OUT_DONE; OUT_ABSENT. */
enum outcome roster_invite(struct accounts *, struct mem *,
    const struct person *by, const char *name, const char *hash, long seconds,
    struct fault *);

/* Ends the sessions of an account but one (NULL: all). */
enum outcome roster_end(struct accounts *, struct mem *,
    const struct person *by, const char *name, const char *but, struct fault *);

/* An API token: what its owner knows of it. */
struct roster_token {
	const char *id, *label, *made_at;
};

/* What an account has: its tokens, the latest first, and how many sessions. */
struct roster_holdings {
	struct roster_token *tokens;
	size_t n;
	const char *sessions; /* a number */
};

enum outcome roster_hold(struct accounts *, struct mem *,
    const struct person *by, const char *name, struct roster_holdings *,
    struct fault *);

/* OUT_DONE; OUT_INVALID where the label is none. */
enum outcome roster_token_add(struct accounts *, struct mem *,
    const struct person *by, const char *name, const char *hash,
    const char *label, struct fault *);

/* Also where there is no such token. */
enum outcome roster_token_drop(struct accounts *, struct mem *,
    const struct person *by, const char *name, const char *id, struct fault *);

#endif
