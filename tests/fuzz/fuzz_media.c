#include "fuzz.h"

#include "format/media.h"

static const char *const offered[] = { "application/json", "text/html",
	"text/csv" };

static void
check_accept(const char *accept)
{
	int chosen = media_choose(accept, offered, 3);
	int best = 0;

	for (int i = 0; i < 3; i++) {
		int quality = media_quality(accept, offered[i]);

		HOLDS(quality >= 0 && quality <= 1000);
		if (quality > best)
			best = quality;
	}
	HOLDS((chosen < 0) == (best == 0));
	HOLDS(chosen < 0 || media_quality(accept, offered[chosen]) == best);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	const char *value = mem_copy(mem, (const char *)data, size);
	const char *type = media_type(mem, value);

	check_accept(value);
	/* A type that was read accepts itself, and is read the same again. */
	HOLDS(strcmp(media_type(mem, type), type) == 0);
	if (*type != '\0' && strchr(type, '*') == NULL) {
		HOLDS(media_quality(type, type) == 1000);
		HOLDS(strpbrk(type, " \t;,\"") == NULL);
	}
	media_parameter(mem, value, "boundary");
	mem_free(mem);
	return 0;
}
