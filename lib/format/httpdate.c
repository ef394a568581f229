#include "format/httpdate.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec", NULL };
static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri",
	"Sat", NULL };
static const char *const long_days[] = { "Sunday", "Monday", "Tuesday",
	"Wednesday", "Thursday", "Friday", "Saturday", NULL };

/* Reads one of the names at *at and moves behind it; -1 where none is there. */
static int
take_name(const char **at, const char *const *names)
{
	for (int i = 0; names[i] != NULL; i++) {
		size_t len = strlen(names[i]);

		if (strncmp(*at, names[i], len) == 0) {
			*at += len;
			return i;
		}
	}
	return -1;
}

/* Reads exactly n digits; -1 where they are not there. */
static int
take_digits(const char **at, int n)
{
	int number = 0;

	for (; n > 0; n--, (*at)++) {
		if (**at < '0' || **at > '9')
			return -1;
		number = number * 10 + (**at - '0');
	}
	return number;
}

static int
take_padded_day(const char **at)
{
	if (**at != ' ')
		return take_digits(at, 2);
	(*at)++;
	return take_digits(at, 1);
}

/* Reads the field that a letter of a pattern stands for. */
static int
take_field(const char **at, char letter, struct tm *tm)
{
	switch (letter) {
	case 'a':
		return take_name(at, days);
	case 'A':
		return take_name(at, long_days);
	case 'b':
		return tm->tm_mon = take_name(at, months);
	case 'd':
		return tm->tm_mday = take_digits(at, 2);
	case 'e':
		return tm->tm_mday = take_padded_day(at);
	case 'Y':
		return tm->tm_year = take_digits(at, 4);
	case 'y':
		return tm->tm_year = take_digits(at, 2);
	case 'H':
		return tm->tm_hour = take_digits(at, 2);
	case 'I':
		return tm->tm_min = take_digits(at, 2);
	case 'S':
		return tm->tm_sec = take_digits(at, 2);
	default:
		return *(*at)++ == letter ? 0 : -1;
	}
}

static bool
matches(const char *text, const char *pattern, struct tm *tm)
{
	*tm = (struct tm){ .tm_mday = 0 };
	for (; *pattern != '\0'; pattern++)
		if (*text == '\0' || take_field(&text, *pattern, tm) < 0)
			return false;
	return *text == '\0';
}

/* tm_year holds the year itself. */
static bool
in_calendar(const struct tm *tm)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int year = tm->tm_year;
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	int length = lengths[tm->tm_mon] + (leap && tm->tm_mon == 1 ? 1 : 0);

	return tm->tm_mday >= 1 && tm->tm_mday <= length && tm->tm_hour < 24 &&
	       tm->tm_min < 60 && tm->tm_sec <= 60;
}

static time_t
to_time(struct tm tm)
{
	tm.tm_year -= 1900;
	return timegm(&tm);
}

/* The latest year with these two digits that is not over 50 years ahead. */
static void
add_century(struct tm *tm, time_t now)
{
	struct tm limit;
	int last;

	gmtime_r(&now, &limit);
	last = limit.tm_year + 1900 + 50;
	limit.tm_year = last;
	tm->tm_year = last - (last - tm->tm_year) % 100;
	if (to_time(*tm) > to_time(limit))
		tm->tm_year -= 100;
}

bool
httpdate_read(const char *text, time_t now, time_t *time)
{
	struct tm tm;

	if (matches(text, "A, d-b-y H:I:S GMT", &tm))
		add_century(&tm, now);
	else if (!matches(text, "a, d b Y H:I:S GMT", &tm) &&
		 !matches(text, "a b e H:I:S Y", &tm))
		return false;
	if (!in_calendar(&tm))
		return false;
	*time = to_time(tm);
	return true;
}

void
httpdate_write(time_t time, char text[HTTPDATE_SIZE])
{
	struct tm tm;

	gmtime_r(&time, &tm);
	assert(tm.tm_year >= -1900 && tm.tm_year <= 9999 - 1900);
	snprintf(text, HTTPDATE_SIZE, "%s, %02d %s %04d %02d:%02d:%02d GMT",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
}
