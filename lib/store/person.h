/*
 * person: on whose behalf the database is asked. Sent ahead of every statement,
 * in the same round trip and for just that transaction.
 */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

struct person {
	const char *name; /* ifmatch.person: the account; NULL: nobody known */
	const char *groups; /* ifmatch.groups: "a,b"; or NULL */
	const char *role;   /* a role of the database to be for the
			       transaction, or NULL */
};

#endif
