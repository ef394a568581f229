#include "format/filter.h"

#include <string.h>
#include <strings.h>

enum {
	MAX_DEPTH = 16,
	MAX_PARTS = 500,
	MAX_ORDER = 16,
	MAX_PICKS = 2000
};

/* A text on its way; parts counts what was read of a logic tree. */
struct cursor {
	struct mem *mem;
	const char *at;
	size_t parts;
};

static const char *const operators[] = {
	[FILTER_EQ] = "eq",
	[FILTER_NEQ] = "neq",
	[FILTER_GT] = "gt",
	[FILTER_GTE] = "gte",
	[FILTER_LT] = "lt",
	[FILTER_LTE] = "lte",
	[FILTER_LIKE] = "like",
	[FILTER_ILIKE] = "ilike",
	[FILTER_MATCH] = "match",
	[FILTER_IMATCH] = "imatch",
	[FILTER_IN] = "in",
	[FILTER_IS] = "is",
	[FILTER_ISDISTINCT] = "isdistinct",
	[FILTER_CS] = "cs",
	[FILTER_CD] = "cd",
	[FILTER_OV] = "ov",
	[FILTER_SL] = "sl",
	[FILTER_SR] = "sr",
	[FILTER_NXR] = "nxr",
	[FILTER_NXL] = "nxl",
	[FILTER_ADJ] = "adj",
};

static bool
take(struct cursor *c, const char *text)
{
	size_t len = strlen(text);

	if (strncmp(c->at, text, len) != 0)
		return false;
	c->at += len;
	return true;
}

static void
skip_space(struct cursor *c)
{
	c->at += strspn(c->at, " ");
}

/* A quoted text with its quotes, where one of the characters in after (or the
 * end) follows; else NULL, and the cursor stays. A quote that nothing of that
 * follows is one of the text's: there are clients that do not escape it. */
static const char *
take_quoted(struct cursor *c, const char *after)
{
	const char *at = c->at, *end = at + 1;
	char *text, *to;

	if (*at++ != '"')
		return NULL;
	for (; *end != '"' || (end[1] != '\0' && !strchr(after, end[1]));
	     end++) {
		end += *end == '\\';
		if (*end == '\0')
			return NULL;
	}
	text = to = mem_alloc(c->mem, (size_t)(end - at) + 1);
	while (at < end) {
		at += *at == '\\';
		*to++ = *at++;
	}
	*to = '\0';
	c->at = end + 1;
	return text;
}

/* A quoted text, or what stands before one of these characters. */
static const char *
take_text(struct cursor *c, const char *ends)
{
	const char *quoted = take_quoted(c, ends);
	size_t len = strcspn(c->at, ends);
	const char *text;

	if (quoted)
		return quoted;
	text = mem_copy(c->mem, c->at, len);
	c->at += len;
	return text;
}

/* A name in front of '.'; NULL where there is none. */
static const char *
take_column(struct cursor *c)
{
	const char *name = take_text(c, ".,()");

	return *name != '\0' && take(c, ".") ? name : NULL;
}

/* "(a,b)" with its parentheses. */
static bool
take_list(struct cursor *c, struct filter *filter)
{
	size_t room = 1;
	const char **values;

	if (!take(c, "("))
		return false;
	for (const char *at = c->at; *at != '\0'; at++)
		room += *at == ',';
	values = mem_array(c->mem, room, sizeof *values);
	if (!take(c, ")")) {
		do {
			values[filter->n_values++] = take_text(c, ",)");
		} while (take(c, ","));
		if (!take(c, ")"))
			return false;
	}
	filter->values = values;
	return true;
}

/* A value within a logic tree: quoted, an array in braces, or plain. */
static const char *
take_value(struct cursor *c)
{
	const char *end;

	if (*c->at == '{' && (end = strchr(c->at, '}'))) {
		const char *text =
		    mem_copy(c->mem, c->at, (size_t)(end + 1 - c->at));

		c->at = end + 1;
		return text;
	}
	return take_text(c, ",)");
}

static bool
is_known_is(const char *text)
{
	static const char *const words[] = { "null", "not_null", "true",
		"false", "unknown" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasecmp(text, words[i]) == 0)
			return true;
	return false;
}

static const char *
with_percents(struct mem *mem, const char *text)
{
	char *copy = mem_string(mem, text);

	for (char *at = copy; (at = strchr(at, '*')); at++)
		*at = '%';
	return copy;
}

static bool
take_operator(struct cursor *c, struct filter *filter)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		size_t len = strlen(operators[i]);

		if (strncmp(c->at, operators[i], len) == 0 &&
		    c->at[len] == '.') {
			filter->op = (enum filter_op)i;
			c->at += len + 1;
			return true;
		}
	}
	return false;
}

