#include "format/hash.h"

#include <assert.h>
#include <sodium.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

struct running {
	struct hash hash; /* first: a struct hash is one of these */
	struct mem *mem;
	crypto_generichash_state state;
};

static char *
digits(struct mem *mem, const unsigned char *hash)
{
	size_t size = 2 * crypto_generichash_BYTES + 1;

	return sodium_bin2hex(
	    mem_alloc(mem, size), size, hash, crypto_generichash_BYTES);
}

char *
hash_text(struct mem *mem, const char *text, size_t len)
{
	unsigned char hash[crypto_generichash_BYTES];

	crypto_generichash(
	    hash, sizeof hash, (const unsigned char *)text, len, NULL, 0);
	return digits(mem, hash);
}

static ssize_t
take(void *cookie, const char *bytes, size_t n)
{
	struct running *running = cookie;

	crypto_generichash_update(
	    &running->state, (const unsigned char *)bytes, n);
	return (ssize_t)n;
}

static void
release(void *handle)
{
	struct running *running = handle;

	if (running->hash.out)
		fclose(running->hash.out);
}

/* The library's state is aligned more than an arena's pieces are. */
static struct running *
make(struct mem *mem)
{
	uintptr_t at = (uintptr_t)mem_alloc(
	    mem, sizeof(struct running) + alignof(struct running));

	at += alignof(struct running) - at % alignof(struct running);
	return (struct running *)at;
}

struct hash *
hash_open(struct mem *mem)
{
	static const cookie_io_functions_t functions = { .write = take };
	struct running *running = make(mem);

	running->mem = mem;
	crypto_generichash_init(
	    &running->state, NULL, 0, crypto_generichash_BYTES);
	running->hash.out = fopencookie(running, "w", functions);
	if (!running->hash.out)
		abort();
	mem_release(mem, release, running);
	return &running->hash;
}

char *
hash_end(struct hash *hash)
{
	struct running *running = (struct running *)hash;
	unsigned char sum[crypto_generichash_BYTES];

	assert(hash->out);
	fclose(hash->out);
	hash->out = NULL;
	crypto_generichash_final(&running->state, sum, sizeof sum);
	return digits(running->mem, sum);
}
