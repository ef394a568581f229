#include "check.h"

#include "format/number.h"

static void
test_show(void **state)
{
	static const struct {
		const char *text, *german;
	} cases[] = {
		{ "", "" },
		{ "0", "0" },
		{ "1.5", "1,5" },
		{ "-1.50", "-1,50" },
		{ "1234567.000", "1234567,000" },
		{ "-1234567", "-1234567" },
		{ "123456789012345678901234567890.123456789",
		    "123456789012345678901234567890,123456789" },
		{ "NaN", "NaN" },
		{ "-Infinity", "-Infinity" },
		{ "1.5e+20", "1.5e+20" },
		{ "1e-05", "1e-05" },
		{ "1.2.3", "1.2.3" },
		{ "1,5", "1,5" },
		{ ".", "." },
		{ "x1.5", "x1.5" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text = cases[i].text;

		CHECK(text, check_same(number_show(*state, LANGUAGE_DE, text),
				cases[i].german));
		CHECK(text,
		    check_same(number_show(*state, LANGUAGE_EN, text), text));
	}
}

/* What is shown is read as what it was. */
static void
test_show_and_read(void **state)
{
	static const char *const texts[] = { "0", "1.5", "-1.234", "0.123",
		"12.000", "123.456", "1234.567", "1000000.1", "NaN", "Infinity",
		"1.234e+20", "1e-07", "5" };

	for (size_t i = 0; i < COUNT(texts); i++)
		for (int l = 0; l < LANGUAGE__MAX; l++) {
			enum language language = (enum language)l;
			struct number_text text;
			char *shown = number_show(*state, language, texts[i]);
			enum number number =
			    number_read(*state, language, shown, &text);

			CHECK(texts[i], number != NUMBER_TWO_WAYS);
			CHECK(texts[i], check_same(text.text, texts[i]));
		}
}

static void
test_one_meaning(void **state)
{
	static const struct {
		const char *typed, *read;
	} cases[] = {
		{ "1,5", "1.5" },
		{ "1.5", "1.5" },
		{ " -1,50 ", "-1.50" },
		{ "+0,5", "+0.5" },
		{ ",5", ".5" },
		{ "5,", "5." },
		{ "12,3456", "12.3456" },
		{ "12.3456", "12.3456" },
		{ "0,123", "0.123" },
		{ "0.123", "0.123" },
		{ "00.123", "00.123" },
		{ ".123", ".123" },
		{ "1234.567", "1234.567" },
		{ "1234,567", "1234.567" },
		{ "1.234,5", "1234.5" },
		{ "1,234.5", "1234.5" },
		{ "1.234.567", "1234567" },
		{ "1,234,567", "1234567" },
		{ "12.345.678,90", "12345678.90" },
		{ "-1,234,567.000", "-1234567.000" },
		{ "1.234,", "1234." },
		{ "1,5e3", "1.5e3" },
		{ "1.234e-3", "1.234e-3" },
		{ "1,234E+3", "1.234E+3" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		for (int l = 0; l < LANGUAGE__MAX; l++) {
			struct number_text text;

			CHECK(cases[i].typed,
			    number_read(*state, (enum language)l,
				cases[i].typed, &text) == NUMBER_READ);
			CHECK(cases[i].typed,
			    check_same(text.text, cases[i].read));
		}
}

static void
test_other(void **state)
{
	static const char *const cases[] = { "", " ", "12", "-12", " 12 ",
		"NaN", "Infinity", "-inf", "1e5", "x", "1,5 m", "1.5x", ".",
		",", "-", "1.23,5", "1,23,456", "1234.567,8", "1.234.56",
		"1,234.567,8", "0.123.456", ".123.456", "1..5", "1.,5", "--1,5",
		"1,5e", "1.234,5e3", "1 234,5", "1,5,", "1.234.567.", "0x1,5" };

	for (size_t i = 0; i < COUNT(cases); i++)
		for (int l = 0; l < LANGUAGE__MAX; l++) {
			struct number_text text;

			CHECK(cases[i], number_read(*state, (enum language)l,
					    cases[i], &text) == NUMBER_OTHER);
			assert_ptr_equal(text.text, cases[i]);
		}
}

static void
test_two_ways(void **state)
{
	static const struct {
		enum language language;
		const char *typed, *whole, *broken;
	} cases[] = {
		{ LANGUAGE_DE, "1.234", "1234", "1,234" },
		{ LANGUAGE_DE, "-12.000", "-12000", "-12,000" },
		{ LANGUAGE_DE, " 999.999 ", "999999", "999,999" },
		{ LANGUAGE_EN, "1,234", "1234", "1.234" },
		{ LANGUAGE_EN, "+100,000", "+100000", "+100.000" },
		{ LANGUAGE_DE, "1,234", NULL, NULL },
		{ LANGUAGE_EN, "1.234", NULL, NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct number_text text;
		enum number number = number_read(
		    *state, cases[i].language, cases[i].typed, &text);

		CHECK(cases[i].typed,
		    (number == NUMBER_TWO_WAYS) == (cases[i].whole != NULL));
		CHECK(cases[i].typed, check_same(text.whole, cases[i].whole));
		CHECK(cases[i].typed, check_same(text.broken, cases[i].broken));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_show),
		MEM_TEST(test_show_and_read),
		MEM_TEST(test_one_meaning),
		MEM_TEST(test_other),
		MEM_TEST(test_two_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