/* "not.eq.5" behind a column; whole: the value reaches to the text's end. */
static bool
take_test(struct cursor *c, struct filter *filter, bool whole)
{
	const char **values = mem_alloc(c->mem, sizeof *values);

	filter->kind = FILTER_TEST;
	filter->negated = take(c, "not.");
	if (!take_operator(c, filter))
		return false;
	if (filter->op == FILTER_IN)
		return take_list(c, filter);
	if (whole) {
		*values = mem_string(c->mem, c->at);
		c->at += strlen(c->at);
	} else {
		*values = take_value(c);
	}
	if (filter->op == FILTER_LIKE || filter->op == FILTER_ILIKE)
		*values = with_percents(c->mem, *values);
	filter->values = values;
	filter->n_values = 1;
	return filter->op != FILTER_IS || is_known_is(*values);
}

/* The name of a logic operator, and what it says. */
static bool
take_logic(struct cursor *c, struct filter *filter)
{
	const char *start = c->at;

	filter->negated = take(c, "not.");
	if (take(c, "and"))
		filter->kind = FILTER_AND;
	else if (take(c, "or"))
		filter->kind = FILTER_OR;
	else
		filter->kind = FILTER_TEST;
	if (filter->kind != FILTER_TEST && (*c->at == '(' || *c->at == '\0'))
		return true;
	c->at = start;
	*filter = (struct filter){ 0 };
	return false;
}

/* "(a.eq.1,or(...))" with its parentheses. */
static bool
take_parts(struct cursor *c, struct filter *filter, int depth)
{
	size_t room = 4;
	struct filter *parts = mem_array(c->mem, room, sizeof *parts);
	bool fine = depth < MAX_DEPTH && take(c, "(");

	do {
		struct filter part = { 0 };

		if (filter->n_parts == room) {
			struct filter *more =
			    mem_array(c->mem, room * 2, sizeof *parts);

			memcpy(more, parts, room * sizeof *parts);
			parts = more;
			room *= 2;
		}
		fine = fine && ++c->parts <= MAX_PARTS;
		skip_space(c);
		if (!fine)
			return false;
		fine = take_logic(c, &part) ? take_parts(c, &part, depth + 1)
					    : (part.column = take_column(c)) &&
						  take_test(c, &part, false);
		parts[filter->n_parts++] = part;
		skip_space(c);
	} while (fine && take(c, ","));
	filter->parts = parts;
	return fine && take(c, ")");
}

bool
filter_read(struct mem *mem, const char *column, const char *text,
    struct filter *filter)
{
	struct cursor c = { mem, text, 0 };

	*filter = (struct filter){ .column = column };
	return take_test(&c, filter, true) && *c.at == '\0';
}

bool
filter_is_logic(const char *name)
{
	struct cursor c = { NULL, name, 0 };
	struct filter filter = { 0 };

	return take_logic(&c, &filter) && *c.at == '\0';
}

bool
filter_read_logic(
    struct mem *mem, const char *name, const char *text, struct filter *filter)
{
	struct cursor head = { mem, name, 0 };
	struct cursor c = { mem, text, 0 };

	*filter = (struct filter){ 0 };
	return take_logic(&head, filter) && *head.at == '\0' &&
	       take_parts(&c, filter, 0) && *c.at == '\0';
}

bool
filter_read_order(
    struct mem *mem, const char *text, struct filter_order **order, size_t *n)
{
	struct cursor c = { mem, text, 0 };

	*order = mem_array(mem, MAX_ORDER, sizeof **order);
	*n = 0;
	do {
		struct filter_order *one = &(*order)[*n];

		if (*n == MAX_ORDER)
			return false;
		skip_space(&c);
		one->column = take_text(&c, ".,");
		if (take(&c, ".desc"))
			one->descending = true;
		else
			(void)take(&c, ".asc");
		if (take(&c, ".nullsfirst"))
			one->nulls = FILTER_NULLS_FIRST;
		else if (take(&c, ".nullslast"))
			one->nulls = FILTER_NULLS_LAST;
		if (*one->column == '\0')
			return false;
		++*n;
	} while (take(&c, ","));
	return *c.at == '\0';
}

bool
filter_read_select(
    struct mem *mem, const char *text, struct filter_pick **picks, size_t *n)
{
	struct cursor c = { mem, *text == '\0' ? "*" : text, 0 };
	size_t room = 1;

	for (const char *at = text; *at != '\0'; at++)
		room += *at == ',';
	if (room > MAX_PICKS)
		return false;
	*picks = mem_array(mem, room, sizeof **picks);
	*n = 0;
	do {
		struct filter_pick *pick = &(*picks)[(*n)++];

		skip_space(&c);
		pick->column = take_text(&c, ",:");
		if (*c.at == ':' && c.at[1] != ':') {
			c.at++;
			pick->name = pick->column;
			pick->column = take_text(&c, ",:");
		}
		if (take(&c, "::"))
			pick->cast = take_text(&c, ",:");
		if (*pick->column == '\0' ||
		    (pick->cast && *pick->cast == '\0') ||
		    (strcmp(pick->column, "*") == 0 &&
			(pick->name || pick->cast)))
			return false;
	} while (take(&c, ","));
	return *c.at == '\0';
}
