#include "format/pattern.h"

#include <stdbool.h>
#include <string.h>

/* What has to be escaped in a pattern, and what else may be in a class. */
static const char syntax[] = "^$\\.*+?()[]{}|/";
static const char reserved[] = "&-!#%,:;<=>@`~";

struct scan {
	const char *at;
	FILE *out;
	int depth; /* open groups */
};

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static bool
is_punctuation(char c)
{
	return c > ' ' && c < '\x7f' && !is_word(c);
}

static void
write_char(const struct scan *scan, char c, const char *escaped)
{
	if (is_one_of(c, escaped))
		putc('\\', scan->out);
	putc(c, scan->out);
}

/* A character of a class; '\0': none that is the same in both. */
static char
class_char(struct scan *scan)
{
	char c = *scan->at++;

	if (c == '\\')
		return is_punctuation(*scan->at) ? *scan->at++ : '\0';
	if (c == '[' || c == '\0' || c < ' ' || c >= '\x7f')
		return '\0';
	return c;
}

static void
write_class_char(const struct scan *scan, char c)
{
	if (is_one_of(c, syntax) || is_one_of(c, reserved))
		putc('\\', scan->out);
	putc(c, scan->out);
}

/* Behind the '['. */
static bool
read_class(struct scan *scan)
{
	bool first = true;

	putc('[', scan->out);
	if (*scan->at == '^')
		putc(*scan->at++, scan->out);
	for (; first || *scan->at != ']'; first = false) {
		char from = class_char(scan), to;

		if (from == '\0')
			return false;
		write_class_char(scan, from);
		if (scan->at[0] != '-' || scan->at[1] == ']')
			continue;
		scan->at++;
		to = class_char(scan);
		if (!is_word(from) || !is_word(to) || to < from)
			return false;
		putc('-', scan->out);
		write_class_char(scan, to);
	}
	putc(*scan->at++, scan->out);
	return true;
}

static bool
read_bounds(struct scan *scan)
{
	static const char digits[] = "0123456789";
	const char *begin = scan->at++;
	size_t n = strspn(scan->at, digits);

	if (n == 0 || n > 3)
		return false;
	scan->at += n;
	if (*scan->at == ',') {
		scan->at++;
		scan->at += strspn(scan->at, digits);
	}
	if (*scan->at++ != '}')
		return false;
	fwrite(begin, 1, (size_t)(scan->at - begin), scan->out);
	return true;
}

/* A quantifier, if there is one; two in a row are none. */
static bool
read_quantifier(struct scan *scan)
{
	if (is_one_of(*scan->at, "?*+"))
		putc(*scan->at++, scan->out);
	else if (*scan->at == '{' && !read_bounds(scan))
		return false;
	return !is_one_of(*scan->at, "?*+{");
}

/* One character, class or end of a group, with what follows it. */
static bool
read_atom(struct scan *scan)
{
	char c = *scan->at++;

	if (c == '[') {
		if (!read_class(scan))
			return false;
	} else if (c == '.') {
		putc(c, scan->out);
	} else if (c == ')') {
		putc(c, scan->out);
		if (scan->depth-- == 0)
			return false;
	} else if (c == '\\') {
		c = *scan->at++;
		if (!is_punctuation(c))
			return false;
		write_char(scan, c, syntax);
	} else if (c >= ' ' && c < '\x7f' && !is_one_of(c, "^$*+?{}]|(")) {
		write_char(scan, c, syntax);
	} else {
		return false;
	}
	return read_quantifier(scan);
}

/* What a group or an alternative begins with. */
static bool
read_begin(struct scan *scan)
{
	putc(*scan->at++, scan->out);
	return !is_one_of(*scan->at, "?*+{|)");
}

char *
pattern_html(struct mem *mem, const char *regex)
{
	struct text *text = mem_text_open(mem);
	struct scan scan = { .at = regex + 1, .out = text->out };
	bool fine = *regex == '^' && !is_one_of(regex[1], "?*+{");

	while (fine && *scan.at != '\0' &&
	       !(scan.at[0] == '$' && scan.at[1] == '\0')) {
		if (*scan.at == '(') {
			scan.depth++;
			fine = read_begin(&scan);
		} else if (*scan.at == '|') {
			fine = scan.depth > 0 && read_begin(&scan);
		} else {
			fine = read_atom(&scan);
		}
	}
	mem_text(text);
	return fine && *scan.at == '$' && scan.depth == 0 ? text->at : NULL;
}
