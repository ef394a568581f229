/*
 * session: who somebody is by our own accounts: the cookie of a login, or what
 * a program shows in Authorization. Only where config->accounts is on.
 */
#ifndef APP_SESSION_H
#define APP_SESSION_H

#include "app/call.h"

/* Finds out who asks by what the request shows: sets call->who with its gate,
 * person, display, groups, admin, session. OUT_DONE, also for nobody: a cookie
 * that is forged, expired or of another site is none. OUT_UNAUTHENTICATED where
 * Authorization is wrong, OUT_THROTTLED, or a fault of the database's. */
enum outcome session_who(struct call *);

/* Begins a session: the person is this account's from now on, and the reply
 * sets the cookie. That of the cookie that came ends. */
enum outcome session_begin(struct call *, const struct account *);

/* Ends the call's session, where it has one, and takes back its cookie. */
enum outcome session_end(struct call *);

/* After the gate has refused: reads the account anew. OUT_DONE where it has
 * only changed, so that the request can be served again; else nobody is known
 * any more, and OUT_UNAUTHENTICATED or a fault of the database's. */
enum outcome session_again(struct call *);

/* Asks the gate, where nothing that the call has run has passed it yet. */
enum outcome session_prove(struct call *);

/* Nobody is known. */
void session_nobody(struct call *);

/* Sends the cookie again where it is a while old, so that a login that is used
 * stays. */
void session_renew(struct call *);

/* The fields that a reply with 401 has to have. */
void session_challenge(struct call *);

#endif
