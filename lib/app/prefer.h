/*
 * prefer: what a program asks of the reply (RFC 7240).
 */
#ifndef APP_PREFER_H
#define APP_PREFER_H

#include "app/call.h"

/* Whether Prefer asks for return=representation; if it names either kind of
 * return, Preference-Applied says which one was given. */
bool prefer_representation(struct call *);

#endif
