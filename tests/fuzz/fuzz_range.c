#include "fuzz.h"

#include <stdio.h>

#include "format/range.h"

/* The first byte is the length of the representation. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	size_t total = size > 0 ? data[0] : 0;
	const char *value =
	    mem_copy(mem, (const char *)data + (size > 0), size - (size > 0));
	struct range_part part, again;

	if (range_read(value, total, &part) == RANGE_PART) {
		HOLDS(part.len > 0);
		HOLDS(part.first < total);
		HOLDS(part.len <= total - part.first);
		/* the same part by its first and last byte */
		value = mem_printf(mem, "bytes=%zu-%zu", part.first,
		    part.first + part.len - 1);
		HOLDS(range_read(value, total, &again) == RANGE_PART);
		HOLDS(again.first == part.first && again.len == part.len);
	}
	mem_free(mem);
	return 0;
}
