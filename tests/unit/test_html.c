#include "check.h"

#include "format/html.h"

static void
test_text_escapes(void **state)
{
	static const struct {
		const char *text, *html;
	} cases[] = {
		{ "", "" },
		{ NULL, "" },
		{ "a & b", "a &amp; b" },
		{ "<script>", "&lt;script&gt;" },
		{ "\"'", "&quot;&#39;" },
		{ "\r\n\t", "\n\t" },
		{ "a\rb\r\r\nc\r", "a\nb\n\nc\n" },
		{ "\xc3\xa9&amp;", "\xc3\xa9&amp;amp;" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text *out = mem_text_open(*state);

		html_text(out->out, cases[i].text);
		assert_string_equal(mem_text(out), cases[i].html);
	}
}

static void
test_controls(void **state)
{
	struct text *out = mem_text_open(*state);

	html_attr(out->out, "title", "a\"b");
	html_flag(out->out, "checked", true);
	html_flag(out->out, "required", false);
	html_hidden(out->out, "_was.a", "<");
	html_textarea(out->out, "\nb");
	assert_string_equal(mem_text(out),
	    " title=\"a&quot;b\" checked"
	    "<input type=\"hidden\" name=\"_was.a\" value=\"&lt;\">"
	    "\n\nb");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_text_escapes),
		MEM_TEST(test_controls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
