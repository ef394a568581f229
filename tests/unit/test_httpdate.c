#include "check.h"

#include "format/httpdate.h"

/* 2026-11-21 00:00:00 */
static const time_t now = 1795219200;

/* C1: the three forms, and nothing else. */
static void
test_read(void **state)
{
	static const struct {
		const char *text;
		bool good;
		time_t time;
	} cases[] = {
		{ "Sun, 06 Nov 1994 08:49:37 GMT", true, 784111777 },
		{ "Sunday, 06-Nov-94 08:49:37 GMT", true, 784111777 },
		{ "Sun Nov  6 08:49:37 1994", true, 784111777 },
		{ "Sun Nov 06 08:49:37 1994", true, 784111777 },
		{ "Sat, 06 Nov 1994 08:49:37 GMT", true, 784111777 },
		{ "Thu, 01 Jan 1970 00:00:00 GMT", true, 0 },
		{ "Wed, 31 Dec 1969 23:59:59 GMT", true, -1 },
		{ "Tue, 29 Feb 2000 00:00:00 GMT", true, 951782400 },
		{ "Sat, 31 Dec 2016 23:59:60 GMT", true, 1483228800 },
		{ "Fri, 31 Dec 9999 23:59:59 GMT", true, 253402300799 },
		{ "Tue, 29 Feb 1900 00:00:00 GMT", false, 0 },
		{ "Sun, 29 Feb 2026 00:00:00 GMT", false, 0 },
		{ "Sun, 31 Nov 2026 00:00:00 GMT", false, 0 },
		{ "Sun, 00 Nov 1994 08:49:37 GMT", false, 0 },
		{ "Sun, 06 Nov 1994 24:00:00 GMT", false, 0 },
		{ "Sun, 06 Nov 1994 08:60:37 GMT", false, 0 },
		{ "Sun, 06 Nov 1994 08:49:61 GMT", false, 0 },
		{ "sun, 06 Nov 1994 08:49:37 GMT", false, 0 },
		{ "Sun, 06 nov 1994 08:49:37 GMT", false, 0 },
		{ "Sun, 06 Nov 1994 08:49:37 gmt", false, 0 },
		{ "Sun, 06 Nov 1994 08:49:37 UTC", false, 0 },
		{ "Sun, 06 Nov 1994 08:49:37 +0000", false, 0 },
		{ "Sun, 06 Nov 1994 08:49:37", false, 0 },
		{ "Sun, 06 Nov 1994 08:49:37 GMT ", false, 0 },
		{ " Sun, 06 Nov 1994 08:49:37 GMT", false, 0 },
		{ "Sun, 6 Nov 1994 08:49:37 GMT", false, 0 },
		{ "Sun,06 Nov 1994 08:49:37 GMT", false, 0 },
		{ "Sun, 06  Nov 1994 08:49:37 GMT", false, 0 },
		{ "Sunday, 06 Nov 1994 08:49:37 GMT", false, 0 },
		{ "Sun, 06-Nov-94 08:49:37 GMT", false, 0 },
		{ "Xyz, 06 Nov 1994 08:49:37 GMT", false, 0 },
		{ "Sun Nov 6 08:49:37 1994", false, 0 },
		{ "Sun Nov  6 08:49:37 1994 GMT", false, 0 },
		{ "1994-11-06T08:49:37Z", false, 0 },
		{ "784111777", false, 0 },
		{ "", false, 0 },
		{ "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 "
		  "GMT",
		    false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text = cases[i].text;
		time_t time = 0;

		CHECK(text, httpdate_read(text, now, &time) == cases[i].good);
		CHECK(text, !cases[i].good || time == cases[i].time);
	}
}

static void
test_two_digits_of_a_year(void **state)
{
	static const struct {
		const char *text, *same;
	} cases[] = {
		{ "Friday, 20-Nov-76 23:59:59 GMT",
		    "Fri, 20 Nov 2076 23:59:59 GMT" },
		{ "Saturday, 21-Nov-76 00:00:00 GMT",
		    "Sat, 21 Nov 2076 00:00:00 GMT" },
		{ "Sunday, 21-Nov-76 00:00:01 GMT",
		    "Sun, 21 Nov 1976 00:00:01 GMT" },
		{ "Friday, 01-Jan-77 00:00:00 GMT",
		    "Fri, 01 Jan 1977 00:00:00 GMT" },
		{ "Friday, 31-Dec-99 00:00:00 GMT",
		    "Fri, 31 Dec 1999 00:00:00 GMT" },
		{ "Tuesday, 29-Feb-00 00:00:00 GMT",
		    "Tue, 29 Feb 2000 00:00:00 GMT" },
		{ "Saturday, 21-Nov-26 00:00:00 GMT",
		    "Sat, 21 Nov 2026 00:00:00 GMT" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		time_t time = 0, same = 1;

		CHECK(cases[i].text,
		    httpdate_read(cases[i].text, now, &time) &&
			httpdate_read(cases[i].same, now, &same) &&
			time == same);
	}
}

static void
test_write(void **state)
{
	static const struct {
		time_t time;
		const char *text;
	} cases[] = {
		{ 0, "Thu, 01 Jan 1970 00:00:00 GMT" },
		{ 784111777, "Sun, 06 Nov 1994 08:49:37 GMT" },
		{ -1, "Wed, 31 Dec 1969 23:59:59 GMT" },
		{ 253402300799, "Fri, 31 Dec 9999 23:59:59 GMT" },
	};
	char text[HTTPDATE_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		httpdate_write(cases[i].time, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void
test_round_trip(void **state)
{
	char text[HTTPDATE_SIZE];

	(void)state;
	for (time_t time = 0; time < 4102444800; time += 86400 * 11 + 3661) {
		time_t again;

		httpdate_write(time, text);
		assert_true(httpdate_read(text, now, &again));
		assert_int_equal(again, time);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_two_digits_of_a_year),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
