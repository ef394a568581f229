#include "format/multipart.h"

#include <string.h>
#include <strings.h>

#include "format/uri.h"

enum {
	BOUNDARY_MOST = 70
};

/* What is left to read. */
struct rest {
	const char *at;
	const char *end;
};

/* Whether the rest begins with these bytes; moves behind them if so. */
static bool
take(struct rest *rest, const char *bytes, size_t n)
{
	if ((size_t)(rest->end - rest->at) < n ||
	    memcmp(rest->at, bytes, n) != 0)
		return false;
	rest->at += n;
	return true;
}

static void
skip_space(struct rest *rest)
{
	while (rest->at < rest->end && (*rest->at == ' ' || *rest->at == '\t'))
		rest->at++;
}

/* Moves behind a line that begins with the delimiter, if the rest does; last
 * tells whether it ends the whole body. */
static bool
take_delimiter(struct rest *rest, const char *delimiter, bool *last)
{
	struct rest line = *rest;

	if (!take(&line, delimiter, strlen(delimiter)))
		return false;
	*last = take(&line, "--", 2);
	skip_space(&line);
	if (!take(&line, "\r\n", 2) && !(*last && line.at == line.end))
		return false;
	*rest = line;
	return true;
}

/* Finds the next delimiter that follows a line break. content gets what stands
 * before it. False where there is none. */
static bool
take_content(
    struct rest *rest, const char *delimiter, struct rest *content, bool *last)
{
	struct rest search = *rest;

	for (;;) {
		const char *found = memmem(
		    search.at, (size_t)(search.end - search.at), "\r\n", 2);

		if (found == NULL)
			return false;
		search.at = found + 2;
		if (take_delimiter(&search, delimiter, last)) {
			*content = (struct rest){ rest->at, found };
			*rest = search;
			return true;
		}
	}
}

static bool
take_line(struct rest *rest, struct rest *line)
{
	const char *end =
	    memmem(rest->at, (size_t)(rest->end - rest->at), "\r\n", 2);

	if (end == NULL)
		return false;
	*line = (struct rest){ rest->at, end };
	rest->at = end + 2;
	return true;
}

/* Whether the line begins with this header's name; moves to its value. */
static bool
take_name(struct rest *line, const char *name)
{
	size_t n = strlen(name);

	if ((size_t)(line->end - line->at) <= n ||
	    strncasecmp(line->at, name, n) != 0 || line->at[n] != ':')
		return false;
	line->at += n + 1;
	skip_space(line);
	return true;
}

/* A token: up to white space or a separator. */
static struct rest
take_token(struct rest *line)
{
	struct rest token = *line;

	while (line->at < line->end && strchr(" \t;=\"", *line->at) == NULL)
		line->at++;
	token.end = line->at;
	return token;
}

static bool
is_token(struct rest token, const char *name)
{
	size_t n = strlen(name);

	return (size_t)(token.end - token.at) == n &&
	       strncasecmp(token.at, name, n) == 0;
}

/* A parameter's value, in quotes or a bare token. */
static bool
take_value(struct rest *line, struct rest *value)
{
	const char *quote;

	if (!take(line, "\"", 1)) {
		*value = take_token(line);
		return value->at < value->end;
	}
	quote = memchr(line->at, '"', (size_t)(line->end - line->at));
	if (quote == NULL)
		return false;
	*value = (struct rest){ line->at, quote };
	line->at = quote + 1;
	return true;
}

/* Undoes what browsers do to a name (WHATWG HTML 4.10.21.8), and no more: a
 * percent sign itself is not escaped there. */
static const char *
unescape_name(struct mem *mem, struct rest name)
{
	static const struct {
		const char *code;
		char c;
	} escapes[] = { { "%22", '"' }, { "%0D", '\r' }, { "%0A", '\n' } };
	char *text = mem_copy(mem, name.at, (size_t)(name.end - name.at));
	char *to = text;

	for (const char *at = text; *at != '\0'; to++) {
		size_t i = 0;

		while (i < 3 && strncasecmp(at, escapes[i].code, 3) != 0)
			i++;
		*to = i < 3 ? escapes[i].c : *at;
		at += i < 3 ? 3 : 1;
	}
	*to = '\0';
	return text;
}

