/*
 * relogin: logging in in place of what was asked for. A form whose sender's
 * login has ended comes back within such a page, and goes on once they have
 * logged in.
 */
#ifndef APP_RELOGIN_H
#define APP_RELOGIN_H

#include "app/call.h"

/* Whether the form that was posted holds a login. */
bool relogin_posted(struct call *);

/* Logs in by it, and takes its fields out of the form. Where the form was made
 * for another person, or has lost a file, call->unconfirmed says why it is not
 * to be carried out. OUT_DONE; OUT_UNAUTHENTICATED, OUT_THROTTLED, OUT_DENIED
 * (from another site), or a fault of the database's. */
enum outcome relogin_here(struct call *);

/* Refuses what somebody has sent whose login has ended: it is not to be carried
 * out in nobody's name. Nor is it in another's, whose login has taken its place
 * in the same browser: call->unconfirmed says so. OUT_DONE;
 * OUT_UNAUTHENTICATED; OUT_DENIED where another site sends it. */
enum outcome relogin_due(struct call *);

/* Whether the refusal in call->fault is one because nobody is known: then it
 * becomes OUT_UNAUTHENTICATED, and is to be answered by relogin_answer, as is
 * OUT_THROTTLED of who logs in by a form. */
bool relogin_helps(struct call *);

/* Answers a refusal with a page on which to log in. False: this is none that
 * such a page answers. */
bool relogin_answer(struct call *);

#endif
