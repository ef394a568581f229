/*
 * setting: reads configuration keys and prints the documented sample, by the
 * table in keys.
 */
#ifndef APP_SETTING_H
#define APP_SETTING_H

#include "app/config.h"

enum setting_where {
	SETTING_SITE, /* target is a struct config */
	SETTING_TABLE /* target is a struct config_table */
};

/* Which keys a section has given already, by their place in the table. */
struct setting_seen {
	unsigned lines[96];
};

/* Gives every key of a new target its default. */
void setting_begin(struct mem *, enum setting_where, void *target);

/* Sets a key. NULL, or what is wrong and what was expected: a key that there is
 * not, one given twice, a bad value. Secret values are not repeated. */
const char *setting_apply(struct mem *, enum setting_where, void *target,
    const char *key, const char *value, unsigned line, struct setting_seen *);

/* Prints the documented sample with this secret. */
void setting_sample(FILE *, const char *secret);

#endif
