/*
 * password: what is kept of passwords and tokens, and how they are compared.
 */
#ifndef FORMAT_PASSWORD_H
#define FORMAT_PASSWORD_H

#include <stdbool.h>

#include "base/mem.h"

enum {
	PASSWORD_LEAST = 8,  /* characters that a new one must have, in bytes */
	PASSWORD_MOST = 1024 /* bytes */
};

/* What is kept of a password: libsodium's text form of Argon2id. */
char *password_make(struct mem *, const char *password);

/* Whether it is that password; kept NULL: false. Takes the same time for every
 * password, and where nothing is kept. */
bool password_check(const char *kept, const char *password);

/* What is kept of a token, which nobody can guess: 64 hex digits. key: NULL, or
 * what makes the digits useless to others. */
char *password_digest(struct mem *, const char *key, const char *token);

/* Whether two texts are the same, in a time that tells nothing of where they
 * differ. */
bool password_same(struct mem *, const char *, const char *);

#endif
