#include "check.h"

#include <unistd.h>

#include "base/clock.h"
#include "store/slots.h"

/* The clock of these tests, instead of the machine's: it goes by a step each
 * time that it is read. */
static int64_t clock_now;

int64_t
clock_milliseconds(void)
{
	return clock_now += 101;
}

/* Whoever waits for a slot gives up after two seconds, however long ago the
 * machine was started: 25 days are more milliseconds than an int counts. */
static void
test_wait(void **state)
{
	static const int64_t starts[] = { 0, INT32_MAX - 1000, INT32_MAX,
		INT64_C(3000000000), INT64_C(5000000000) };
	char folder[] = "/tmp/test_slots_XXXXXX";
	const char *const folders[] = { mkdtemp(folder), NULL };
	struct slots *one = slots_new(*state, folders, "slots", 1);
	struct slots *other = slots_new(*state, folders, "slots", 1);

	assert_non_null(folders[0]);
	assert_true(slots_take(one));
	for (size_t i = 0; i < COUNT(starts); i++) {
		clock_now = starts[i];
		alarm(10); /* a wait without an end ends the program */
		assert_false(slots_take(other));
		assert_true(clock_now - starts[i] >= 2000);
		assert_true(clock_now - starts[i] < 3000);
	}
	alarm(0);
	slots_give(one);
	assert_true(slots_take(other));
	assert_int_equal(unlink(mem_printf(*state, "%s/slots", folder)), 0);
	assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		MEM_TEST(test_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
