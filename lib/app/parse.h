/*
 * parse: one configuration value from its text, by type.
 */
#ifndef APP_PARSE_H
#define APP_PARSE_H

#include <stdbool.h>

#include "base/mem.h"

/* Reads text into *to, whose type each function names. choices: the words of an
 * enum, NULL at the end. line: where the text stands. False: it is no such
 * value. */
typedef bool parse_read(struct mem *, const char *text,
    const char *const *choices, unsigned line, void *to);

parse_read parse_text;	      /* const char *, not empty */
parse_read parse_conninfo;    /* const char *, its "~/" expanded */
parse_read parse_path;	      /* const char *: led by / or ~/, expanded */
parse_read parse_base;	      /* const char *: "/PREFIX", or "" for "/" */
parse_read parse_url;	      /* const char *: "/PATH" of this host */
parse_read parse_secret;      /* const char *, 16 characters or more */
parse_read parse_code;	      /* the same, 8 characters or more */
parse_read parse_choice;      /* an enum: index of the word */
parse_read parse_bool;	      /* bool: on yes true 1, off no false 0 */
parse_read parse_bytes;	      /* size_t: 1K to 64M, with suffix K or M */
parse_read parse_duration;    /* long, milliseconds: ms, s, min, or 0 */
parse_read parse_span;	      /* long, seconds: min, h, d; up to a year */
parse_read parse_count;	      /* int: 1 to 1000 */
parse_read parse_config_text; /* struct config_text, not empty */
parse_read parse_list;	      /* struct config_list */
parse_read parse_people;      /* the same without groups, "*" and "anyone" */
parse_read parse_who;	      /* struct config_list of people, see config.h */

/* A name in '"' (doubled within) at the beginning of text. Returns what follows
 * it; NULL where it is empty or does not end. */
const char *parse_quoted(struct mem *, const char *text, const char **name);

#endif
