#include "check.h"

#include "format/range.h"

/* D9: what is cut out of a representation of ten bytes, and of others. */
static void
test_read(void **state)
{
	static const struct {
		const char *value;
		size_t total;
		enum range range;
		size_t first, len;
	} cases[] = {
		{ "bytes=0-0", 10, RANGE_PART, 0, 1 },
		{ "bytes=0-9", 10, RANGE_PART, 0, 10 },
		{ "bytes=2-5", 10, RANGE_PART, 2, 4 },
		{ "bytes=9-9", 10, RANGE_PART, 9, 1 },
		{ "bytes=002-05", 10, RANGE_PART, 2, 4 },
		{ "Bytes=2-5", 10, RANGE_PART, 2, 4 },
		{ "bytes=5-10", 10, RANGE_PART, 5, 5 },
		{ "bytes=5-99999999999999999999999999", 10, RANGE_PART, 5, 5 },
		{ "bytes=0-18446744073709551616", 10, RANGE_PART, 0, 10 },
		{ "bytes=0-", 10, RANGE_PART, 0, 10 },
		{ "bytes=4-", 10, RANGE_PART, 4, 6 },
		{ "bytes=-1", 10, RANGE_PART, 9, 1 },
		{ "bytes=-10", 10, RANGE_PART, 0, 10 },
		{ "bytes=-11", 10, RANGE_PART, 0, 10 },
		{ "bytes=-99999999999999999999999999", 10, RANGE_PART, 0, 10 },
		{ "bytes=10-", 10, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=10-10", 10, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=18446744073709551616-", 10, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=99999999999999999999999999-", 10, RANGE_OUTSIDE, 0,
		    0 },
		{ "bytes=-0", 10, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=0-", 0, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=0-0", 0, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=-0", 0, RANGE_OUTSIDE, 0, 0 },
		{ "bytes=-5", 0, RANGE_WHOLE, 0, 0 },
		{ "bytes=0-0", 1, RANGE_PART, 0, 1 },
		{ "bytes=-1", SIZE_MAX, RANGE_PART, SIZE_MAX - 1, 1 },
		{ "bytes=0-1,3-4", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=0-1,", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=,0-1", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=0-1, bytes=3-4", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=5-2", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=11-10", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=-", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=3", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=--3", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=+1-3", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=1-3x", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=1-3 ", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=1 -3", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes= 1-3", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes =1-3", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes=a-b", 10, RANGE_WHOLE, 0, 0 },
		{ "lines=1-3", 10, RANGE_WHOLE, 0, 0 },
		{ "bytes", 10, RANGE_WHOLE, 0, 0 },
		{ "1-3", 10, RANGE_WHOLE, 0, 0 },
		{ "", 10, RANGE_WHOLE, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct range_part part = { 0, 0 };

		CHECK(cases[i].value, range_read(cases[i].value, cases[i].total,
					  &part) == cases[i].range);
		CHECK(cases[i].value, part.first == cases[i].first);
		CHECK(cases[i].value, part.len == cases[i].len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
