#include "format/guess.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "format/day.h"

enum {
	INTEGER_DIGITS = 9,
	BIGINT_DIGITS = 18
};

static bool
is_boolean(const char *value)
{
	static const char *const words[] = { "true", "false", "yes", "no",
		"WAHR", "FALSCH", "ja", "nein" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasecmp(value, words[i]) == 0)
			return true;
	return false;
}

/* Whether text has the shape, in which 0 stands for any digit. */
static bool
has_shape(const char *text, const char *shape)
{
	for (; *shape != '\0'; shape++, text++)
		if (*shape == '0' ? !isdigit((unsigned char)*text)
				  : *text != *shape)
			return false;
	return true;
}

/* GUESS_TEXT where it is no day. */
static enum guess
guess_day(struct mem *mem, const char *value)
{
	struct number_text read;

	if (day_read(mem, value, &read) != NUMBER_OTHER)
		return strchr(value, ':') != NULL ? GUESS_TIMESTAMP
						  : GUESS_DATE;
	if (!has_shape(value, "0000-00-00"))
		return GUESS_TEXT;
	value += strlen("0000-00-00");
	if (*value == '\0')
		return GUESS_DATE;
	return has_shape(value, " 00:00") || has_shape(value, "T00:00")
		   ? GUESS_TIMESTAMP
		   : GUESS_TEXT;
}

enum guess
guess_value(struct mem *mem, enum language language, const char *value)
{
	const char *digits = value + (*value == '-');
	size_t n = strspn(digits, "0123456789");
	struct number_text read;

	if (*value == '\0')
		return GUESS_NOTHING;
	if (is_boolean(value))
		return GUESS_BOOLEAN;
	if (guess_day(mem, value) != GUESS_TEXT)
		return guess_day(mem, value);
	if (n == 0 || (*digits == '0' && n > 1))
		return GUESS_TEXT;
	if (digits[n] == '\0')
		return n <= INTEGER_DIGITS  ? GUESS_INTEGER
		       : n <= BIGINT_DIGITS ? GUESS_BIGINT
					    : GUESS_TEXT;
	return number_read(mem, language, value, &read) == NUMBER_OTHER
		   ? GUESS_TEXT
		   : GUESS_NUMERIC;
}

enum guess
guess_both(enum guess a, enum guess b)
{
	enum guess greater = a > b ? a : b, less = a > b ? b : a;

	if (less == GUESS_NOTHING || less == greater ||
	    (less >= GUESS_INTEGER && greater <= GUESS_NUMERIC) ||
	    (less == GUESS_DATE && greater == GUESS_TIMESTAMP))
		return greater;
	return GUESS_TEXT;
}

const char *
guess_type(enum guess guess)
{
	static const char *const types[] = {
		[GUESS_NOTHING] = "text",
		[GUESS_BOOLEAN] = "boolean",
		[GUESS_INTEGER] = "integer",
		[GUESS_BIGINT] = "bigint",
		[GUESS_NUMERIC] = "numeric",
		[GUESS_DATE] = "date",
		[GUESS_TIMESTAMP] = "timestamp",
		[GUESS_TEXT] = "text",
	};

	return types[guess];
}
