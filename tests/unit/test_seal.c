#include "check.h"

#include "format/seal.h"

static void
test_good_until_it_expires(void **state)
{
	char *token = seal_make(*state, "secret", "form\nanna", 1000);

	assert_memory_equal(token, "1000.", 5);
	assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				       "abcdefghijklmnopqrstuvwxyz-_."),
	    strlen(token));
	assert_true(seal_check("secret", "form\nanna", token, 0));
	assert_true(seal_check("secret", "form\nanna", token, 999));
	assert_false(seal_check("secret", "form\nanna", token, 1000));
}

static void
test_bound_to_secret_and_subject(void **state)
{
	char *token = seal_make(*state, "secret", "form\nanna", 1000);

	assert_false(seal_check("secret2", "form\nanna", token, 0));
	assert_false(seal_check("secret", "form\nbert", token, 0));
	assert_false(seal_check("secret", "form", token, 0));
}

/* Made by Python's hmac: SHA-512 cut to 256 bits, over "1000", a line break and
 * "x". */
static void
test_known_token(void **state)
{
	assert_string_equal(seal_make(*state, "secret", "x", 1000),
	    "1000.6tbLCRw8a9AVRJs7Fj-CyED_lSwVj4AToH1B9O8qeyE");
}

static void
test_every_change_is_seen(void **state)
{
	char *token = seal_make(*state, "secret", "x", 1000);

	for (size_t i = 0; token[i] != '\0'; i++) {
		char kept = token[i];

		token[i] = kept == '9' ? '8' : '9';
		CHECK(token, !seal_check("secret", "x", token, 0));
		token[i] = '\0';
		CHECK(token, !seal_check("secret", "x", token, 0));
		token[i] = kept;
	}
	assert_true(seal_check("secret", "x", token, 0));
}

static void
test_malformed(void **state)
{
	const char *token = seal_make(*state, "secret", "x", 1000);
	const char *const bad[] = { "", ".", "1000", "1000.", token + 4,
		mem_printf(*state, "%sA", token),
		mem_printf(*state, "%s=", token),
		mem_printf(*state, "0%s", token),
		mem_printf(*state, "-%s", token),
		mem_printf(*state, " %s", token),
		mem_printf(*state, "99999999999999999999%s", token + 4) };

	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(bad[i], !seal_check("secret", "x", bad[i], 0));
}

static void
test_secrets_differ(void **state)
{
	char *secret = seal_secret(*state);

	assert_int_equal(strlen(secret), 64);
	assert_int_equal(strspn(secret, "0123456789abcdef"), 64);
	assert_string_not_equal(secret, seal_secret(*state));
}

static void
test_nonces_differ(void **state)
{
	char *nonce = seal_nonce(*state);

	assert_int_equal(strlen(nonce), 32);
	assert_int_equal(strspn(nonce, "0123456789abcdef"), 32);
	assert_string_not_equal(nonce, seal_nonce(*state));
}

static void
test_packed(void **state)
{
	static const char *const texts[] = { "a", "ab", "abc",
		"anna\nAnna \xc3\x84rmel\n\n1" };

	for (size_t i = 0; i < COUNT(texts); i++) {
		char *packed =
		    seal_pack(*state, "secret", "session", texts[i], 1000);

		assert_int_equal(
		    strspn(packed, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   "abcdefghijklmnopqrstuvwxyz-_."),
		    strlen(packed));
		assert_string_equal(
		    seal_open(*state, "secret", "session", packed, 999),
		    texts[i]);
		assert_null(
		    seal_open(*state, "secret", "session", packed, 1000));
		assert_null(seal_open(*state, "secret", "other", packed, 0));
		assert_null(seal_open(*state, "other", "session", packed, 0));
		for (size_t c = 0; packed[c] != '\0'; c++) {
			char *spoilt = mem_string(*state, packed);

			spoilt[c] = spoilt[c] == '1' ? '2' : '1';
			assert_null(
			    seal_open(*state, "secret", "session", spoilt, 0));
		}
	}
}

static void
test_packed_malformed(void **state)
{
	static const char *const packed[] = { "", ".", "..", "a", "a.", "a.1",
		"a.1.", "=.1.2",
		"YQ.1000.6tbLCRw8a9AVRJs7Fj-CyED_lSwVj4AToH1B9"
		"O8qeyE" };

	for (size_t i = 0; i < COUNT(packed); i++)
		CHECK(packed[i], seal_open(*state, "secret", "session",
				     packed[i], 0) == NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_good_until_it_expires),
		MEM_TEST(test_bound_to_secret_and_subject),
		MEM_TEST(test_known_token),
		MEM_TEST(test_every_change_is_seen),
		MEM_TEST(test_malformed),
		MEM_TEST(test_secrets_differ),
		MEM_TEST(test_nonces_differ),
		MEM_TEST(test_packed),
		MEM_TEST(test_packed_malformed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
