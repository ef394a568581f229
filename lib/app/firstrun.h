/*
 * firstrun: what a site answers that has no configuration, or one that cannot
 * be used: what to do next. It tells neither paths nor anything of the file but
 * its name and the number of a line; the rest is for the log.
 */
#ifndef APP_FIRSTRUN_H
#define APP_FIRSTRUN_H

#include "app/config.h"
#include "web/request.h"
#include "web/response.h"

enum {
	FIRSTRUN_BODY = 1 << 16 /* bytes that are enough for it */
};

struct firstrun {
	enum config_result why;
	const char *message; /* for the log */
	const char *name;    /* of the file, without its folder */
	unsigned line;	     /* where it is wrong, or 0 */
};

/* A gateway_serve whose context is a struct firstrun: 503, a page for browsers,
 * a sentence for others; the page's stylesheet and script with 200. A process
 * that stays is then asked to end. */
void firstrun_serve(void *context, struct request *, struct response *);

#endif
