#include "check.h"

#include <stdbool.h>

#include "merge/fields.h"

static void
test_cases(void **state)
{
	static const struct {
		const char *name;
		bool base_known;
		const char *base, *theirs, *mine;
		bool touched;
		enum merge merge;
	} cases[] = {
		{ "nobody", true, "a", "a", "a", false, MERGE_SAME },
		{ "mine", true, "a", "a", "b", true, MERGE_MINE },
		{ "theirs", true, "a", "b", "a", false, MERGE_THEIRS },
		{ "both alike", true, "a", "b", "b", true, MERGE_SAME },
		{ "both", true, "a", "b", "c", true, MERGE_DISPUTE },
		{ "all NULL", true, NULL, NULL, NULL, false, MERGE_SAME },
		{ "mine to NULL", true, "a", "a", NULL, true, MERGE_MINE },
		{ "mine from NULL", true, NULL, NULL, "a", true, MERGE_MINE },
		{ "NULL is not empty", true, NULL, "", NULL, false,
		    MERGE_THEIRS },
		{ "theirs to NULL", true, "a", NULL, "b", true, MERGE_DISPUTE },
		{ "both to NULL", true, "a", NULL, NULL, true, MERGE_SAME },
		{ "blind, untouched", false, NULL, "a", "a", false,
		    MERGE_THEIRS },
		{ "blind, alike", false, NULL, "a", "a", true, MERGE_SAME },
		{ "blind, touched", false, NULL, "a", "b", true,
		    MERGE_DISPUTE },
		{ "blind, NULL there", false, NULL, NULL, "b", true,
		    MERGE_DISPUTE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].name,
		    merge_field(cases[i].base_known, cases[i].base,
			cases[i].theirs, cases[i].mine,
			cases[i].touched) == cases[i].merge);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
