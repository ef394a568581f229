/*
 * value: one configuration value from its text, by type.
 */
#ifndef APP_VALUE_H
#define APP_VALUE_H

#include <stdbool.h>

#include "base/mem.h"

/* Reads text into *to, whose type each function names. choices: the words of an
 * enum, NULL at the end. line: where the text stands. False: it is no such
 * value. */
typedef bool value_read(struct mem *, const char *text,
    const char *const *choices, unsigned line, void *to);

value_read value_text;	      /* const char *, not empty */
value_read value_conninfo;    /* const char *, its "~/" expanded */
value_read value_base;	      /* const char *: "/PREFIX", or "" for "/" */
value_read value_secret;      /* const char *, 16 characters or more */
value_read value_choice;      /* an enum: index of the word */
value_read value_bool;	      /* bool: on yes true 1, off no false 0 */
value_read value_bytes;	      /* size_t: 1K to 64M, with suffix K or M */
value_read value_duration;    /* long, milliseconds: ms, s, min, or 0 */
value_read value_count;	      /* int: 1 to 1000 */
value_read value_config_text; /* struct config_text, not empty */
value_read value_list;	      /* struct config_list */

/* A name in '"' (doubled within) at the beginning of text. Returns what follows
 * it; NULL where it is empty or does not end. */
const char *value_quoted(struct mem *, const char *text, const char **name);

#endif
