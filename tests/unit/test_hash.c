#include "check.h"

#include "format/hash.h"

/* Against another implementation, Python's hashlib. */
static void
test_known_hashes(void **state)
{
	assert_string_equal(hash_text(*state, "abc", 3),
	    "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	assert_string_equal(hash_text(*state, "", 0),
	    "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

static void
test_length_counts(void **state)
{
	assert_string_not_equal(
	    hash_text(*state, "a\0b", 3), hash_text(*state, "a\0c", 3));
}

static void
test_a_text_in_pieces(void **state)
{
	struct hash *hash = hash_open(*state), *left = hash_open(*state);
	char *large = mem_array(*state, 1, 70000);

	for (size_t i = 0; i < 70000; i++)
		fputc(large[i], hash->out);
	assert_string_equal(hash_end(hash), hash_text(*state, large, 70000));
	/* one that nobody ends is the arena's */
	fputs("abc", left->out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_known_hashes),
		MEM_TEST(test_length_counts),
		MEM_TEST(test_a_text_in_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
