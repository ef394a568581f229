#include "format/form.h"

#include <string.h>

#include "format/uri.h"

static enum form_problem
decode(
    struct mem *mem, const char *at, size_t len, const char **text, size_t *n)
{
	char *decoded;

	if (!uri_unescape(mem, at, len, true, &decoded, n))
		return FORM_SYNTAX;
	*text = decoded;
	return uri_utf8(decoded, *n) ? FORM_FINE : FORM_UTF8;
}

static enum form_problem
read_field(
    struct mem *mem, const char *at, size_t len, struct form_field *field)
{
	const char *equals = memchr(at, '=', len);
	size_t name = equals == NULL ? len : (size_t)(equals - at);
	enum form_problem problem;
	size_t name_len;

	*field = (struct form_field){ .value = "" };
	problem = decode(mem, at, name, &field->name, &name_len);
	if (problem != FORM_FINE || equals == NULL)
		return problem;
	return decode(
	    mem, equals + 1, len - name - 1, &field->value, &field->len);
}

enum form_problem
form_read(struct mem *mem, const char *body, size_t len, struct form *form)
{
	const char *end = body + len;

	*form = (struct form){ .n = 0 };
	for (const char *at = body; at < end; at++) {
		const char *and = memchr(at, '&', (size_t)(end - at));
		size_t piece = (size_t)((and == NULL ? end : and) - at);
		enum form_problem problem;

		if (piece == 0)
			continue;
		if (form->n == FORM_MAX_FIELDS)
			return FORM_MANY;
		form->fields =
		    mem_grow(mem, form->fields, form->n, sizeof *form->fields);
		problem = read_field(mem, at, piece, &form->fields[form->n]);
		if (problem != FORM_FINE)
			return problem;
		form->n++;
		at += piece;
	}
	return FORM_FINE;
}

const struct form_field *
form_find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].filename == NULL &&
		    strcmp(form->fields[i].name, name) == 0)
			return &form->fields[i];
	return NULL;
}

const char *
form_value(const struct form *form, const char *name)
{
	const struct form_field *field = form_find(form, name);

	return field == NULL ? NULL : field->value;
}

const char *
form_line(struct mem *mem, const struct form *form, const char *name)
{
	static const char space[] = " \t\r\n";
	const char *line = form_value(form, name);
	size_t len;

	if (line == NULL)
		return NULL;
	line += strspn(line, space);
	len = strlen(line);
	while (len > 0 && strchr(space, line[len - 1]) != NULL)
		len--;
	return mem_copy(mem, line, len);
}

const struct form_field *
form_file(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++) {
		const char *filename = form->fields[i].filename;

		if (filename != NULL && *filename != '\0' &&
		    strcmp(form->fields[i].name, name) == 0)
			return &form->fields[i];
	}
	return NULL;
}

char *
form_newlines(struct mem *mem, const char *text)
{
	char *copy = mem_string(mem, text);
	char *to = copy;

	for (const char *at = copy; *at != '\0'; at++) {
		if (*at != '\r')
			*to++ = *at;
		else if (at[1] != '\n')
			*to++ = '\n';
	}
	*to = '\0';
	return copy;
}