static enum form_problem
read_disposition(struct mem *mem, struct rest line, struct form_field *field)
{
	if (!is_token(take_token(&line), "form-data"))
		return FORM_SYNTAX;
	for (;;) {
		struct rest name, value;
		const char **target = NULL;

		skip_space(&line);
		if (line.at == line.end)
			return FORM_FINE;
		if (!take(&line, ";", 1))
			return FORM_SYNTAX;
		skip_space(&line);
		name = take_token(&line);
		if (!take(&line, "=", 1) || !take_value(&line, &value))
			return FORM_SYNTAX;
		if (is_token(name, "name"))
			target = &field->name;
		else if (is_token(name, "filename"))
			target = &field->filename;
		if (target == NULL)
			continue;
		if (*target != NULL)
			return FORM_SYNTAX;
		*target = unescape_name(mem, value);
	}
}

/* Reads a part's headers up to the empty line behind them. */
static enum form_problem
read_headers(struct mem *mem, struct rest *part, struct form_field *field)
{
	struct rest line;

	while (take_line(part, &line)) {
		enum form_problem problem = FORM_FINE;
		size_t len = (size_t)(line.end - line.at);

		if (len == 0)
			return field->name == NULL ? FORM_SYNTAX : FORM_FINE;
		if (!uri_utf8(line.at, len))
			return FORM_UTF8;
		if (memchr(line.at, ':', len) == NULL)
			return FORM_SYNTAX;
		if (take_name(&line, "Content-Disposition"))
			problem = read_disposition(mem, line, field);
		else if (take_name(&line, "Content-Type"))
			field->type = mem_copy(
			    mem, line.at, (size_t)(line.end - line.at));
		if (problem != FORM_FINE)
			return problem;
	}
	return FORM_SYNTAX;
}

static enum form_problem
read_part(struct mem *mem, struct rest *rest, const char *delimiter,
    struct form_field *field, bool *last)
{
	struct rest content;
	enum form_problem problem;

	*field = (struct form_field){ .name = NULL };
	problem = read_headers(mem, rest, field);
	if (problem != FORM_FINE)
		return problem;
	/* The line break before a delimiter belongs to it, also the one that
	 * ends the headers of an empty part. */
	rest->at -= 2;
	if (!take_content(rest, delimiter, &content, last))
		return FORM_SYNTAX;
	if (content.end - content.at >= 2)
		content.at += 2;
	field->len = (size_t)(content.end - content.at);
	field->value = mem_copy(mem, content.at, field->len);
	if (field->filename == NULL) {
		field->type = NULL;
		if (!uri_utf8(field->value, field->len))
			return FORM_UTF8;
	}
	return FORM_FINE;
}

enum form_problem
multipart_read(struct mem *mem, const char *body, size_t len,
    const char *boundary, struct form *form)
{
	const char *delimiter = mem_printf(mem, "--%s", boundary);
	struct rest rest = { body, body + len };
	struct rest preamble;
	bool last = false;

	*form = (struct form){ .n = 0 };
	if (*boundary == '\0' || strlen(boundary) > BOUNDARY_MOST)
		return FORM_SYNTAX;
	if (!take_delimiter(&rest, delimiter, &last) &&
	    !take_content(&rest, delimiter, &preamble, &last))
		return FORM_SYNTAX;
	while (!last) {
		enum form_problem problem;

		if (form->n == FORM_MAX_FIELDS)
			return FORM_MANY;
		form->fields =
		    mem_grow(mem, form->fields, form->n, sizeof *form->fields);
		problem = read_part(
		    mem, &rest, delimiter, &form->fields[form->n], &last);
		if (problem != FORM_FINE)
			return problem;
		form->n++;
	}
	return FORM_FINE;
}
