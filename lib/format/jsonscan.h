/*
 * jsonscan: the syntax of JSON (RFC 8259), for format/json alone.
 */
#ifndef FORMAT_JSONSCAN_H
#define FORMAT_JSONSCAN_H

#include "format/json.h"

enum {
	JSONSCAN_DEEPEST = 64
};

/* A place in a text that is UTF-8. */
struct jsonscan {
	const char *text;
	size_t len;
	size_t at;
	struct json_error error; /* set by a function that returned false */
};

/* The character at the place, NUL at the end. */
char jsonscan_peek(const struct jsonscan *);

/* Moves behind white space. */
void jsonscan_space(struct jsonscan *);

/* Moves behind the value that begins here; false where there is none, or none
 * that is well-formed in all its depth. */
bool jsonscan_value(struct jsonscan *);

/* In a container that is known to be well-formed: moves from its opening
 * bracket, or from behind a value, to the next member or element. False where
 * the container ends. */
bool jsonscan_next(struct jsonscan *);

#endif
