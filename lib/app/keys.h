/*
 * keys: the one table of configuration keys: what they are called, how they are
 * read, where their values go, and what the sample says of them.
 */
#ifndef APP_KEYS_H
#define APP_KEYS_H

#include "app/parse.h"
#include "app/setting.h"

struct key {
	const char *name; /* ends in a dot: a name follows, and its value is
			     one of a struct config_names */
	enum setting_where where;
	parse_read *read;
	size_t offset;
	const char *const *choices; /* of an enum, NULL at the end */
	const char *fallback;	    /* NULL: no value */
	const char *example;	    /* shown where there is no fallback */
	const char *expected;
	const char *help;
	size_t line_offset; /* of a line number beside the value, or 0 */
	bool secret;
};

/* The site's keys come first, in the sample's order. */
extern const struct key keys[];
extern const size_t keys_n;

#endif
