/*
 * known: what programs have shown of themselves within the last minute and was
 * found right, so that a password is not hashed, and a token not looked up, at
 * each request. Kept in this process's memory, under a keyed hash of what was
 * shown; whether the account is still as it was is asked with each statement.
 */
#ifndef APP_KNOWN_H
#define APP_KNOWN_H

#include <time.h>

#include "store/account.h"

struct known;

/* Knows nobody yet; ends with mem. */
struct known *known_new(struct mem *);

/* The account that was found for what was shown, copied to mem; or NULL. */
struct account *known_find(
    struct known *, struct mem *, const char *shown, time_t now);

void known_keep(
    struct known *, const char *shown, const struct account *, time_t now);

void known_forget(struct known *, const char *shown);

#endif
