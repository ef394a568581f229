#include "fuzz.h"

#include "format/uri.h"

static const char *
encoded(struct mem *mem, const char *text)
{
	struct text *out = mem_text_open(mem);

	uri_write(out->out, text);
	return mem_text(out);
}

/* What is written is read back, in every place where it can stand. */
static void
check_text(struct mem *mem, const char *text)
{
	const char *raw = encoded(mem, text);
	const char *const *parts;
	size_t n;

	HOLDS(uri_utf8(text, strlen(text)));
	HOLDS(strcmp(uri_decode(mem, raw, strlen(raw), false), text) == 0);
	HOLDS(strcmp(uri_decode(mem, raw, strlen(raw), true), text) == 0);
	parts = uri_key_split(mem, raw, &n);
	HOLDS(parts != NULL && n == 1 && strcmp(parts[0], text) == 0);
	if (uri_key_in_path(parts, n)) {
		HOLDS(
		    uri_segments(mem, mem_printf(mem, "/%s", raw), &parts, &n));
		HOLDS(n == 1 && strcmp(parts[0], text) == 0);
	}
}

static void
check_segments(struct mem *mem, const char *path)
{
	const char *const *segments;
	struct text *again = mem_text_open(mem);
	size_t n, n_again;

	if (!uri_segments(mem, path, &segments, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		check_text(mem, segments[i]);
		putc('/', again->out);
		uri_write(again->out, segments[i]);
	}
	HOLDS(uri_segments(mem, mem_text(again), &segments, &n_again));
	HOLDS(n == n_again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	const char *target = mem_copy(mem, (const char *)data, size);
	const char *const *parts;
	struct uri uri;
	size_t n;

	if (uri_read(mem, target, &uri)) {
		HOLDS(uri.path[0] == '/');
		HOLDS(strchr(uri.path, '?') == NULL);
		check_segments(mem, uri.path);
		for (size_t i = 0; i < uri.n_pairs; i++) {
			const struct uri_pair *pair = &uri.pairs[i];

			check_text(mem, pair->name);
			HOLDS(uri_query(&uri, pair->name) != NULL);
			HOLDS((pair->value == NULL) == (pair->raw == NULL));
			if (pair->value != NULL)
				check_text(mem, pair->value);
		}
	}
	parts = uri_key_split(mem, target, &n);
	for (size_t i = 0; parts != NULL && i < n; i++)
		check_text(mem, parts[i]);
	mem_free(mem);
	return 0;
}
