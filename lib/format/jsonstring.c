#include "format/jsonstring.h"

#include <assert.h>
#include <stdint.h>

#include "format/utf8.h"

static uint32_t
hex_digit(char c)
{
	if (c <= '9')
		return (uint32_t)(c - '0');
	return (uint32_t)((c | 0x20) - 'a' + 10);
}

/* The code unit of the \uXXXX at s. */
static uint32_t
code_unit(const char *s)
{
	uint32_t code = 0;

	for (int i = 2; i < 6; i++)
		code = code << 4 | hex_digit(s[i]);
	return code;
}

static bool
is_half(uint32_t code, uint32_t first)
{
	return code >= first && code < first + 0x400;
}

/* Reads the \uXXXX at *at, or the pair of them, and moves behind. */
static uint32_t
unicode_escape(const char **at, enum json_problem *problem)
{
	uint32_t code = code_unit(*at);

	*at += 6;
	if (code == 0)
		*problem = JSON_NUL;
	if (is_half(code, 0xd800) && (*at)[0] == '\\' && (*at)[1] == 'u') {
		uint32_t low = code_unit(*at);

		if (is_half(low, 0xdc00)) {
			*at += 6;
			return 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
		}
	}
	if (is_half(code, 0xd800) || is_half(code, 0xdc00))
		*problem = JSON_SURROGATE;
	return code;
}

static char
simple_escape(char c)
{
	switch (c) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return c;
	}
}

char *
jsonstring_decode(struct mem *mem, struct json_span span, size_t *len,
    struct json_error *error)
{
	const char *at = span.at + 1;
	const char *end = span.at + span.len - 1;
	char *text = mem_alloc(mem, span.len);
	char *to = text;

	assert(span.kind == JSON_STRING);
	*error = (struct json_error){ JSON_FINE, 0 };
	while (at < end) {
		size_t position = (size_t)(at - span.at);
		enum json_problem problem = JSON_FINE;

		if (at[0] != '\\') {
			*to++ = *at++;
		} else if (at[1] != 'u') {
			*to++ = simple_escape(at[1]);
			at += 2;
		} else {
			to += utf8_write(to, unicode_escape(&at, &problem));
		}
		if (problem != JSON_FINE && error->problem == JSON_FINE)
			*error = (struct json_error){ problem, position };
	}
	*len = (size_t)(to - text);
	return text;
}
