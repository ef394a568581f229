/*
 * access: who asks, and what they may do: the configuration's word on top of
 * the database's.
 */
#ifndef APP_ACCESS_H
#define APP_ACCESS_H

#include "app/call.h"

/* Finds out who asks: sets call->who, person, display, groups, admin, access.
 * OUT_DENIED where such a person may do nothing at all here. */
enum outcome access_who(struct call *);

/* The second half of that: what such a person may do here. */
enum outcome access_admit(struct call *);

/* Whether a form's token was made here for this person (NULL: nobody), however
 * long ago. token may be NULL. */
bool access_made_for(struct call *, const char *token, const char *person);

/* Refuses a state-changing request that a browser says comes from another site,
 * and a form without either header whose token was not made here for this
 * person (form may be NULL: none was read). */
enum outcome access_origin(struct call *, const char *token);

/* What the call's person may do with a table. */
struct scope *access_scope(struct call *, const struct table *);

/* The value of Allow for the call's resource: what this person may do there. */
const char *access_allow(struct call *);

/* A token for a form shown to this person, or NULL where there is no secret. */
char *access_token(struct call *);

#endif
