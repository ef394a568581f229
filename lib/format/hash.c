#include "format/hash.h"

#include <sodium.h>

char *
hash_text(struct mem *mem, const char *text, size_t len)
{
	unsigned char hash[crypto_generichash_BYTES];
	char *hex = mem_alloc(mem, 2 * sizeof hash + 1);

	crypto_generichash(
	    hash, sizeof hash, (const unsigned char *)text, len, NULL, 0);
	return sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
}
