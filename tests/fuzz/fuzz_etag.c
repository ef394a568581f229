#include "fuzz.h"

#include "format/etag.h"

/* The tag as it stands in a field value. */
static const char *
written(struct mem *mem, const struct etag *tag)
{
	return mem_printf(mem, "%s\"%s\"", tag->weak ? "W/" : "", tag->opaque);
}

static void
check_tag(struct mem *mem, const char *value, const struct etag *tag)
{
	const char *text = written(mem, tag);
	struct etag_list again;

	/* Never made up, never without its quotes. */
	HOLDS(strstr(value, text) != NULL);
	HOLDS(strncmp(tag->opaque, tag->state, strlen(tag->state)) == 0);
	HOLDS(strstr(tag->opaque, tag->variant) != NULL);
	HOLDS(strchr(tag->variant, '-') == NULL);
	HOLDS(etag_list_read(mem, text, &again));
	HOLDS(again.n == 1 && !again.any);
	HOLDS(again.tags[0].weak == tag->weak);
	HOLDS(strcmp(again.tags[0].opaque, tag->opaque) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	const char *value = mem_copy(mem, (const char *)data, size);
	struct etag_list list;
	struct etag loose;

	if (etag_list_read(mem, value, &list)) {
		HOLDS(list.present);
		HOLDS(list.any == (list.n == 0));
		HOLDS(!list.any || strspn(value, " \t*") == strlen(value));
		for (size_t i = 0; i < list.n; i++)
			check_tag(mem, value, &list.tags[i]);
	}
	if (etag_read_loose(mem, value, &loose))
		HOLDS(strcmp(value, loose.state) == 0 ||
		      strcmp(value, written(mem, &loose)) == 0);
	mem_free(mem);
	return 0;
}
