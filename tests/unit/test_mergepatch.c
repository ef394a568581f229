#include "check.h"

#include "format/mergepatch.h"

static struct json_span
span_of(const char *text)
{
	struct json_span span;
	struct json_error error;

	if (!json_read(text, strlen(text), &span, &error))
		fail_msg("no JSON: %s", text);
	return span;
}

static char *
merged(struct mem *mem, const char *target, const char *patch)
{
	struct json_span span;

	if (target == NULL)
		return mergepatch_apply(mem, NULL, span_of(patch));
	span = span_of(target);
	return mergepatch_apply(mem, &span, span_of(patch));
}

/* RFC 7396, appendix A, and the example of section 3. */
static void
test_rfc(void **state)
{
	static const struct {
		const char *target, *patch, *result;
	} cases[] = {
		{ "{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
		{ "{\"a\":\"b\"}", "{\"b\":\"c\"}",
		    "{\"a\":\"b\",\"b\":\"c\"}" },
		{ "{\"a\":\"b\"}", "{\"a\":null}", "{}" },
		{ "{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}",
		    "{\"b\":\"c\"}" },
		{ "{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
		{ "{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}" },
		{ "{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}",
		    "{\"a\":{\"b\":\"d\"}}" },
		{ "{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}" },
		{ "[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]" },
		{ "{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]" },
		{ "{\"a\":\"foo\"}", "null", "null" },
		{ "{\"a\":\"foo\"}", "\"bar\"", "\"bar\"" },
		{ "{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}" },
		{ "[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}" },
		{ "{}", "{\"a\":{\"bb\":{\"ccc\":null}}}",
		    "{\"a\":{\"bb\":{}}}" },
		{ "{\"title\":\"Goodbye!\",\"author\":{\"givenName\":\"John\","
		  "\"familyName\":\"Doe\"},\"tags\":[\"example\",\"sample\"],"
		  "\"content\":\"This will be unchanged\"}",
		    "{\"title\":\"Hello!\",\"phoneNumber\":\"+01-123-456-7890\""
		    ",\"author\":{\"familyName\":null},\"tags\":[\"example\"]}",
		    "{\"title\":\"Hello!\",\"author\":{\"givenName\":\"John\"},"
		    "\"tags\":[\"example\"],\"content\":\"This will be "
		    "unchanged\",\"phoneNumber\":\"+01-123-456-7890\"}" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    merged(*state, cases[i].target, cases[i].patch),
		    cases[i].result);
}

static void
test_no_target(void **state)
{
	assert_string_equal(
	    merged(*state, NULL, "{\"a\":1,\"b\":null}"), "{\"a\":1}");
	assert_string_equal(merged(*state, NULL, "{}"), "{}");
	assert_string_equal(merged(*state, NULL, "[null]"), "[null]");
	assert_string_equal(
	    merged(*state, "7", "{\"a\":{\"b\":null}}"), "{\"a\":{}}");
}

/* What is not named keeps its very characters; a null within an array is a
 * value. */
static void
test_characters(void **state)
{
	assert_string_equal(
	    merged(*state,
		"{\"n\": 1.50, \"big\":123456789012345678901234567890 , "
		"\"o\":{ \"x\" : 1e2 }, \"s\":\"\\u0041\"}",
		"{\"l\":[ null, {\"a\":null} ]}"),
	    "{\"n\":1.50,\"big\":123456789012345678901234567890,"
	    "\"o\":{ \"x\" : 1e2 },\"s\":\"\\u0041\","
	    "\"l\":[ null, {\"a\":null} ]}");
}

/* Names are compared as they read, and written so that they read the same. */
static void
test_names(void **state)
{
	assert_string_equal(
	    merged(*state, "{\"\\u0061\":1,\"b\":2}", "{\"a\":null}"),
	    "{\"b\":2}");
	assert_string_equal(
	    merged(*state, "{\"a\":1}", "{\"\\u0061\":2}"), "{\"a\":2}");
	assert_string_equal(merged(*state, "{\"q\\\"\":1}", "{\"\\n\":2}"),
	    "{\"q\\\"\":1,\"\\n\":2}");
	assert_string_equal(
	    merged(*state, "{\"\":1}", "{\"\":{\"\":2}}"), "{\"\":{\"\":2}}");
}

static void
test_twice(void **state)
{
	static const struct {
		const char *target, *patch;
	} cases[] = {
		{ "{}", "{\"a\":1,\"a\":2}" },
		{ "{\"a\":1,\"a\":2}", "{}" },
		{ "{\"a\":{\"b\":1,\"b\":2}}", "{\"a\":{}}" },
		{ "{\"a\":{}}", "{\"a\":{\"b\":1,\"\\u0062\":2}}" },
		{ NULL, "{\"a\":{\"b\":null,\"b\":null}}" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].patch,
		    merged(*state, cases[i].target, cases[i].patch) == NULL);
	/* where the patch does not reach, nobody has to know what is meant */
	assert_string_equal(
	    merged(*state, "{\"a\":{\"b\":1,\"b\":2}}", "{\"c\":3}"),
	    "{\"a\":{\"b\":1,\"b\":2},\"c\":3}");
	assert_string_equal(
	    merged(*state, "{\"a\":{\"b\":1,\"b\":2}}", "{\"a\":null}"), "{}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_rfc),
		MEM_TEST(test_no_target),
		MEM_TEST(test_characters),
		MEM_TEST(test_names),
		MEM_TEST(test_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
