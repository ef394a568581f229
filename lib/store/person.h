/*
 * person: on whose behalf the database is asked. Plain data, sent ahead of
 * every statement, in the same round trip and for just that transaction.
 */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

#include <stdbool.h>

/* What has to be so yet for somebody to count as who they say they are. It is
 * asked ahead of everything else: where it is so no more, the pipeline is
 * undone and OUT_UNAUTHENTICATED. store/account fills it. */
struct gate {
	const char *sql;   /* fails unless what $1 names is still at epoch $2 */
	const char *what;  /* a session, an account, an API token */
	const char *epoch; /* of the account, when it was read */
	bool passed;	   /* set by store/db when it was so, and with it: */
	const char *latest; /* epoch of the account that changed last */
};

struct person {
	const char *name; /* ifmatch.person: the account; NULL: nobody known */
	const char *groups; /* ifmatch.groups: "a,b"; or NULL */
	const char *role;   /* a role of the database to be for the
			       transaction, or NULL */
	struct gate *gate;  /* or NULL: nothing to ask */
};

#endif
