/*
 * form: the fields of a posted form, application/x-www-form-urlencoded (WHATWG
 * URL 5.1); format/multipart reads the other kind into the same fields.
 */
#ifndef FORMAT_FORM_H
#define FORMAT_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

struct form_field {
	const char *name;     /* UTF-8, NUL-terminated */
	const char *value;    /* NUL-terminated */
	size_t len;	      /* a file may hold NULs */
	const char *filename; /* NULL unless it is a file */
	const char *type;     /* a file's media type as sent, or NULL */
};

struct form {
	struct form_field *fields; /* in the order sent */
	size_t n;
};

/* At most this many fields a form: two for each of 1600 columns, and ours. */
enum {
	FORM_MAX_FIELDS = 8192
};

enum form_problem {
	FORM_FINE,
	FORM_SYNTAX, /* bad escape, missing boundary, header without name */
	FORM_UTF8,   /* not UTF-8, or a NUL in a field that is no file */
	FORM_MANY    /* more than FORM_MAX_FIELDS */
};

enum form_problem form_read(
    struct mem *, const char *body, size_t len, struct form *);

/* The first field of this name that is no file, or NULL. */
const struct form_field *form_find(const struct form *, const char *name);

/* Its value, or NULL. */
const char *form_value(const struct form *, const char *name);

/* The same without the white space around it, which nobody sees. */
const char *form_line(struct mem *, const struct form *, const char *name);

/* The first file of this name that was chosen, perhaps an empty one; or NULL.
 */
const struct form_field *form_file(const struct form *, const char *name);

/* A copy of a field's text with CRLF and lone CR made LF: browsers send every
 * line break of a form as CRLF (WHATWG HTML 4.10.21.8). */
char *form_newlines(struct mem *, const char *);

#endif
