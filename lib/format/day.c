#include "format/day.h"

#include <stdbool.h>
#include <string.h>

enum {
	MONTHS = 12,
	DAYS = 31,
	PIVOT = 30 /* of years with two digits */
};

/* A number of at most `most` digits at *at. Returns how many there were; 0:
 * none, or more. */
static size_t
take(const char **at, size_t most, int *number)
{
	size_t n = strspn(*at, "0123456789");

	*number = 0;
	if (n > most)
		return 0;
	for (size_t i = 0; i < n; i++)
		*number = *number * 10 + (*at)[i] - '0';
	*at += n;
	return n;
}

static char *
spell(struct mem *mem, int year, int month, int day, const char *rest)
{
	return mem_printf(mem, "%04d-%02d-%02d%s", year, month, day, rest);
}

static bool
is_day(int month, int day)
{
	return month >= 1 && month <= MONTHS && day >= 1 && day <= DAYS;
}

enum number
day_read(struct mem *mem, const char *typed, struct number_text *text)
{
	const char *at = typed + strspn(typed, " ");
	int first, second, year;
	size_t digits;
	char mark;

	*text = (struct number_text){ .text = typed };
	if (take(&at, 2, &first) == 0 || (*at != '.' && *at != '/'))
		return NUMBER_OTHER;
	mark = *at++;
	if (take(&at, 2, &second) == 0 || *at++ != mark)
		return NUMBER_OTHER;
	digits = take(&at, 4, &year);
	if ((digits != 2 && digits != 4) || (*at != '\0' && *at != ' '))
		return NUMBER_OTHER;
	if (digits == 2)
		year += year < PIVOT ? 2000 : 1900;
	if (mark == '.' || !is_day(first, second) || first == second) {
		if (!is_day(second, first))
			return NUMBER_OTHER;
		text->text = spell(mem, year, second, first, at);
		return NUMBER_READ;
	}
	if (!is_day(second, first)) {
		text->text = spell(mem, year, first, second, at);
		return NUMBER_READ;
	}
	text->whole = spell(mem, year, first, second, at);
	text->broken = spell(mem, year, second, first, at);
	return NUMBER_TWO_WAYS;
}
