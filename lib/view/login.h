/*
 * login: the pages on which people say who they are.
 */
#ifndef VIEW_LOGIN_H
#define VIEW_LOGIN_H

#include "base/fault.h"
#include "format/form.h"
#include "view/layout.h"

enum login_mode {
	LOGIN_ASK,     /* name and password */
	LOGIN_FIRST,   /* the first account: the setup code, too */
	LOGIN_INVITED, /* a new password, by a one-time link */
	LOGIN_OPEN,    /* refused: the connection is not private */
	LOGIN_END      /* asks whether to log out */
};

struct login_page {
	enum login_mode mode;
	const char *action;	   /* where it posts to, base included */
	const char *next;	   /* where to then, base included; or NULL */
	const char *name;	   /* as typed, or whose link it is; or NULL */
	const char *account;	   /* LOGIN_INVITED: to log in with later */
	const char *token;	   /* travels as _login_token */
	const char *invitation;	   /* LOGIN_INVITED: the link's token */
	const struct fault *fault; /* what was refused, or NULL */
	const struct form *kept;   /* fields to come along, or NULL */
	const char *lost;	   /* the name of a file that cannot, or NULL */
};

/* Fields of its own: _login, _password, _again, _code, _next, _login_token,
 * _invitation, _files. What is kept of another form travels beside them. */
void login_page(
    FILE *, struct mem *, const struct site *, const struct login_page *);

#endif
