#include "view/typing.h"

#include <string.h>

enum {
	DATE_LEN = 10,	  /* 2001-02-03 */
	MINUTE_LEN = 5,	  /* 10:00 */
	SECOND_LEN = 8,	  /* 10:00:00 */
	FRACTION_MOST = 3 /* digits: milliseconds */
};

static bool
digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

static int
number_of(const char *s, size_t n)
{
	int number = 0;

	for (size_t i = 0; i < n; i++)
		number = number * 10 + (s[i] - '0');
	return number;
}

static bool
begins_with_date(const char *text)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	int year, month, day, last;

	if (strnlen(text, DATE_LEN) < DATE_LEN || text[4] != '-' ||
	    text[7] != '-' || !digits(text, 4) || !digits(text + 5, 2) ||
	    !digits(text + 8, 2))
		return false;
	year = number_of(text, 4);
	month = number_of(text + 5, 2);
	day = number_of(text + 8, 2);
	if (year < 1 || month < 1 || month > 12)
		return false;
	last = days[month - 1];
	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		last = 29;
	return day >= 1 && day <= last;
}

/* "10:00", "10:00:00" or "10:00:00.5", to the end. */
static bool
is_time(const char *text)
{
	size_t n;

	if (strnlen(text, MINUTE_LEN) < MINUTE_LEN || text[2] != ':' ||
	    !digits(text, 2) || !digits(text + 3, 2) ||
	    number_of(text, 2) > 23 || number_of(text + 3, 2) > 59)
		return false;
	text += MINUTE_LEN;
	if (*text == '\0')
		return true;
	if (*text != ':' || !digits(text + 1, 2) || number_of(text + 1, 2) > 59)
		return false;
	text += SECOND_LEN - MINUTE_LEN;
	if (*text == '\0')
		return true;
	n = strlen(text + 1);
	return *text == '.' && n >= 1 && n <= FRACTION_MOST &&
	       digits(text + 1, n);
}

bool
typing_fits_date(const char *value)
{
	return value == NULL || *value == '\0' ||
	       (begins_with_date(value) && value[DATE_LEN] == '\0');
}

bool
typing_fits_time(const char *value)
{
	return value == NULL || *value == '\0' || is_time(value);
}

bool
typing_fits_timestamp(const char *value)
{
	return value == NULL || *value == '\0' ||
	       (begins_with_date(value) && value[DATE_LEN] == ' ' &&
		   is_time(value + DATE_LEN + 1));
}

char *
typing_native(struct mem *mem, const char *value)
{
	char *native = mem_string(mem, value);

	if (strlen(native) > DATE_LEN)
		native[DATE_LEN] = 'T';
	return native;
}

/* A time as the database writes it: with seconds, without zeros behind them.
 * Browsers leave out seconds that are 0, or add zeros. */
static char *
full_time(struct mem *mem, const char *text)
{
	char *time = mem_string(mem, text);
	size_t n = strlen(time);

	if (n == MINUTE_LEN)
		return mem_printf(mem, "%s:00", time);
	if (n > SECOND_LEN) {
		while (time[n - 1] == '0')
			n--;
		time[time[n - 1] == '.' ? n - 1 : n] = '\0';
	}
	return time;
}

static const char *
read_time(struct mem *mem, const struct column *column, const char *typed)
{
	if (strcmp(column->base, "time") == 0 && is_time(typed))
		return full_time(mem, typed);
	if (strcmp(column->base, "timestamp") == 0 && begins_with_date(typed) &&
	    (typed[DATE_LEN] == 'T' || typed[DATE_LEN] == ' ') &&
	    is_time(typed + DATE_LEN + 1))
		return mem_printf(mem, "%.*s %s", DATE_LEN, typed,
		    full_time(mem, typed + DATE_LEN + 1));
	return typed;
}

char *
typing_show(struct mem *mem, enum language language,
    const struct column *column, const char *value)
{
	if (column->json == COLUMN_NUMBER)
		return number_show(mem, language, value);
	return mem_string(mem, value);
}

enum number
typing_read(struct mem *mem, enum language language,
    const struct column *column, const char *typed, struct number_text *text)
{
	if (column->json == COLUMN_NUMBER || strcmp(column->base, "money") == 0)
		return number_read(mem, language, typed, text);
	*text = (struct number_text){ .text = read_time(mem, column, typed) };
	return NUMBER_OTHER;
}
