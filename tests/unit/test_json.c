#include "sample.h"

#include "format/jsonscan.h"

static struct json_span
read_good(const char *text)
{
	struct json_span span;
	struct json_error error;

	if (!json_read(text, strlen(text), &span, &error))
		fail_msg("refused at %zu: %s", error.position, text);
	return span;
}

static void
test_good(void **state)
{
	static const struct {
		const char *text;
		enum json_kind kind;
		const char *span;
	} cases[] = {
		{ "null", JSON_NULL, "null" },
		{ " true\n", JSON_TRUE, "true" },
		{ "\tfalse\r", JSON_FALSE, "false" },
		{ "0", JSON_NUMBER, "0" },
		{ "-0.10e+05", JSON_NUMBER, "-0.10e+05" },
		{ "1E400", JSON_NUMBER, "1E400" },
		{ "123456789012345678901234567890.50", JSON_NUMBER,
		    "123456789012345678901234567890.50" },
		{ "\"\"", JSON_STRING, "\"\"" },
		{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00Af\x7f\"", JSON_STRING,
		    NULL },
		{ "\"\\u0000\\ud800\"", JSON_STRING, NULL },
		{ "[]", JSON_ARRAY, "[]" },
		{ "[ 1 , [ ] , { } ]", JSON_ARRAY, NULL },
		{ "{}", JSON_OBJECT, "{}" },
		{ " { \"a\" : 1 , \"a\" : [2] } ", JSON_OBJECT,
		    "{ \"a\" : 1 , \"a\" : [2] }" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct json_span span = read_good(cases[i].text);

		assert_int_equal(span.kind, cases[i].kind);
		if (cases[i].span == NULL)
			continue;
		assert_int_equal(span.len, strlen(cases[i].span));
		assert_memory_equal(span.at, cases[i].span, span.len);
	}
}

/* E16: what is refused, why and where. */
static const struct {
	const char *text;
	enum json_problem problem;
	size_t position;
} refused[] = {
	{ "", JSON_SYNTAX, 0 },
	{ "  ", JSON_SYNTAX, 2 },
	{ "nul", JSON_SYNTAX, 3 },
	{ "nulL", JSON_SYNTAX, 3 },
	{ "True", JSON_SYNTAX, 0 },
	{ "NaN", JSON_SYNTAX, 0 },
	{ "Infinity", JSON_SYNTAX, 0 },
	{ "01", JSON_SYNTAX, 1 },
	{ "-", JSON_SYNTAX, 1 },
	{ "+1", JSON_SYNTAX, 0 },
	{ ".5", JSON_SYNTAX, 0 },
	{ "1.", JSON_SYNTAX, 2 },
	{ "1.e1", JSON_SYNTAX, 2 },
	{ "1e", JSON_SYNTAX, 2 },
	{ "1e+", JSON_SYNTAX, 3 },
	{ "0x10", JSON_SYNTAX, 1 },
	{ "1 2", JSON_SYNTAX, 2 },
	{ "\"a", JSON_SYNTAX, 2 },
	{ "\"a\nb\"", JSON_SYNTAX, 2 },
	{ "\"\\x\"", JSON_SYNTAX, 2 },
	{ "\"\\u12g4\"", JSON_SYNTAX, 5 },
	{ "\"\\u12", JSON_SYNTAX, 5 },
	{ "\"\\", JSON_SYNTAX, 2 },
	{ "'a'", JSON_SYNTAX, 0 },
	{ "[", JSON_SYNTAX, 1 },
	{ "[1,]", JSON_SYNTAX, 3 },
	{ "[,1]", JSON_SYNTAX, 1 },
	{ "[1 2]", JSON_SYNTAX, 3 },
	{ "[1}", JSON_SYNTAX, 2 },
	{ "]", JSON_SYNTAX, 0 },
	{ "{", JSON_SYNTAX, 1 },
	{ "{\"a\"}", JSON_SYNTAX, 4 },
	{ "{\"a\":}", JSON_SYNTAX, 5 },
	{ "{\"a\":1,}", JSON_SYNTAX, 7 },
	{ "{a:1}", JSON_SYNTAX, 1 },
	{ "{1:1}", JSON_SYNTAX, 1 },
	{ "{\"a\":1]", JSON_SYNTAX, 6 },
	{ "/**/1", JSON_SYNTAX, 0 },
	{ "\xef\xbb\xbf{}", JSON_SYNTAX, 0 },
	{ "\xc2\xa0", JSON_SYNTAX, 0 },
	{ "\f1", JSON_SYNTAX, 0 },
	{ "\"\xff\"", JSON_UTF8, 1 },
	{ "\"a\xc0\x80\"", JSON_UTF8, 2 },
	{ "\"\xed\xa0\x80\"", JSON_UTF8, 1 },
};

static void
test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		const char *text = refused[i].text;
		struct json_span span;
		struct json_error error;

		CHECK(text, !json_read(text, strlen(text), &span, &error));
		CHECK(text, error.problem == refused[i].problem);
		CHECK(text, error.position == refused[i].position);
	}
}

