#include "check.h"

#include "format/multipart.h"

#define FIELD(parameters)                                                      \
	"Content-Disposition: form-data; " parameters "\r\n\r\n"

static void
test_fields(void **state)
{
	static const char *const lines[] = {
		"preamble",
		"--B",
		"Content-Disposition: form-data; name=\"a\"",
		"",
		"one",
		"--B \t",
		"Content-Disposition: form-data; name=\"b\"",
		"",
		"",
		"--B",
		"Content-Disposition: form-data; name=\"c\"",
		"",
		"",
		"two",
		"--Bx",
		"",
		"",
		"--B",
		"content-type: text/plain",
		"X-Other: \"; name=x",
		"content-disposition:FORM-DATA;Name=d",
		"",
		"--B--",
		"epilogue --B",
		"",
	};
	static const char *const want[][2] = {
		{ "a", "one" },
		{ "b", "" },
		{ "c", "\r\ntwo\r\n--Bx\r\n\r\n" },
		{ "d", "" },
	};
	struct text *body = mem_text_open(*state);
	struct form form;

	for (size_t i = 0; i < COUNT(lines); i++)
		fprintf(body->out, "%s\r\n", lines[i]);
	mem_text(body);
	assert_int_equal(
	    multipart_read(*state, body->at, body->len, "B", &form), FORM_FINE);
	assert_int_equal(form.n, COUNT(want));
	for (size_t i = 0; i < form.n; i++) {
		assert_string_equal(form.fields[i].name, want[i][0]);
		assert_string_equal(form.fields[i].value, want[i][1]);
		assert_int_equal(form.fields[i].len, strlen(want[i][1]));
		assert_null(form.fields[i].filename);
		assert_null(form.fields[i].type);
	}
}

static void
test_files(void **state)
{
	static const char empty[] =
	    "--B\r\n" FIELD("filename=\"\"; name=\"f\"") "\r\n--B--";
	static const char full[] =
	    "--B\r\nContent-Disposition: form-data; name=\"g\"; "
	    "filename=\"x%22y.bin\"; filename*=UTF-8''z\r\n"
	    "Content-Type: application/x; a=b\r\n\r\n"
	    "\0\xff\r\n\0\r\n--B--";
	struct form form;

	assert_int_equal(
	    multipart_read(*state, empty, sizeof empty - 1, "B", &form),
	    FORM_FINE);
	assert_int_equal(form.n, 1);
	assert_string_equal(form.fields[0].filename, "");
	assert_int_equal(form.fields[0].len, 0);
	assert_null(form.fields[0].type);
	assert_int_equal(
	    multipart_read(*state, full, sizeof full - 1, "B", &form),
	    FORM_FINE);
	assert_int_equal(form.n, 1);
	assert_string_equal(form.fields[0].filename, "x\"y.bin");
	assert_string_equal(form.fields[0].type, "application/x; a=b");
	assert_int_equal(form.fields[0].len, 5);
	assert_memory_equal(form.fields[0].value, "\0\xff\r\n\0", 6);
}

