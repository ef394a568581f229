#include "format/password.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

/* OWASP's least for Argon2id: what small hosts can spare for each login. */
enum {
	PASSES = 2,
	MEMORY = 19456 << 10,
	DIGEST_BYTES = 32,
	DIGEST_DIGITS = 64
};

/* Of a password that nobody has, made with the above. */
static const char nobodys[] =
    "$argon2id$v=19$m=19456,t=2,p=1$bmT1VHotMdOj5BKF40g0GQ$"
    "BcFvv1WsyTevy2YGkT4BbzhyJW1gsHEIk0tHPEataBI";

static void
fail(const char *why)
{
	log_line(LOG_ERROR, "%s", why);
	exit(EXIT_FAILURE);
}

char *
password_make(struct mem *mem, const char *password)
{
	char *kept = mem_alloc(mem, crypto_pwhash_STRBYTES);

	if (sodium_init() < 0)
		fail("no source of random numbers");
	if (crypto_pwhash_argon2id_str(
		kept, password, strlen(password), PASSES, MEMORY) != 0)
		fail("out of memory for a password");
	return kept;
}

bool
password_check(const char *kept, const char *password)
{
	const char *against = kept == NULL ? nobodys : kept;
	bool same;

	if (sodium_init() < 0)
		fail("no source of random numbers");
	same =
	    crypto_pwhash_str_verify(against, password, strlen(password)) == 0;
	return same && kept != NULL;
}

char *
password_digest(struct mem *mem, const char *key, const char *token)
{
	unsigned char digest[DIGEST_BYTES];
	char *hex = mem_alloc(mem, DIGEST_DIGITS + 1);
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, DIGEST_BYTES);
	if (key != NULL)
		crypto_generichash_update(
		    &state, (const unsigned char *)key, strlen(key) + 1);
	crypto_generichash_update(
	    &state, (const unsigned char *)token, strlen(token));
	crypto_generichash_final(&state, digest, DIGEST_BYTES);
	return sodium_bin2hex(hex, DIGEST_DIGITS + 1, digest, DIGEST_BYTES);
}

bool
password_same(struct mem *mem, const char *a, const char *b)
{
	return sodium_memcmp(password_digest(mem, NULL, a),
		   password_digest(mem, NULL, b), DIGEST_DIGITS) == 0;
}
