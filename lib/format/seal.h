/*
 * seal: values that we hand out and want back unchanged, signed with the site's
 * secret (libsodium's crypto_auth, HMAC-SHA512-256), not encrypted.
 */
#ifndef FORMAT_SEAL_H
#define FORMAT_SEAL_H

#include <stdbool.h>
#include <time.h>

#include "base/mem.h"

/* "EXPIRES.MAC" in letters, digits, '.', '-', '_': valid for this subject (who
 * and what for, say "form\nanna") until the time given. */
char *seal_make(
    struct mem *, const char *secret, const char *subject, time_t expires);

/* Whether the token was made by seal_make for this subject with this secret and
 * has not expired. Compares in constant time. */
bool seal_check(
    const char *secret, const char *subject, const char *token, time_t now);

/* A value that travels with its own seal, as a cookie does: a text, not empty,
 * for a purpose, good until expires. Letters, digits, '-', '_' and '.'. */
char *seal_pack(struct mem *, const char *secret, const char *purpose,
    const char *text, time_t expires);

/* The text that seal_pack was given. NULL: it was not made with this secret for
 * this purpose, or has expired. */
char *seal_open(struct mem *, const char *secret, const char *purpose,
    const char *packed, time_t now);

/* A new secret: 64 hex digits at random. */
char *seal_secret(struct mem *);

/* A name that nobody has had or can guess: 128 bits at random as 32 lower-case
 * hex digits. */
char *seal_nonce(struct mem *);

#endif