static void
test_nul_byte(void **state)
{
	struct json_span span;
	struct json_error error;

	(void)state;
	assert_false(json_read("\"a\0b\"", 5, &span, &error));
	assert_int_equal(error.problem, JSON_NUL);
	assert_int_equal(error.position, 2);
	assert_false(json_read("1\0", 2, &span, &error));
	assert_int_equal(error.problem, JSON_NUL);
}

static void
test_depth(void **state)
{
	for (size_t depth = 62; depth < 70; depth++) {
		char *text = mem_alloc(*state, 2 * depth + 1);
		bool fits = depth <= JSONSCAN_DEEPEST;
		struct json_span span;
		struct json_error error;

		memset(text, '[', depth);
		memset(text + depth, ']', depth);
		assert_int_equal(
		    json_read(text, 2 * depth, &span, &error), fits);
		if (fits)
			continue;
		assert_int_equal(error.problem, JSON_DEEP);
		assert_int_equal(error.position, 64);
	}
}

static void
test_members(void **state)
{
	struct json_span span =
	    read_good(" { \"a\\u0062\" : 1.50 ,\"\":\"x\", \"c\":[1, {}] } ");
	struct json_member *members;
	struct json_error error;
	size_t n;

	assert_true(json_members(*state, span, &members, &n, &error));
	assert_int_equal(n, 3);
	assert_string_equal(members[0].name, "ab");
	assert_int_equal(members[0].value.kind, JSON_NUMBER);
	assert_int_equal(members[0].value.len, 4);
	assert_memory_equal(members[0].value.at, "1.50", 4);
	assert_string_equal(members[1].name, "");
	assert_int_equal(members[1].value.kind, JSON_STRING);
	assert_int_equal(members[2].value.kind, JSON_ARRAY);
	assert_int_equal(members[2].value.len, 7);
	assert_true(
	    json_members(*state, read_good("{ }"), &members, &n, &error));
	assert_int_equal(n, 0);
}

