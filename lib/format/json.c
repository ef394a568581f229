#include "format/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "format/jsonscan.h"
#include "format/jsonstring.h"
#include "format/utf8.h"

/* Where a member's name stands, to find the names that come twice. */
struct place {
	const char *name;
	size_t position;
};

/* The kind of a well-formed value, by its first character. */
static enum json_kind
kind_of(char c)
{
	switch (c) {
	case 'n':
		return JSON_NULL;
	case 'f':
		return JSON_FALSE;
	case 't':
		return JSON_TRUE;
	case '"':
		return JSON_STRING;
	case '[':
		return JSON_ARRAY;
	case '{':
		return JSON_OBJECT;
	default:
		return JSON_NUMBER;
	}
}

/* What the scanner passes from here to behind the value. */
static struct json_span
take_value(struct jsonscan *scan)
{
	size_t begin = scan->at;
	bool fine = jsonscan_value(scan);

	assert(fine);
	(void)fine;
	return (struct json_span){ kind_of(scan->text[begin]),
		scan->text + begin, scan->at - begin };
}

static struct jsonscan
scan_of(struct json_span span)
{
	return (struct jsonscan){ .text = span.at, .len = span.len };
}

static bool
fail(struct json_error *error, enum json_problem problem, size_t position)
{
	*error = (struct json_error){ problem, position };
	return false;
}

bool
json_read(const char *text, size_t len, struct json_span *span,
    struct json_error *error)
{
	struct jsonscan scan = { .text = text, .len = len };
	size_t good = utf8_prefix(text, len);
	size_t begin;

	if (good < len)
		return fail(
		    error, text[good] == '\0' ? JSON_NUL : JSON_UTF8, good);
	jsonscan_space(&scan);
	begin = scan.at;
	if (!jsonscan_value(&scan)) {
		*error = scan.error;
		return false;
	}
	*span = (struct json_span){ kind_of(text[begin]), text + begin,
		scan.at - begin };
	jsonscan_space(&scan);
	if (scan.at < len)
		return fail(error, JSON_SYNTAX, scan.at);
	*error = (struct json_error){ JSON_FINE, 0 };
	return true;
}

static int
compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	if (order != 0)
		return order;
	return a->position < b->position ? -1 : 1;
}

/* Looks for the first name that has been there before. */
static bool
no_duplicates(struct place *places, size_t n, struct json_error *error)
{
	*error = (struct json_error){ JSON_FINE, 0 };
	if (n > 1)
		qsort(places, n, sizeof *places, compare_places);
	for (size_t i = 1; i < n; i++) {
		if (strcmp(places[i - 1].name, places[i].name) != 0)
			continue;
		if (error->problem == JSON_FINE ||
		    places[i].position < error->position)
			fail(error, JSON_DUPLICATE, places[i].position);
	}
	return error->problem == JSON_FINE;
}

bool
json_members(struct mem *mem, struct json_span object,
    struct json_member **members, size_t *n, struct json_error *error)
{
	struct jsonscan scan = scan_of(object);
	struct place *places = NULL;

	assert(object.kind == JSON_OBJECT);
	*members = NULL;
	*n = 0;
	while (jsonscan_next(&scan)) {
		size_t position = scan.at;
		struct json_member *member;
		size_t len;

		places = mem_grow(mem, places, *n, sizeof *places);
		*members = mem_grow(mem, *members, *n, sizeof **members);
		member = &(*members)[*n];
		member->name =
		    jsonstring_decode(mem, take_value(&scan), &len, error);
		if (error->problem != JSON_FINE) {
			error->position += position;
			return false;
		}
		jsonscan_space(&scan);
		scan.at++;
		jsonscan_space(&scan);
		member->value = take_value(&scan);
		places[(*n)++] = (struct place){ member->name, position };
	}
	return no_duplicates(places, *n, error);
}

const struct json_member *
json_member(const struct json_member *members, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(members[i].name, name) == 0)
			return &members[i];
	return NULL;
}

