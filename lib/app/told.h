/*
 * told: what a person is told on the page that they land on after a save that
 * was merged with somebody else's: it travels in that page's address, signed.
 */
#ifndef APP_TOLD_H
#define APP_TOLD_H

#include "app/call.h"
#include "view/contest.h"
#include "view/form.h"

/* The address of a row's page with what came from the other side, as the
 * contests have it, and who saved that row before, and when. */
char *told_url(struct call *, const char *url, const struct contest *,
    const struct row *before);

/* What the request's address tells, or NULL. Who and when only where it is
 * signed by this site for this person, and not older than a day. */
const struct form_merged *told_read(struct call *);

#endif
