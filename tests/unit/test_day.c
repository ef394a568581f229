#include "check.h"

#include "format/day.h"

static void
test_read(void **state)
{
	static const struct {
		const char *typed, *day, *other;
	} cases[] = {
		{ "31.12.2026", "2026-12-31", NULL },
		{ "1.2.2026", "2026-02-01", NULL },
		{ " 1.2.2026", "2026-02-01", NULL },
		{ "01.02.26", "2026-02-01", NULL },
		{ "01.02.29", "2029-02-01", NULL },
		{ "01.02.30", "1930-02-01", NULL },
		{ "1.2.2026 10:20", "2026-02-01 10:20", NULL },
		{ "12/31/2026", "2026-12-31", NULL },
		{ "31/12/2026", "2026-12-31", NULL },
		{ "5/5/2026", "2026-05-05", NULL },
		{ "2/3/2026", "2026-02-03", "2026-03-02" },
		{ "12/11/26", "2026-12-11", "2026-11-12" },
		{ "13.13.2026", NULL, NULL },
		{ "31.2.2026", "2026-02-31", NULL },
		{ "2026-12-31", NULL, NULL },
		{ "1.2.026", NULL, NULL },
		{ "1.2.20261", NULL, NULL },
		{ "1.2/2026", NULL, NULL },
		{ "1.2", NULL, NULL },
		{ "1.2.2026x", NULL, NULL },
		{ "32/32/2026", NULL, NULL },
		{ "", NULL, NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct number_text text;
		enum number number = day_read(*state, cases[i].typed, &text);

		CHECK(cases[i].typed,
		    number == (cases[i].other	 ? NUMBER_TWO_WAYS
				  : cases[i].day ? NUMBER_READ
						 : NUMBER_OTHER));
		if (cases[i].other) {
			CHECK(cases[i].typed,
			    check_same(text.whole, cases[i].day));
			CHECK(cases[i].typed,
			    check_same(text.broken, cases[i].other));
		} else {
			CHECK(cases[i].typed,
			    check_same(text.text,
				cases[i].day ? cases[i].day : cases[i].typed));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