void
json_elements(struct mem *mem, struct json_span array,
    struct json_span **elements, size_t *n)
{
	struct jsonscan scan = scan_of(array);

	assert(array.kind == JSON_ARRAY);
	*elements = NULL;
	*n = 0;
	while (jsonscan_next(&scan)) {
		*elements = mem_grow(mem, *elements, *n, sizeof **elements);
		(*elements)[(*n)++] = take_value(&scan);
	}
}

static bool
strict_part(struct mem *mem, struct json_span whole, struct json_span part,
    struct json_error *error)
{
	if (json_strict(mem, part, error))
		return true;
	error->position += (size_t)(part.at - whole.at);
	return false;
}

static bool
strict_object(
    struct mem *mem, struct json_span object, struct json_error *error)
{
	struct json_member *members;
	size_t n;

	if (!json_members(mem, object, &members, &n, error))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!strict_part(mem, object, members[i].value, error))
			return false;
	return true;
}

static bool
strict_array(struct mem *mem, struct json_span array, struct json_error *error)
{
	struct json_span *elements;
	size_t n;

	json_elements(mem, array, &elements, &n);
	for (size_t i = 0; i < n; i++)
		if (!strict_part(mem, array, elements[i], error))
			return false;
	return true;
}

bool
json_strict(struct mem *mem, struct json_span span, struct json_error *error)
{
	size_t len;

	*error = (struct json_error){ JSON_FINE, 0 };
	if (span.kind == JSON_OBJECT)
		return strict_object(mem, span, error);
	if (span.kind == JSON_ARRAY)
		return strict_array(mem, span, error);
	if (span.kind == JSON_STRING && memchr(span.at, '\\', span.len) != NULL)
		jsonstring_decode(mem, span, &len, error);
	return error->problem == JSON_FINE;
}

char *
json_decode(struct mem *mem, struct json_span string)
{
	struct json_error error;
	size_t len;
	char *text = jsonstring_decode(mem, string, &len, &error);

	return error.problem == JSON_FINE ? text : NULL;
}

/* The next token: punctuation, or a scalar. */
static struct json_span
take_token(struct jsonscan *scan)
{
	char c;

	jsonscan_space(scan);
	c = jsonscan_peek(scan);
	if (c == '\0' || strchr("[]{},:", c) == NULL)
		return take_value(scan);
	scan->at++;
	return (struct json_span){ kind_of(c), scan->text + scan->at - 1, 1 };
}

static bool
same_token(struct mem *mem, struct json_span a, struct json_span b)
{
	struct json_error error;
	size_t a_len, b_len;
	const char *a_text, *b_text;

	if (a.len == b.len && memcmp(a.at, b.at, a.len) == 0)
		return true;
	if (a.kind != JSON_STRING || b.kind != JSON_STRING)
		return false;
	a_text = jsonstring_decode(mem, a, &a_len, &error);
	b_text = jsonstring_decode(mem, b, &b_len, &error);
	return a_len == b_len && memcmp(a_text, b_text, a_len) == 0;
}

bool
json_same(struct mem *mem, struct json_span a, struct json_span b)
{
	struct jsonscan left = scan_of(a), right = scan_of(b);

	while (left.at < left.len && right.at < right.len)
		if (!same_token(mem, take_token(&left), take_token(&right)))
			return false;
	return left.at == left.len && right.at == right.len;
}

void
json_write_string(FILE *out, const char *text, size_t len)
{
	static const char *const escapes[256] = {
		['\b'] = "\\b",
		['\f'] = "\\f",
		['\n'] = "\\n",
		['\r'] = "\\r",
		['\t'] = "\\t",
		['"'] = "\\\"",
		['\\'] = "\\\\",
	};

	putc('"', out);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (escapes[c] != NULL)
			fputs(escapes[c], out);
		else if (c < 0x20)
			fprintf(out, "\\u%04x", (unsigned)c);
		else
			putc(c, out);
	}
	putc('"', out);
}

void
json_write_text(FILE *out, const char *text)
{
	if (text == NULL)
		fputs("null", out);
	else
		json_write_string(out, text, strlen(text));
}
