#include "view_fixture.h"

#include "view/typing.h"

/* What a browser's own control sends back of a value that fits it, in each of
 * the spellings that browsers have. */
static void
test_times_come_back(void **state)
{
	static const struct {
		const char *base, *sent, *value;
	} cases[] = {
		{ "time", "10:00", "10:00:00" },
		{ "time", "10:00:00", "10:00:00" },
		{ "time", "10:00:00.0", "10:00:00" },
		{ "time", "10:00:00.000", "10:00:00" },
		{ "time", "10:00:01.500", "10:00:01.5" },
		{ "time", "10:00:01.05", "10:00:01.05" },
		{ "timestamp", "2024-02-29T12:00", "2024-02-29 12:00:00" },
		{ "timestamp", "2024-02-29T12:00:00", "2024-02-29 12:00:00" },
		{ "timestamp", "2024-02-29T12:00:00.120",
		    "2024-02-29 12:00:00.12" },
		{ "timestamp", "2024-02-29 12:00", "2024-02-29 12:00:00" },
		/* as they are */
		{ "time", "10", "10" },
		{ "time", "10:00 pm", "10:00 pm" },
		{ "time", "10:00:00.123456", "10:00:00.123456" },
		{ "timestamp", "now", "now" },
		{ "timestamp", "2024-02-30T12:00", "2024-02-30T12:00" },
		{ "timestamp", "2024-02-29", "2024-02-29" },
		{ "timestamp", "2024-02-29T12:00+02", "2024-02-29T12:00+02" },
		{ "timestamptz", "2024-02-29T12:00", "2024-02-29T12:00" },
		{ "text", "10:00", "10:00" },
	};
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct column column = column_of(1, "at", cases[i].base);
		struct number_text text;

		assert_int_equal(typing_read(mem, LANGUAGE_DE, &column,
				     cases[i].sent, &text),
		    NUMBER_OTHER);
		assert_string_equal(text.text, cases[i].value);
	}
	mem_free(mem);
}

static void
test_what_fits(void **state)
{
	static const struct {
		const char *value;
		bool date, time, timestamp;
	} cases[] = {
		{ NULL, true, true, true },
		{ "", true, true, true },
		{ "2024-02-29", true, false, false },
		{ "2023-02-29", false, false, false },
		{ "0001-01-01", true, false, false },
		{ "0000-01-01", false, false, false },
		{ "10000-01-01", false, false, false },
		{ "0044-03-15 BC", false, false, false },
		{ "10:00:00", false, true, false },
		{ "23:59:59.999", false, true, false },
		{ "23:59:59.9999", false, false, false },
		{ "24:00:00", false, false, false },
		{ "10:60:00", false, false, false },
		{ "10:00:60", false, false, false },
		{ "10:00:00.", false, false, false },
		{ "10:00:0", false, false, false },
		{ "2024-02-29 10:00:00", false, false, true },
		{ "2024-02-29 10:00:00.001", false, false, true },
		{ "2024-02-29 10:00:00.000001", false, false, false },
		{ "2024-02-29 10:00:00 BC", false, false, false },
		{ "2024-02-29 10:00:00+02", false, false, false },
		{ "infinity", false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *value = cases[i].value;

		assert_int_equal(typing_fits_date(value), cases[i].date);
		assert_int_equal(typing_fits_time(value), cases[i].time);
		assert_int_equal(
		    typing_fits_timestamp(value), cases[i].timestamp);
	}
}

static void
test_numbers(void **state)
{
	static const struct {
		const char *base, *shown;
	} cases[] = {
		{ "numeric", "1,5" },
		{ "text", "1.5" },
	};
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct column column = column_of(1, "n", cases[i].base);
		struct number_text text;

		if (i == 0)
			column.json = COLUMN_NUMBER;
		assert_string_equal(
		    typing_show(mem, LANGUAGE_DE, &column, "1.5"),
		    cases[i].shown);
		typing_read(mem, LANGUAGE_DE, &column, cases[i].shown, &text);
		assert_string_equal(text.text, "1.5");
	}
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_times_come_back),
		cmocka_unit_test(test_what_fits),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
