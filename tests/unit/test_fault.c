#include "check.h"

#include "base/fault.h"

static void
test_every_outcome_has_its_own_name(void **state)
{
	(void)state;
	for (enum outcome i = OUT_DONE; i < OUT__MAX; i++) {
		assert_non_null(outcome_name(i));
		for (enum outcome j = OUT_DONE; j < i; j++)
			assert_string_not_equal(
			    outcome_name(i), outcome_name(j));
	}
	assert_string_equal(outcome_name(OUT_STALE), "stale");
}

static void
test_set_forgets_what_was_there(void **state)
{
	struct fault fault = { .hint = "old", .sqlstate = "23505" };

	(void)state;
	assert_int_equal(
	    OUT_STALE, fault_set(&fault, OUT_STALE, "header If-Match",
			   WORD_NO_ROWS, "one", NULL));
	assert_int_equal(fault.outcome, OUT_STALE);
	assert_int_equal(fault.message, WORD_NO_ROWS);
	assert_string_equal(fault.part, "header If-Match");
	assert_string_equal(fault.args[0], "one");
	assert_null(fault.args[1]);
	assert_null(fault.args[2]);
	assert_null(fault.hint);
	assert_null(fault.sqlstate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_outcome_has_its_own_name),
		cmocka_unit_test(test_set_forgets_what_was_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
