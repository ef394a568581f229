/*
 * json: a tokenizer of names and raw spans (RFC 8259), and the writing of JSON.
 *
 * It never converts a value: a number stays the characters that were sent, so
 * that numeric and bigint survive exactly; PostgreSQL does the casting. No
 * tree is built: an object or array is opened one level at a time.
 */
#ifndef FORMAT_JSON_H
#define FORMAT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

enum json_kind {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

/* A value as it stands in the text: no white space around it. */
struct json_span {
	enum json_kind kind;
	const char *at; /* not NUL-terminated */
	size_t len;
};

struct json_member {
	const char *name; /* decoded, NUL-terminated */
	struct json_span value;
};

enum json_problem {
	JSON_FINE,
	JSON_SYNTAX,	/* not JSON */
	JSON_UTF8,	/* invalid UTF-8, overlong forms and surrogates too */
	JSON_NUL,	/* a NUL byte, or \u0000 in a name or a strict value */
	JSON_SURROGATE, /* half of a surrogate pair, escaped */
	JSON_DUPLICATE, /* a member twice in one object */
	JSON_DEEP	/* nested more than 64 levels */
};

struct json_error {
	enum json_problem problem;
	size_t position; /* byte offset, from 0 */
};

/* Checks that text is one JSON value with white space around it at most, and
 * gives its span. Syntax, UTF-8, NUL bytes and depth are checked all the way
 * down, members only for syntax. False: error says what and where. */
bool json_read(
    const char *text, size_t len, struct json_span *, struct json_error *);

/* The members of an object that json_read has accepted, in order, allocated in
 * mem. False on a duplicate or an undecodable name; positions count from
 * the span's begin. */
bool json_members(struct mem *, struct json_span, struct json_member **,
    size_t *n, struct json_error *);

/* The one of n members that has this name, or NULL. */
const struct json_member *json_member(
    const struct json_member *, size_t n, const char *name);

/* The elements of an array that json_read has accepted. */
void json_elements(
    struct mem *, struct json_span, struct json_span **, size_t *n);

/* Whether a value that json_read has accepted can be stored as other than the
 * json type without anything being lost: no duplicate members in any depth, no
 * \u0000, no half surrogates. */
bool json_strict(struct mem *, struct json_span, struct json_error *);

/* The characters of a JSON string, decoded to UTF-8, or NULL where it holds
 * \u0000 or half a surrogate. */
char *json_decode(struct mem *, struct json_span);

/* Whether two accepted values are the same but for white space between tokens
 * and the escaping of strings. Numbers are compared by their characters,
 * objects by the order of their members. */
bool json_same(struct mem *, struct json_span, struct json_span);

/* Writes len bytes of UTF-8 as a JSON string with its quotes, escaped exactly
 * as PostgreSQL's escape_json does: \b \f \n \r \t \" \\, other bytes below
 * 0x20 as \u00xx in lower-case hex, everything else as it is. */
void json_write_string(FILE *, const char *, size_t len);

/* Writes a C string likewise; NULL as null. */
void json_write_text(FILE *, const char *);

#endif
