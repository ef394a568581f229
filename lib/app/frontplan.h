/*
 * frontplan: the requests that tell what a web server does to requests and
 * replies, and the replies to them. Who sends them, curl or a browser's script,
 * is others' concern; frontcheck judges what came back.
 */
#ifndef APP_FRONTPLAN_H
#define APP_FRONTPLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "app/config.h"

/* The requests that every plan begins with. */
enum front_id {
	FRONT_REACH, /* a plain GET */
	FRONT_AGAIN, /* the same once more */
	FRONT_CODED, /* the same, compressed */
	FRONT_HEAD,
	FRONT_POST,
	FRONT_PUT,
	FRONT_PATCH,
	FRONT_DELETE,
	FRONT_OPTIONS,
	FRONT_MATCH, /* GET with conditions that only the program may judge */
	FRONT_NONE_MATCH,
	FRONT_NONE_MATCH_GZIP, /* with what compression makes of the tag */
	FRONT_NONE_MATCH_BR,
	FRONT_MODIFIED,
	FRONT_UNMODIFIED,
	FRONT_RANGE,
	FRONT_UNCHANGED, /* answered by 304 */
	FRONT_ABSENT,	 /* by 404 */
	FRONT_STALE,	 /* PUT, by 412 */
	FRONT_BROKEN,	 /* by 500 */
	FRONT_BEARER,	 /* Authorization: Bearer */
	FRONT_BASIC,	 /* Authorization: Basic, with a name that nobody has */
	FRONT_SLASH,	 /* %2F in the path */
	FRONT_TWIN,	 /* If_Match for If-Match */
	FRONT__MAX
};

/* The name that FRONT_BASIC claims. */
#define FRONT_NOBODY "probe-nobody"

struct front_field {
	const char *name, *value;
};

struct front_probe {
	const char *method;
	const char *path;	    /* raw, from the server's root on */
	struct front_field *fields; /* of the request */
	size_t n_fields;
	size_t size; /* of the body, zeros; 0: none */
	bool coded;  /* the reply may be compressed */
	bool bare;   /* without the password or cookie of who asks */
};

/* By enum front_id; then n_bodies PUTs of growing size; then n_files GETs of
 * what nobody should get. */
struct front_plan {
	struct front_probe *probes;
	size_t n;
	size_t n_bodies, n_files;
};

struct front_reply {
	int status;	    /* 0: there was none */
	const char *tag;    /* ETag, or NULL */
	const char *coding; /* Content-Encoding, or NULL */
	const char *body;   /* its beginning; of no reply: why, or "" */
};

/* The plan for a site whose URLs begin with base (a raw path without a slash at
 * its end), with a token of probe_token. */
struct front_plan *frontplan_make(
    struct mem *, const struct config *, const char *base, const char *token);

/* The plan as a JSON array of {"method","path","fields":{},"size","bare"}. */
void frontplan_json(FILE *, const struct front_plan *);

/* Reads {"origin":"http://host","replies":[{"status","tag","coding","body"}]},
 * one for each of the plan's requests in their order. NULL: it is not that. */
struct front_reply *frontplan_replies(struct mem *, const struct front_plan *,
    const char *json, size_t len, const char **origin);

#endif
