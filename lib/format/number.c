#include "format/number.h"

#include <stdbool.h>
#include <string.h>

enum {
	GROUP = 3 /* digits */
};

static const char digits[] = "0123456789";
static const char blanks[] = " \t\r\n";

/* What stands between the blanks around a number. */
struct parts {
	const char *sign, *body, *exponent;
	size_t sign_len, body_len, exponent_len;
	size_t n_marks;
	const char *mark; /* the last one */
};

static char
decimal_mark(enum language language)
{
	static const char marks[] = {
		[LANGUAGE_EN] = '.',
		[LANGUAGE_DE] = ',',
	};

	return marks[language];
}

static bool
is_mark(char c)
{
	return c == '.' || c == ',';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* False: no digits, or something else among them. */
static bool
take_apart(const char *text, struct parts *parts)
{
	const char *at = text + strspn(text, blanks);
	size_t n_digits = 0;

	*parts = (struct parts){ .sign = at };
	parts->sign_len = *at == '-' || *at == '+';
	parts->body = at += parts->sign_len;
	for (; is_mark(*at) || is_digit(*at); at++) {
		if (is_mark(*at)) {
			parts->n_marks++;
			parts->mark = at;
		} else {
			n_digits++;
		}
	}
	parts->body_len = (size_t)(at - parts->body);
	parts->exponent = at;
	if (*at == 'e' || *at == 'E') {
		at++;
		at += *at == '-' || *at == '+';
		if (strspn(at, digits) == 0)
			return false;
		at += strspn(at, digits);
	}
	parts->exponent_len = (size_t)(at - parts->exponent);
	return n_digits > 0 && at[strspn(at, blanks)] == '\0';
}

/* Whether the marks up to end are all the same and part groups of three. */
static bool
grouped(const struct parts *parts, const char *end)
{
	const char *at = parts->body;
	size_t n = strspn(at, digits);
	char mark = at[n];

	if (n < 1 || n > GROUP || *at == '0' || at + n >= end)
		return false;
	for (at += n; at < end; at += 1 + GROUP)
		if (*at != mark || strspn(at + 1, digits) != GROUP)
			return false;
	return at == end;
}

/* Groups, and behind them a decimal mark of the other kind. */
static bool
broken_groups(const struct parts *parts)
{
	return parts->exponent_len == 0 && grouped(parts, parts->mark) &&
	       parts->body[strcspn(parts->body, ".,")] != *parts->mark;
}

/* The number with a decimal mark of this kind, or none, at the place of the
 * last mark; without all other marks. */
static char *
put_together(struct mem *mem, const struct parts *parts, const char *mark)
{
	struct text *text = mem_text_open(mem);

	fwrite(parts->sign, 1, parts->sign_len, text->out);
	for (const char *at = parts->body; at < parts->exponent; at++)
		if (at == parts->mark)
			fputs(mark, text->out);
		else if (!is_mark(*at))
			putc(*at, text->out);
	fwrite(parts->exponent, 1, parts->exponent_len, text->out);
	return mem_text(text);
}

char *
number_show(struct mem *mem, enum language language, const char *text)
{
	const char mark[] = { decimal_mark(language), '\0' };
	struct parts parts;

	if (!take_apart(text, &parts) || parts.n_marks != 1 ||
	    *parts.mark != '.' || parts.exponent_len > 0)
		return mem_string(mem, text);
	return put_together(mem, &parts, mark);
}

enum number
number_read(struct mem *mem, enum language language, const char *typed,
    struct number_text *text)
{
	const char own = decimal_mark(language), mark[] = { own, '\0' };
	struct parts parts;
	bool groups;

	*text = (struct number_text){ .text = typed };
	if (!take_apart(typed, &parts) || parts.n_marks == 0)
		return NUMBER_OTHER;
	groups = parts.exponent_len == 0 && grouped(&parts, parts.exponent);
	if (parts.n_marks == 1 && groups && *parts.mark != own) {
		text->whole = put_together(mem, &parts, "");
		text->broken = put_together(mem, &parts, mark);
		return NUMBER_TWO_WAYS;
	}
	if (parts.n_marks == 1 || broken_groups(&parts))
		text->text = put_together(mem, &parts, ".");
	else if (groups)
		text->text = put_together(mem, &parts, "");
	else
		return NUMBER_OTHER;
	return NUMBER_READ;
}