static void
test_bad_members(void **state)
{
	static const struct {
		const char *text;
		enum json_problem problem;
		size_t position;
	} cases[] = {
		{ "{\"a\":1,\"b\":2,\"a\":3}", JSON_DUPLICATE, 13 },
		{ "{\"a\":1,\"\\u0061\":2}", JSON_DUPLICATE, 7 },
		{ "{\"z\":1,\"b\":1,\"z\":1,\"b\":1}", JSON_DUPLICATE, 13 },
		{ "{\"a\\u0000\":1}", JSON_NUL, 3 },
		{ "{\"b\":1,\"\\ud800x\":1}", JSON_SURROGATE, 8 },
		{ "{\"\\udc00\":1}", JSON_SURROGATE, 2 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text = cases[i].text;
		struct json_member *members;
		struct json_error error;
		size_t n;

		CHECK(text, !json_members(
				*state, read_good(text), &members, &n, &error));
		CHECK(text, error.problem == cases[i].problem);
		CHECK(text, error.position == cases[i].position);
	}
}

static void
test_elements(void **state)
{
	struct json_span *elements;
	size_t n;

	json_elements(*state, read_good("[ 1,\"]\" ,[2,3] , {\"a\":[]},null ]"),
	    &elements, &n);
	assert_int_equal(n, 5);
	assert_int_equal(elements[0].kind, JSON_NUMBER);
	assert_int_equal(elements[1].len, 3);
	assert_int_equal(elements[2].len, 5);
	assert_int_equal(elements[3].kind, JSON_OBJECT);
	assert_int_equal(elements[4].kind, JSON_NULL);
	json_elements(*state, read_good("[ ]"), &elements, &n);
	assert_int_equal(n, 0);
}

static void
test_strict(void **state)
{
	static const struct {
		const char *text;
		enum json_problem problem;
		size_t position;
	} cases[] = {
		{ "1", JSON_FINE, 0 },
		{ "\"\\u0001\\\\u0000\"", JSON_FINE, 0 },
		{ "[{\"a\":1},{\"a\":1}]", JSON_FINE, 0 },
		{ "{\"a\":{\"a\":1}}", JSON_FINE, 0 },
		{ "\"\\ud83d\\ude00\"", JSON_FINE, 0 },
		{ "\"\\u0000\"", JSON_NUL, 1 },
		{ "[1,{\"a\":[\"x\\u0000\"]}]", JSON_NUL, 11 },
		{ "[\"\\ud83d\"]", JSON_SURROGATE, 2 },
		{ "\"\\ude00\\ud83d\"", JSON_SURROGATE, 1 },
		{ "\"\\ud83d\\u0041\"", JSON_SURROGATE, 1 },
		{ "[{\"b\":{\"a\":1,\"a\":1}}]", JSON_DUPLICATE, 13 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text = cases[i].text;
		struct json_error error;
		bool good = json_strict(*state, read_good(text), &error);

		CHECK(text, good == (cases[i].problem == JSON_FINE));
		CHECK(text, error.problem == cases[i].problem);
		CHECK(text, error.position == cases[i].position);
	}
}

static void
test_decode(void **state)
{
	static const struct {
		const char *text, *decoded;
	} cases[] = {
		{ "\"\"", "" },
		{ "\"a\\/b\\\\c\\\"\"", "a/b\\c\"" },
		{ "\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t" },
		{ "\"\\u00e9\\u20AC\\uFFFF\"",
		    "\xc3\xa9\xe2\x82\xac\xef\xbf\xbf" },
		{ "\"\\ud83d\\ude00\\uDBFF\\uDFFF\"",
		    "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf" },
		{ "\"\\u0000\"", NULL },
		{ "\"\\ud83d\"", NULL },
		{ "\"\\ud83dx\"", NULL },
		{ "\"\\ud83d\\n\"", NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].text,
		    check_same(json_decode(*state, read_good(cases[i].text)),
			cases[i].decoded));
}

static void
test_same(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "1", "1", true },
		{ "1", "1.0", false },
		{ "1", "11", false },
		{ "\"1\"", "1", false },
		{ "null", "false", false },
		{ "[1, 2]", "[ 1,2 ]", true },
		{ "[1, 2]", "[2, 1]", false },
		{ "[1]", "[1,2]", false },
		{ "[[1],2]", "[[1,2]]", false },
		{ "[]", "{}", false },
		{ "{\"a\":1}", "{ \"\\u0061\" : 1 }", true },
		{ "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", false },
		{ "\"\\u00e9\\/\"", "\"\xc3\xa9/\"", true },
		{ "\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"", true },
		{ "\"\\u0000\"", "\"\\u0000\"", true },
		{ "\"\\u0000a\"", "\"\\u0000b\"", false },
		{ "\"\\ud800\"", "\"\\uD800\"", true },
		{ "\"a b\"", "\"ab\"", false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct json_span a = read_good(cases[i].a);
		struct json_span b = read_good(cases[i].b);

		CHECK(cases[i].a, json_same(*state, a, b) == cases[i].same);
		CHECK(cases[i].a, json_same(*state, b, a) == cases[i].same);
	}
}

static const char *
written(struct mem *mem, const char *text, size_t len)
{
	struct text *out = mem_text_open(mem);

	json_write_string(out->out, text, len);
	return mem_text(out);
}

/* As select to_json(...) writes it. */
static void
test_write_string(void **state)
{
	static const struct {
		const char *text, *json;
	} cases[] = {
		{ "", "\"\"" },
		{ "a/b'<>&", "\"a/b'<>&\"" },
		{ "\"\\", "\"\\\"\\\\\"" },
		{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
		{ "\x01\x0b\x1f\x7f", "\"\\u0001\\u000b\\u001f\x7f\"" },
		{ "\xc3\xa9\xe2\x80\xa8", "\"\xc3\xa9\xe2\x80\xa8\"" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    written(*state, cases[i].text, strlen(cases[i].text)),
		    cases[i].json);
	assert_string_equal(written(*state, "a\0b", 3), "\"a\\u0000b\"");
}

static void
check_round_trip(struct mem *mem, const char *text)
{
	const char *json = written(mem, text, strlen(text));

	assert_string_equal(json_decode(mem, read_good(json)), text);
}

static void
test_round_trip(void **state)
{
	struct json_span *items;
	char each[128] = "";
	size_t n;

	for (char c = 1; c < 127; c++)
		each[c - 1] = c;
	check_round_trip(*state, each);
	sample_read(*state, "judges/strings/blns.json", &items, &n);
	for (size_t i = 0; i < n; i++) {
		const char *text = json_decode(*state, items[i]);

		assert_non_null(text);
		check_round_trip(*state, text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_good),
		MEM_TEST(test_bad),
		MEM_TEST(test_nul_byte),
		MEM_TEST(test_depth),
		MEM_TEST(test_members),
		MEM_TEST(test_bad_members),
		MEM_TEST(test_elements),
		MEM_TEST(test_strict),
		MEM_TEST(test_decode),
		MEM_TEST(test_same),
		MEM_TEST(test_write_string),
		MEM_TEST(test_round_trip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
