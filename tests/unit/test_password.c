#include "check.h"

#include "format/password.h"

static void
test_check(void **state)
{
	char *kept = password_make(*state, "gr\xc3\xb6\xc3\x9ftes Geheimnis");

	assert_memory_equal(kept, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
	assert_true(password_check(kept, "gr\xc3\xb6\xc3\x9ftes Geheimnis"));
	assert_false(password_check(kept, "gr\xc3\xb6\xc3\x9ftes geheimnis"));
	assert_false(password_check(kept, ""));
	assert_string_not_equal(
	    kept, password_make(*state, "gr\xc3\xb6\xc3\x9ftes Geheimnis"));
}

/* Made with other costs, which the text tells. */
static void
test_other_costs(void **state)
{
	(void)state;
	assert_true(password_check(
	    "$argon2id$v=19$m=32768,t=3,p=1$f+ddSJzIF3RKM0JoPjecLw$"
	    "1lVQvJzCd2dq09F7pB3UgOtQL/3RaheBNPA+OOuVC1Y",
	    "password"));
}

static void
test_nothing_kept(void **state)
{
	(void)state;
	assert_false(password_check(NULL, "nobody's"));
	assert_false(password_check(NULL, ""));
	assert_false(password_check("", ""));
	assert_false(password_check("password", "password"));
}

/* BLAKE2b with 32 bytes, by Python's hashlib. */
static void
test_digest(void **state)
{
	assert_string_equal(password_digest(*state, NULL, "abc"),
	    "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	assert_string_not_equal(password_digest(*state, "a", "b"),
	    password_digest(*state, "b", "a"));
	assert_string_not_equal(password_digest(*state, "a", "bc"),
	    password_digest(*state, "ab", "c"));
}

static void
test_same(void **state)
{
	assert_true(password_same(*state, "abc", "abc"));
	assert_false(password_same(*state, "abc", "abd"));
	assert_false(password_same(*state, "abc", "ab"));
	assert_true(password_same(*state, "", ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_check),
		MEM_TEST(test_other_costs),
		MEM_TEST(test_nothing_kept),
		MEM_TEST(test_digest),
		MEM_TEST(test_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
