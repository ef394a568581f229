#include "format/uri.h"

#include <string.h>
#include <strings.h>

#include "format/utf8.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
uri_unescape(struct mem *mem, const char *s, size_t len, bool plus, char **text,
    size_t *n)
{
	char *to = mem_alloc(mem, len + 1);
	size_t i = 0;

	*text = to;
	while (i < len) {
		if (s[i] == '%') {
			int high = len - i > 2 ? hex_digit(s[i + 1]) : -1;
			int low = len - i > 2 ? hex_digit(s[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			*to++ = (char)(high << 4 | low);
			i += 3;
		} else {
			*to++ = plus && s[i] == '+' ? ' ' : s[i];
			i++;
		}
	}
	*n = (size_t)(to - *text);
	return true;
}

bool
uri_utf8(const char *s, size_t len)
{
	return utf8_prefix(s, len) == len;
}

char *
uri_decode(struct mem *mem, const char *s, size_t len, bool plus)
{
	char *text;
	size_t n;

	if (!uri_unescape(mem, s, len, plus, &text, &n) || !uri_utf8(text, n))
		return NULL;
	return text;
}

/* Where the path begins: behind the "scheme://host" of an absolute form. NULL
 * where the target is neither that nor a path. */
static const char *
skip_authority(const char *target)
{
	static const char scheme[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz"
				     "0123456789+-.";
	size_t len = strspn(target, scheme);

	if (*target == '/')
		return target;
	if (len == 0 || strncmp(target + len, "://", 3) != 0)
		return NULL;
	target += len + 3;
	return target + strcspn(target, "/?");
}

static bool
read_pair(struct mem *mem, const char *at, size_t len, struct uri_pair *pair)
{
	const char *equals = memchr(at, '=', len);
	size_t name = equals == NULL ? len : (size_t)(equals - at);

	pair->name = uri_decode(mem, at, name, true);
	pair->value = NULL;
	pair->raw = NULL;
	if (equals == NULL)
		return pair->name != NULL;
	pair->value = uri_decode(mem, equals + 1, len - name - 1, true);
	pair->raw = mem_copy(mem, equals + 1, len - name - 1);
	return pair->name != NULL && pair->value != NULL;
}

static bool
read_query(struct mem *mem, const char *query, struct uri *uri)
{
	while (*query != '\0') {
		size_t len = strcspn(query, "&");

		if (len > 0) {
			uri->pairs = mem_grow(
			    mem, uri->pairs, uri->n_pairs, sizeof *uri->pairs);
			if (!read_pair(
				mem, query, len, &uri->pairs[uri->n_pairs]))
				return false;
			uri->n_pairs++;
		}
		query += len;
		if (*query == '&')
			query++;
	}
	return true;
}

bool
uri_read(struct mem *mem, const char *target, struct uri *uri)
{
	const char *path = skip_authority(target);
	size_t len;

	*uri = (struct uri){ .path = "/" };
	if (path == NULL)
		return false;
	len = strcspn(path, "?");
	if (len > 0)
		uri->path = mem_copy(mem, path, len);
	return path[len] == '\0' || read_query(mem, path + len + 1, uri);
}

bool
uri_segments(
    struct mem *mem, const char *raw, const char *const **segments, size_t *n)
{
	const char **list = NULL;

	*segments = NULL;
	*n = 0;
	while (*raw != '\0') {
		size_t len;
		const char *segment;

		if (*raw++ != '/')
			return false;
		if (*raw == '\0')
			break;
		len = strcspn(raw, "/");
		segment = uri_decode(mem, raw, len, false);
		if (segment == NULL || *segment == '\0' ||
		    strcmp(segment, ".") == 0 || strcmp(segment, "..") == 0)
			return false;
		list = mem_grow(mem, list, *n, sizeof *list);
		list[(*n)++] = segment;
		raw += len;
	}
	*segments = list;
	return true;
}

const char *
uri_query(const struct uri *uri, const char *name)
{
	for (size_t i = 0; i < uri->n_pairs; i++)
		if (strcmp(uri->pairs[i].name, name) == 0)
			return uri->pairs[i].value == NULL
				   ? ""
				   : uri->pairs[i].value;
	return NULL;
}

const char *const *
uri_key_split(struct mem *mem, const char *raw, size_t *n)
{
	const char **parts = NULL;

	*n = 0;
	for (;;) {
		size_t len = strcspn(raw, ",");

		parts = mem_grow(mem, parts, *n, sizeof *parts);
		parts[*n] = uri_decode(mem, raw, len, false);
		if (parts[(*n)++] == NULL)
			return NULL;
		if (raw[len] == '\0')
			return parts;
		raw += len + 1;
	}
}

void
uri_write(FILE *out, const char *s)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					 "abcdefghijklmnopqrstuvwxyz"
					 "0123456789-._~";

	for (; *s != '\0'; s++)
		if (strchr(unreserved, *s) != NULL)
			putc(*s, out);
		else
			fprintf(out, "%%%02X", (unsigned)(unsigned char)*s);
}

static bool
part_in_path(const char *part)
{
	if (*part == '\0' || strcmp(part, ".") == 0 || strcmp(part, "..") == 0)
		return false;
	for (; *part != '\0'; part++) {
		unsigned char c = (unsigned char)*part;

		if (c < 0x20 || c == 0x7f || c == '/' || c == '\\')
			return false;
	}
	return true;
}

bool
uri_key_in_path(const char *const *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!part_in_path(parts[i]))
			return false;
	return true;
}

/* Whether a segment is "." or "..", encoded or not. */
static bool
is_dots(const char *segment, size_t len)
{
	size_t dots = 0;

	while (len > 0) {
		size_t n = *segment == '.' ? 1 : 3;

		if (n > len || (n == 3 && strncasecmp(segment, "%2e", 3) != 0))
			return false;
		segment += n;
		len -= n;
		dots++;
	}
	return dots == 1 || dots == 2;
}

/* How long what parts segments is: servers decode it before they look. */
static size_t
separator(const char *path)
{
	if (strncasecmp(path, "%2f", 3) == 0 ||
	    strncasecmp(path, "%5c", 3) == 0)
		return 3;
	return *path == '/';
}

static bool
has_dots(const char *path)
{
	for (size_t len; *path != '\0' && *path != '?'; path += len) {
		path += separator(path);
		for (len = 0; path[len] != '\0' && path[len] != '?' &&
			      separator(path + len) == 0;
		     len++)
			;
		if (is_dots(path, len))
			return true;
	}
	return false;
}

bool
uri_within(const char *base, const char *target)
{
	size_t len = strlen(base);

	for (const char *c = target; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || *c == '\\' || *c == '#')
			return false;
	if (strncmp(target, base, len) != 0 || target[0] != '/' ||
	    target[1] == '/')
		return false;
	return (target[len] == '/' || target[len] == '?' ||
		   target[len] == '\0') &&
	       !has_dots(target);
}
