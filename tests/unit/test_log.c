#include "check.h"

#include "base/log.h"

static char last[5000];

static void
keep(void *context, const char *line)
{
	assert_ptr_equal(context, last);
	assert_true(strlen(line) < sizeof last);
	snprintf(last, sizeof last, "%s", line);
}

static int
setup(void **state)
{
	(void)state;
	log_to(keep, last);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	log_to(NULL, NULL);
	return 0;
}

static void
test_levels(void **state)
{
	(void)state;
	log_line(LOG_ERROR, "a %d", 1);
	assert_string_equal(last, "ifmatch: error: a 1");
	log_line(LOG_WARN, "b");
	assert_string_equal(last, "ifmatch: warning: b");
	log_line(LOG_INFO, "c");
	assert_string_equal(last, "ifmatch: c");
}

static void
test_control_characters_are_masked(void **state)
{
	static const struct {
		const char *text, *line;
	} cases[] = {
		{ "a\nb\r\t", "ifmatch: a\\x0ab\\x0d\\x09" },
		{ "\x1b[31m\x7f", "ifmatch: \\x1b[31m\\x7f" },
		{ "\xc2\x9b", "ifmatch: \\xc2\\x9b" },
		{ "\xc2\xa7 \xc3\xa9", "ifmatch: \xc2\xa7 \xc3\xa9" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		log_line(LOG_INFO, "%s", cases[i].text);
		assert_string_equal(last, cases[i].line);
	}
}

static void
test_long_lines_are_cut(void **state)
{
	char text[9000];

	(void)state;
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = '\0';
	log_line(LOG_INFO, "%s", text);
	assert_int_equal(strlen(last), 4000);
	memset(text, '\n', sizeof text - 1);
	log_line(LOG_INFO, "%s", text);
	assert_true(strlen(last) <= 4000);
	assert_null(strchr(last, '\n'));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_control_characters_are_masked),
		cmocka_unit_test(test_long_lines_are_cut),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