static void
test_names(void **state)
{
	static const struct {
		const char *sent, *name;
	} cases[] = {
		{ "name=\"a%22b\"", "a\"b" },
		{ "name=\"a%0D%0Ab\"", "a\r\nb" },
		{ "name=\"a%0d%0ab\"", "a\r\nb" },
		{ "name=\"a%20b%25%2522\"", "a%20b%25%2522" },
		{ "name=\"a\\b\"", "a\\b" },
		{ "name=\"\"", "" },
		{ "name=\"a; name=b\"", "a; name=b" },
		{ "name=\"\xc3\xa9%\"", "\xc3\xa9%" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char *body = mem_printf(*state,
		    "--B\r\nContent-Disposition: form-data; %s\r\n\r\nx\r\n"
		    "--B--",
		    cases[i].sent);
		struct form form;

		CHECK(cases[i].sent, multipart_read(*state, body, strlen(body),
					 "B", &form) == FORM_FINE);
		assert_int_equal(form.n, 1);
		assert_string_equal(form.fields[0].name, cases[i].name);
		assert_string_equal(form.fields[0].value, "x");
	}
}

static void
test_refused(void **state)
{
	static const struct {
		const char *body;
		enum form_problem problem;
	} cases[] = {
		{ "", FORM_SYNTAX },
		{ "--B", FORM_SYNTAX },
		{ "--C--\r\n", FORM_SYNTAX },
		{ "--B\r\n", FORM_SYNTAX },
		{ "--B\r\n" FIELD("name=\"a\"") "x", FORM_SYNTAX },
		{ "--B\r\n" FIELD("name=\"a\"") "x\r\n--B", FORM_SYNTAX },
		{ "--B\r\n" FIELD("name=\"a\"") "x\n--B--", FORM_SYNTAX },
		{ "--B\r\n" FIELD("name=\"a\"") "x\r\n--B\r\n", FORM_SYNTAX },
		{ "--B\r\n" FIELD("filename=\"a\"") "x\r\n--B--", FORM_SYNTAX },
		{ "--B\r\n" FIELD("name=\"a") "x\r\n--B--", FORM_SYNTAX },
		{ "--B\r\n" FIELD("name=\"a\"b") "x\r\n--B--", FORM_SYNTAX },
		{ "--B\r\n" FIELD("name") "x\r\n--B--", FORM_SYNTAX },
		{ "--B\r\n" FIELD("name=a; name=b") "x\r\n--B--", FORM_SYNTAX },
		{ "--B\r\n\r\nx\r\n--B--", FORM_SYNTAX },
		{ "--B\r\nname\r\n" FIELD("name=a") "x\r\n--B--", FORM_SYNTAX },
		{ "--B\r\nContent-Disposition: attachment; name=a\r\n\r\nx"
		  "\r\n--B--",
		    FORM_SYNTAX },
		{ "--B\r\n" FIELD("name=\"\xff\"") "x\r\n--B--", FORM_UTF8 },
		{ "--B\r\n" FIELD("name=a") "\xff\r\n--B--", FORM_UTF8 },
		{ "--B\r\n" FIELD("name=a; filename=\"\xff\"") "x\r\n--B--",
		    FORM_UTF8 },
	};
	struct form form;

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].body,
		    multipart_read(*state, cases[i].body, strlen(cases[i].body),
			"B", &form) == cases[i].problem);
}

static void
test_nul_in_a_text(void **state)
{
	static const char body[] =
	    "--B\r\n" FIELD("name=a") "x\0y\r\n--B--\r\n";
	struct form form;

	assert_int_equal(
	    multipart_read(*state, body, sizeof body - 1, "B", &form),
	    FORM_UTF8);
}

static void
test_boundary(void **state)
{
	char boundary[72] = "";
	struct form form;

	assert_int_equal(
	    multipart_read(*state, "----", 4, "", &form), FORM_SYNTAX);
	for (size_t len = 1; len <= 71; len += 35) {
		char *body;

		memset(boundary, 'b', len);
		body = mem_printf(*state, "--%s--", boundary);
		assert_int_equal(
		    multipart_read(*state, body, strlen(body), boundary, &form),
		    len <= 70 ? FORM_FINE : FORM_SYNTAX);
		assert_int_equal(form.n, 0);
	}
}

static void
test_too_many(void **state)
{
	struct text *body = mem_text_open(*state);
	struct form form;

	for (int i = 0; i <= FORM_MAX_FIELDS; i++)
		fputs("--B\r\n" FIELD("name=a") "\r\n", body->out);
	fputs("--B--", body->out);
	mem_text(body);
	assert_int_equal(
	    multipart_read(*state, body->at, body->len, "B", &form), FORM_MANY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_fields),
		MEM_TEST(test_files),
		MEM_TEST(test_names),
		MEM_TEST(test_refused),
		MEM_TEST(test_nul_in_a_text),
		MEM_TEST(test_boundary),
		MEM_TEST(test_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
