#include "check.h"

#include "format/media.h"

static void
test_quality(void **state)
{
	/* RFC 9110 12.5.1 */
	static const char rfc[] =
	    "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, "
	    "text/plain;format=fixed;q=0.4, */*;q=0.5";
	static const struct {
		const char *accept, *type;
		int quality;
	} cases[] = {
		{ NULL, "text/html", 1000 },
		{ "", "text/html", 1000 },
		{ " , ", "text/html", 1000 },
		{ "*/*", "text/html", 1000 },
		{ "text/html", "text/html", 1000 },
		{ "TEXT/Html", "text/html", 1000 },
		{ "text/*", "text/html", 1000 },
		{ "text/html", "text/csv", 0 },
		{ "text/htm", "text/html", 0 },
		{ "text/html5", "text/html", 0 },
		{ "tex/*", "text/html", 0 },
		{ rfc, "text/plain", 700 },
		{ rfc, "text/html", 300 },
		{ rfc, "image/jpeg", 500 },
		{ "text/html;q=0", "text/html", 0 },
		{ "*/*, text/html;q=0", "text/html", 0 },
		{ "text/html;q=0.5;ext=1", "text/html", 500 },
		{ "text/html ; Q=0.123\t, x/y", "text/html", 123 },
		{ "text/html;q=1.000", "text/html", 1000 },
		{ "text/html;q=.2", "text/html", 200 },
		{ "text/html;q=0.2;;", "text/html", 200 },
		{ "application/json; charset=utf-8", "application/json", 1000 },
		{ "application/json;odata=verbose", "application/json", 1000 },
		{ "application/json;a=\"x,y;q=0\";q=0.4", "application/json",
		    400 },
		{ "x/y;a=\"text/html\", text/csv", "text/html", 0 },
		{ "text/html;q=2, text/csv", "text/html", 0 },
		{ "text/html;q=x, text/csv", "text/html", 0 },
		{ "text/html;q=, text/csv", "text/html", 0 },
		{ "text/html;q, */*;q=0.1", "text/html", 100 },
		{ "text/html q=1, */*;q=0.1", "text/html", 100 },
		{ "html, */*;q=0.1", "text/html", 100 },
		{ "a\"b,c\", text/html", "text/html", 1000 },
		{ "*; q=.2, */*; q=.2", "text/html", 200 },
		{ "*/html", "text/html", 0 },
		{ "text/html,application/xhtml+xml,*/*;q=0.8", "text/html",
		    1000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int quality = media_quality(cases[i].accept, cases[i].type);

		CHECK(cases[i].accept, quality == cases[i].quality);
	}
}

static void
test_choose(void **state)
{
	static const char *const offered[] = { "application/json",
		"text/html" };
	static const struct {
		const char *accept;
		int chosen;
	} cases[] = {
		{ NULL, 0 },
		{ "*/*", 0 },
		{ "text/html", 1 },
		{ "text/html, application/json", 0 },
		{ "text/html, application/json;q=0.9", 1 },
		{ "text/html,application/xhtml+xml,*/*;q=0.8", 1 },
		{ "image/png", -1 },
		{ "application/json;q=0, text/html;q=0", -1 },
		{ "application/json;q=0, */*;q=0.001", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int chosen = media_choose(cases[i].accept, offered, 2);

		CHECK(cases[i].accept, chosen == cases[i].chosen);
	}
}

static void
test_type(void **state)
{
	static const struct {
		const char *sent, *type;
	} cases[] = {
		{ NULL, "" },
		{ "", "" },
		{ "Application/JSON", "application/json" },
		{ " text/csv ; charset=x", "text/csv" },
		{ "application/merge-patch+json",
		    "application/merge-patch+json" },
		{ "text", "" },
		{ "text/", "" },
		{ "/csv", "" },
		{ "text/csv csv", "" },
		{ "text/csv, text/html", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    media_type(*state, cases[i].sent), cases[i].type);
}

static void
test_parameter(void **state)
{
	static const struct {
		const char *sent, *name, *value;
	} cases[] = {
		{ NULL, "charset", NULL },
		{ "text/csv", "charset", NULL },
		{ "text/csv;charset=utf-8", "charset", "utf-8" },
		{ "text/csv ; Charset=\"utf-8\" ", "charset", "utf-8" },
		{ "a/b; ;x=1;; y=2", "y", "2" },
		{ "a/b; x=\"a;y=1\\\"\\\\\"; y=2", "x", "a;y=1\"\\" },
		{ "a/b; x=\"a;y=1\\\"\\\\\"; y=2", "y", "2" },
		{ "a/b; x=1; x=2", "x", "1" },
		{ "a/b; x=\"\"", "x", "" },
		{ "a/b; x=", "x", NULL },
		{ "a/b; x=\"1", "x", NULL },
		{ "a/b; x=\"1\\\"", "x", NULL },
		{ "a/b; x = 1", "x", NULL },
		{ "a/b; xx=1", "x", NULL },
		{ "multipart/form-data; boundary=----WebKitFormBoundaryA1",
		    "boundary", "----WebKitFormBoundaryA1" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].sent,
		    check_same(
			media_parameter(*state, cases[i].sent, cases[i].name),
			cases[i].value));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_quality),
		MEM_TEST(test_choose),
		MEM_TEST(test_type),
		MEM_TEST(test_parameter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
