/*
 * ownaccount: the page on which somebody looks after their own account.
 */
#ifndef VIEW_OWNACCOUNT_H
#define VIEW_OWNACCOUNT_H

#include "base/fault.h"
#include "view/layout.h"

/* Forms: _do=password with current, password, again; _do=end; _do=token with
 * label; _do=drop with token. */
struct ownaccount_page {
	const char *name;
	const char *sessions; /* how many there are: a number */
	const struct ownaccount_token {
		const char *id, *label, *made_at;
	} * tokens;
	size_t n;
	const char *label;	   /* typed, or NULL */
	const char *made;	   /* a token that was made just now, or NULL */
	enum word note;		   /* what was done, or WORD_NONE */
	const struct fault *fault; /* or NULL */
};

void ownaccount_page(
    FILE *, struct mem *, const struct site *, const struct ownaccount_page *);

#endif
