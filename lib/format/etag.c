#include "format/etag.h"

#include <string.h>

static const char *
skip_space(const char *at)
{
	return at + strspn(at, " \t");
}

/* etagc of RFC 9110: no quote, no space, no control; obs-text is allowed. */
static bool
is_etagc(char c)
{
	unsigned char u = (unsigned char)c;

	return u == 0x21 || (u >= 0x23 && u != 0x7f);
}

/* The length of opaque without the codings that servers in front append. */
static size_t
without_codings(const char *opaque, size_t len)
{
	static const char *const codings[] = { "-gzip", "-br", "-zstd",
		"-deflate" };
	size_t i = 0;

	while (i < sizeof codings / sizeof *codings) {
		size_t n = strlen(codings[i]);

		if (len > n && memcmp(opaque + len - n, codings[i], n) == 0) {
			len -= n;
			i = 0;
		} else {
			i++;
		}
	}
	return len;
}

static void
fill(struct mem *mem, struct etag *tag, bool weak, const char *at, size_t len)
{
	size_t own = without_codings(at, len);
	const char *dash = memrchr(at, '-', own);
	size_t state = dash == NULL ? own : (size_t)(dash - at);

	tag->weak = weak;
	tag->opaque = mem_copy(mem, at, len);
	tag->state = mem_copy(mem, at, state);
	tag->variant =
	    dash == NULL ? "" : mem_copy(mem, dash + 1, own - state - 1);
}

/* Reads one entity tag and gives what stands behind it, or NULL. */
static const char *
read_tag(struct mem *mem, const char *at, struct etag *tag)
{
	bool weak = at[0] == 'W' && at[1] == '/';
	const char *opaque;

	if (weak)
		at += 2;
	if (*at != '"')
		return NULL;
	opaque = ++at;
	while (is_etagc(*at))
		at++;
	if (*at != '"')
		return NULL;
	fill(mem, tag, weak, opaque, (size_t)(at - opaque));
	return at + 1;
}

static bool
read_list(struct mem *mem, const char *at, struct etag_list *list)
{
	for (;;) {
		at = skip_space(at);
		if (*at != ',' && *at != '\0') {
			list->tags = mem_grow(
			    mem, list->tags, list->n, sizeof *list->tags);
			at = read_tag(mem, at, &list->tags[list->n]);
			if (at == NULL)
				return false;
			list->n++;
			at = skip_space(at);
		}
		if (*at == '\0')
			return list->n > 0;
		if (*at != ',')
			return false;
		at++;
	}
}

bool
etag_list_read(struct mem *mem, const char *value, struct etag_list *list)
{
	const char *at;

	*list = (struct etag_list){ .present = value != NULL };
	if (value == NULL)
		return true;
	at = skip_space(value);
	if (*at == '*' && *skip_space(at + 1) == '\0') {
		list->any = true;
		return true;
	}
	return read_list(mem, at, list);
}

bool
etag_read_loose(struct mem *mem, const char *value, struct etag *tag)
{
	static const char alphanumeric[] = "0123456789"
					   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					   "abcdefghijklmnopqrstuvwxyz";
	size_t len = strspn(value, alphanumeric);
	const char *end;

	if (len > 0 && value[len] == '\0') {
		fill(mem, tag, false, value, len);
		return true;
	}
	end = read_tag(mem, value, tag);
	return end != NULL && *end == '\0';
}

char *
etag_make(struct mem *mem, const char *state, const char *variant)
{
	return mem_printf(mem, "\"%s-%s\"", state, variant);
}
