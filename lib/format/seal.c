#include "format/seal.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum {
	MAC_BYTES = crypto_auth_hmacsha512256_BYTES,
	MAC_SIZE = sodium_base64_ENCODED_LEN(
	    MAC_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
	EXPIRES_MOST = 18, /* digits; more would not fit 64 bits */
	SECRET_BYTES = 32,
	NONCE_BYTES = 16
};

static void
add(crypto_auth_hmacsha512256_state *state, const char *text, size_t len)
{
	crypto_auth_hmacsha512256_update(
	    state, (const unsigned char *)text, len);
}

/* The MAC of the digits of EXPIRES, a line break and the subject. */
static void
sign(const char *secret, const char *expires, size_t expires_len,
    const char *subject, unsigned char mac[MAC_BYTES])
{
	crypto_auth_hmacsha512256_state state;

	assert(*secret != '\0');
	crypto_auth_hmacsha512256_init(
	    &state, (const unsigned char *)secret, strlen(secret));
	add(&state, expires, expires_len);
	add(&state, "\n", 1);
	add(&state, subject, strlen(subject));
	crypto_auth_hmacsha512256_final(&state, mac);
}

char *
seal_make(
    struct mem *mem, const char *secret, const char *subject, time_t expires)
{
	char *digits = mem_printf(mem, "%" PRIdMAX, (intmax_t)expires);
	unsigned char mac[MAC_BYTES];
	char text[MAC_SIZE];

	assert(expires >= 0);
	sign(secret, digits, strlen(digits), subject, mac);
	sodium_bin2base64(text, sizeof text, mac, sizeof mac,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return mem_printf(mem, "%s.%s", digits, text);
}

bool
seal_check(
    const char *secret, const char *subject, const char *token, time_t now)
{
	size_t len = strspn(token, "0123456789");
	unsigned char sent[MAC_BYTES], right[MAC_BYTES];
	intmax_t expires;
	size_t n;

	if (len == 0 || len > EXPIRES_MOST || token[len] != '.')
		return false;
	if (sodium_base642bin(sent, sizeof sent, token + len + 1,
		strlen(token + len + 1), NULL, &n, NULL,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    n != sizeof sent)
		return false;
	sign(secret, token, len, subject, right);
	expires = strtoimax(token, NULL, 10);
	return sodium_memcmp(sent, right, sizeof sent) == 0 && expires > now;
}

char *
seal_pack(struct mem *mem, const char *secret, const char *purpose,
    const char *text, time_t expires)
{
	size_t len = strlen(text);
	size_t size = sodium_base64_encoded_len(
	    len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *coded = mem_alloc(mem, size);

	sodium_bin2base64(coded, size, (const unsigned char *)text, len,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return mem_printf(mem, "%s.%s", coded,
	    seal_make(mem, secret, mem_printf(mem, "%s\n%s", purpose, coded),
		expires));
}

char *
seal_open(struct mem *mem, const char *secret, const char *purpose,
    const char *packed, time_t now)
{
	size_t size = strcspn(packed, "."), len;
	char *coded = mem_copy(mem, packed, size);
	char *text = mem_alloc(mem, size + 1);

	if (packed[size] != '.' ||
	    !seal_check(secret, mem_printf(mem, "%s\n%s", purpose, coded),
		packed + size + 1, now))
		return NULL;
	if (sodium_base642bin((unsigned char *)text, size, coded, size, NULL,
		&len, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return NULL;
	text[len] = '\0';
	return text;
}

/* Random bytes, no more than a secret has, as hex digits. */
static char *
random_hex(struct mem *mem, size_t n)
{
	unsigned char bytes[SECRET_BYTES];
	char *hex = mem_alloc(mem, 2 * n + 1);

	assert(n <= sizeof bytes);
	if (sodium_init() < 0) {
		log_line(LOG_ERROR, "no source of random numbers");
		exit(EXIT_FAILURE);
	}
	randombytes_buf(bytes, n);
	return sodium_bin2hex(hex, 2 * n + 1, bytes, n);
}

char *
seal_secret(struct mem *mem)
{
	return random_hex(mem, SECRET_BYTES);
}

char *
seal_nonce(struct mem *mem)
{
	return random_hex(mem, NONCE_BYTES);
}
