/*
 * front: what the judges of a web server share: the requests, the replies, and
 * what has been found so far. frontrequest judges what reached the program,
 * frontreply what came back, frontcheck calls them in order.
 */
#ifndef APP_FRONT_H
#define APP_FRONT_H

#include "app/frontadvice.h"
#include "app/frontplan.h"
#include "format/json.h"
#include "view/finding.h"

/* What the program says in a reply; n is 0 where it is no reply of a probe. */
struct front_echo {
	struct json_member *members;
	size_t n;
};

struct front {
	struct mem *mem;
	const struct config *config;
	const struct front_plan *plan;
	const struct front_reply *replies;
	struct front_echo *echoes; /* by probe, as the replies */
	const char *origin, *base; /* where the requests were sent to */
	enum language language;
	enum front_server server;
	struct findings findings;
};

/* Reads the echoes and finds out which server it is; the rest is set. */
void front_open(struct front *);

/* Arguments of a word. */
#define FRONT_ARGS(...) ((const char *const[3]){ __VA_ARGS__ })

/* Adds a finding with the topic's advice for this server. */
void front_add(struct front *, enum finding_level, enum word, enum front_topic,
    const char *const args[3]);

/* Adds one that is fine and needs no arguments. */
void front_fine(struct front *, enum word);

/* What the program says it got as this member; NULL: nothing, or there is no
 * echo. */
const char *front_said(const struct front *, size_t probe, const char *name);

/* Whether the program got the request and its echo came back. */
bool front_echoed(const struct front *, size_t probe);

/* The same, with the status 200. */
bool front_passed(const struct front *, size_t probe);

/* The status of a reply as text, or why there was none. */
const char *front_answer(const struct front *, size_t probe);

#endif
