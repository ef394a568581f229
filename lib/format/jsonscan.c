#include "format/jsonscan.h"

#include <string.h>

static bool value(struct jsonscan *, int depth);

static bool
fail(struct jsonscan *scan, enum json_problem problem)
{
	scan->error = (struct json_error){ problem, scan->at };
	return false;
}

char
jsonscan_peek(const struct jsonscan *scan)
{
	return scan->at < scan->len ? scan->text[scan->at] : '\0';
}

void
jsonscan_space(struct jsonscan *scan)
{
	for (;;) {
		char c = jsonscan_peek(scan);

		if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
			return;
		scan->at++;
	}
}

static bool
expect(struct jsonscan *scan, char c)
{
	if (jsonscan_peek(scan) != c)
		return fail(scan, JSON_SYNTAX);
	scan->at++;
	return true;
}

static bool
literal(struct jsonscan *scan, const char *word)
{
	for (; *word != '\0'; word++)
		if (!expect(scan, *word))
			return false;
	return true;
}

static bool
digits(struct jsonscan *scan)
{
	size_t begin = scan->at;

	while (jsonscan_peek(scan) >= '0' && jsonscan_peek(scan) <= '9')
		scan->at++;
	return scan->at > begin || fail(scan, JSON_SYNTAX);
}

static bool
number(struct jsonscan *scan)
{
	if (jsonscan_peek(scan) == '-')
		scan->at++;
	if (jsonscan_peek(scan) == '0')
		scan->at++;
	else if (!digits(scan))
		return false;
	if (jsonscan_peek(scan) == '.') {
		scan->at++;
		if (!digits(scan))
			return false;
	}
	if (jsonscan_peek(scan) == 'e' || jsonscan_peek(scan) == 'E') {
		scan->at++;
		if (jsonscan_peek(scan) == '+' || jsonscan_peek(scan) == '-')
			scan->at++;
		return digits(scan);
	}
	return true;
}

static bool
escape(struct jsonscan *scan)
{
	char c = jsonscan_peek(scan);

	if (c == '\0' || strchr("\"\\/bfnrtu", c) == NULL)
		return fail(scan, JSON_SYNTAX);
	scan->at++;
	for (int i = 0; c == 'u' && i < 4; i++) {
		char hex = jsonscan_peek(scan);

		if (hex == '\0' ||
		    strchr("0123456789abcdefABCDEF", hex) == NULL)
			return fail(scan, JSON_SYNTAX);
		scan->at++;
	}
	return true;
}

static bool
string(struct jsonscan *scan)
{
	if (!expect(scan, '"'))
		return false;
	for (;;) {
		unsigned char c = (unsigned char)jsonscan_peek(scan);

		if (c < 0x20)
			return fail(scan, JSON_SYNTAX);
		scan->at++;
		if (c == '"')
			return true;
		if (c == '\\' && !escape(scan))
			return false;
	}
}

static bool
member_name(struct jsonscan *scan)
{
	if (!string(scan))
		return false;
	jsonscan_space(scan);
	if (!expect(scan, ':'))
		return false;
	jsonscan_space(scan);
	return true;
}

/* An array or object: they differ by the bracket and by the names. */
static bool
container(struct jsonscan *scan, char close, int depth)
{
	if (depth == JSONSCAN_DEEPEST)
		return fail(scan, JSON_DEEP);
	scan->at++;
	jsonscan_space(scan);
	if (jsonscan_peek(scan) == close) {
		scan->at++;
		return true;
	}
	for (;;) {
		if (close == '}' && !member_name(scan))
			return false;
		if (!value(scan, depth + 1))
			return false;
		jsonscan_space(scan);
		if (jsonscan_peek(scan) != ',')
			return expect(scan, close);
		scan->at++;
		jsonscan_space(scan);
	}
}

static bool
value(struct jsonscan *scan, int depth)
{
	switch (jsonscan_peek(scan)) {
	case '{':
		return container(scan, '}', depth);
	case '[':
		return container(scan, ']', depth);
	case '"':
		return string(scan);
	case 'n':
		return literal(scan, "null");
	case 't':
		return literal(scan, "true");
	case 'f':
		return literal(scan, "false");
	default:
		return number(scan);
	}
}

bool
jsonscan_value(struct jsonscan *scan)
{
	return value(scan, 0);
}

static bool
at_end(const struct jsonscan *scan)
{
	char c = jsonscan_peek(scan);

	return c == ']' || c == '}';
}

bool
jsonscan_next(struct jsonscan *scan)
{
	jsonscan_space(scan);
	if (at_end(scan))
		return false;
	scan->at++;
	jsonscan_space(scan);
	return !at_end(scan);
}
