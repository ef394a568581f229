#include "sample.h"

#include "format/form.h"

static void
test_read(void **state)
{
	static const struct {
		const char *name, *value;
	} want[] = {
		{ "a", "b c+d" },
		{ "bare", "" },
		{ "", "x" },
		{ "a", "second" },
		{ "k", "=\xc3\xa9" },
	};
	static const char body[] = "&a=b+c%2Bd&&bare&=x&a=second&k==%C3%A9&";
	struct form form;

	assert_int_equal(
	    form_read(*state, body, sizeof body - 1, &form), FORM_FINE);
	assert_int_equal(form.n, COUNT(want));
	for (size_t i = 0; i < form.n; i++) {
		assert_string_equal(form.fields[i].name, want[i].name);
		assert_string_equal(form.fields[i].value, want[i].value);
		assert_int_equal(form.fields[i].len, strlen(want[i].value));
		assert_null(form.fields[i].filename);
	}
	assert_string_equal(form_value(&form, "a"), "b c+d");
	assert_null(form_value(&form, "missing"));
	assert_int_equal(form_read(*state, NULL, 0, &form), FORM_FINE);
	assert_int_equal(form.n, 0);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *body;
		enum form_problem problem;
	} cases[] = {
		{ "a=%", FORM_SYNTAX },
		{ "a=%2", FORM_SYNTAX },
		{ "%zz=1", FORM_SYNTAX },
		{ "a=%ff", FORM_UTF8 },
		{ "a=\xc3", FORM_UTF8 },
		{ "%80=1", FORM_UTF8 },
		{ "a=b%00c", FORM_UTF8 },
		{ "a%00=b", FORM_UTF8 },
	};
	struct form form;

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].body,
		    form_read(*state, cases[i].body, strlen(cases[i].body),
			&form) == cases[i].problem);
}

static void
test_too_many(void **state)
{
	size_t len = 2 * ((size_t)FORM_MAX_FIELDS + 1);
	char *body = mem_alloc(*state, len);
	struct form form;

	for (size_t i = 0; i < len; i++)
		body[i] = i % 2 == 0 ? 'a' : '&';
	assert_int_equal(form_read(*state, body, len - 2, &form), FORM_FINE);
	assert_int_equal(form.n, FORM_MAX_FIELDS);
	assert_int_equal(form_read(*state, body, len, &form), FORM_MANY);
}

static void
test_find_passes_over_files(void **state)
{
	struct form_field fields[] = {
		{ .name = "a", .value = "file", .len = 4, .filename = "f" },
		{ .name = "a", .value = "text", .len = 4 },
	};
	const struct form form = { fields, 2 };

	(void)state;
	assert_ptr_equal(form_find(&form, "a"), &fields[1]);
	assert_string_equal(form_value(&form, "a"), "text");
}

/* F8 */
static void
test_newlines(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "a\nb", "a\nb" },
		{ "a\r\nb\r\n", "a\nb\n" },
		{ "\r\n\r\na", "\n\na" },
		{ "a\rb\r", "a\nb\n" },
		{ "\r\r\n\n\r", "\n\n\n\n" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    form_newlines(*state, cases[i].text), cases[i].want);
}

/* Whether the form has the pairs of the parser's result, a JSON array. */
static bool
as_told(struct mem *mem, const struct form *form, struct json_span output)
{
	struct json_span *pairs, *pair;
	size_t n, two;

	json_elements(mem, output, &pairs, &n);
	if (n != form->n)
		return false;
	for (size_t i = 0; i < n; i++) {
		json_elements(mem, pairs[i], &pair, &two);
		if (!check_same(
			form->fields[i].name, json_decode(mem, pair[0])) ||
		    !check_same(
			form->fields[i].value, json_decode(mem, pair[1])))
			return false;
	}
	return true;
}

static bool
holds(struct json_span span, const char *part)
{
	return memmem(span.at, span.len, part, strlen(part)) != NULL;
}

/* Browsers' parsers repair what is malformed; here it is refused. What they
 * take as it is, must come out here as there. */
static void
test_parser_vectors(void **state)
{
	struct json_span *items;
	size_t n;

	sample_read(
	    *state, "judges/vectors/urlencoded-parser.json", &items, &n);
	for (size_t i = 0; i < n; i++) {
		struct json_span output =
		    sample_member(*state, items[i], "output");
		char *body = json_decode(
		    *state, sample_member(*state, items[i], "input"));
		struct form form;
		enum form_problem problem;

		assert_non_null(body);
		problem = form_read(*state, body, strlen(body), &form);
		CHECK(body, problem != FORM_MANY);
		if (problem == FORM_FINE)
			CHECK(body, as_told(*state, &form, output));
		else if (problem == FORM_SYNTAX)
			CHECK(body, holds(output, "%"));
		else
			CHECK(body, holds(output, "\\ufffd") ||
					holds(output, "\\u0000"));
	}
}

static void
check_browser_case(struct mem *mem, struct json_span item)
{
	const char *name = json_decode(mem, sample_member(mem, item, "name"));
	const char *value = json_decode(mem, sample_member(mem, item, "value"));
	const char *payload =
	    json_decode(mem, sample_member(mem, item, "payload"));
	struct form form;
	enum form_problem problem =
	    form_read(mem, payload, strlen(payload), &form);

	if (name == NULL || value == NULL) {
		CHECK(payload, problem == FORM_UTF8);
		return;
	}
	CHECK(payload, problem == FORM_FINE && form.n == 1);
	assert_string_equal(
	    form_newlines(mem, form.fields[0].name), form_newlines(mem, name));
	assert_string_equal(form_newlines(mem, form.fields[0].value),
	    form_newlines(mem, value));
}

static void
test_browser_vectors(void **state)
{
	struct json_span *items;
	size_t n;

	sample_read(
	    *state, "judges/vectors/urlencoded-browser.json", &items, &n);
	for (size_t i = 0; i < n; i++)
		check_browser_case(*state, items[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_read),
		MEM_TEST(test_refused),
		MEM_TEST(test_too_many),
		MEM_TEST(test_find_passes_over_files),
		MEM_TEST(test_newlines),
		MEM_TEST(test_parser_vectors),
		MEM_TEST(test_browser_vectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
