#include "check.h"

#include "format/guess.h"

static void
test_values(void **state)
{
	static const struct {
		const char *value;
		enum guess english, german;
	} cases[] = {
		{ "", GUESS_NOTHING, GUESS_NOTHING },
		{ "true", GUESS_BOOLEAN, GUESS_BOOLEAN },
		{ "FALSCH", GUESS_BOOLEAN, GUESS_BOOLEAN },
		{ "ja", GUESS_BOOLEAN, GUESS_BOOLEAN },
		{ "0", GUESS_INTEGER, GUESS_INTEGER },
		{ "-12", GUESS_INTEGER, GUESS_INTEGER },
		{ "999999999", GUESS_INTEGER, GUESS_INTEGER },
		{ "2147483648", GUESS_BIGINT, GUESS_BIGINT },
		{ "999999999999999999", GUESS_BIGINT, GUESS_BIGINT },
		{ "1234567890123456789", GUESS_TEXT, GUESS_TEXT },
		{ "01234", GUESS_TEXT, GUESS_TEXT },
		{ "-07", GUESS_TEXT, GUESS_TEXT },
		{ "+49", GUESS_TEXT, GUESS_TEXT },
		{ "1.5", GUESS_NUMERIC, GUESS_NUMERIC },
		{ "0,5", GUESS_NUMERIC, GUESS_NUMERIC },
		{ "1.234", GUESS_NUMERIC, GUESS_NUMERIC },
		{ "1.234,50", GUESS_NUMERIC, GUESS_NUMERIC },
		{ "1.2.3", GUESS_TEXT, GUESS_TEXT },
		{ "12 m", GUESS_TEXT, GUESS_TEXT },
		{ "-", GUESS_TEXT, GUESS_TEXT },
		{ "2026-12-31", GUESS_DATE, GUESS_DATE },
		{ "31.12.2026", GUESS_DATE, GUESS_DATE },
		{ "2/3/2026", GUESS_DATE, GUESS_DATE },
		{ "2026-12-31 10:00", GUESS_TIMESTAMP, GUESS_TIMESTAMP },
		{ "2026-12-31T10:00:00", GUESS_TIMESTAMP, GUESS_TIMESTAMP },
		{ "31.12.2026 10:00", GUESS_TIMESTAMP, GUESS_TIMESTAMP },
		{ "2026-12-31 or so", GUESS_TEXT, GUESS_TEXT },
		{ "10:00", GUESS_TEXT, GUESS_TEXT },
		{ "a", GUESS_TEXT, GUESS_TEXT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK(cases[i].value, guess_value(*state, LANGUAGE_EN,
					  cases[i].value) == cases[i].english);
		CHECK(cases[i].value, guess_value(*state, LANGUAGE_DE,
					  cases[i].value) == cases[i].german);
	}
}

static void
test_both(void **state)
{
	static const struct {
		enum guess a, b, both;
		const char *type;
	} cases[] = {
		{ GUESS_NOTHING, GUESS_NOTHING, GUESS_NOTHING, "text" },
		{ GUESS_NOTHING, GUESS_DATE, GUESS_DATE, "date" },
		{ GUESS_INTEGER, GUESS_INTEGER, GUESS_INTEGER, "integer" },
		{ GUESS_INTEGER, GUESS_BIGINT, GUESS_BIGINT, "bigint" },
		{ GUESS_INTEGER, GUESS_NUMERIC, GUESS_NUMERIC, "numeric" },
		{ GUESS_DATE, GUESS_TIMESTAMP, GUESS_TIMESTAMP, "timestamp" },
		{ GUESS_BOOLEAN, GUESS_BOOLEAN, GUESS_BOOLEAN, "boolean" },
		{ GUESS_BOOLEAN, GUESS_INTEGER, GUESS_TEXT, "text" },
		{ GUESS_NUMERIC, GUESS_DATE, GUESS_TEXT, "text" },
		{ GUESS_TEXT, GUESS_INTEGER, GUESS_TEXT, "text" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum guess both = guess_both(cases[i].a, cases[i].b);

		CHECK(cases[i].type,
		    both == cases[i].both &&
			guess_both(cases[i].b, cases[i].a) == both);
		CHECK(
		    cases[i].type, check_same(guess_type(both), cases[i].type));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_values),
		cmocka_unit_test(test_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
