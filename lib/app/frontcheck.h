/*
 * frontcheck: what the replies to a plan's requests say of the web server in
 * front. The one judge, whoever sent the requests.
 */
#ifndef APP_FRONTCHECK_H
#define APP_FRONTCHECK_H

#include "app/frontplan.h"
#include "view/finding.h"

/* replies[i] is what came back to plan->probes[i]; origin ("http://host:port")
 * and base (a raw path) are those that the requests were sent to. One finding
 * or more on each subject: fine, good to know, or wrong with the lines that
 * help in this server's configuration. Where the program is not reached at all,
 * that and the files that can be fetched are all there is to say. */
struct findings frontcheck_judge(struct mem *, const struct config *,
    const struct front_plan *, const struct front_reply *replies,
    const char *origin, const char *base, enum language);

#endif
