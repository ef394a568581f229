#include "check.h"

#include "format/pattern.h"

static void
test_pattern(void **state)
{
	static const struct {
		const char *regex, *html;
	} cases[] = {
		{ "^[A-Z]{3}$", "[A-Z]{3}" },
		{ "^[A-Z]{1,3}-[0-9]+$", "[A-Z]{1,3}-[0-9]+" },
		{ "^[0-9]{5,}$", "[0-9]{5,}" },
		{ "^(ab|cd)?x*$", "(ab|cd)?x*" },
		{ "^((a|b)c)+$", "((a|b)c)+" },
		{ "^a.c$", "a.c" },
		{ "^a\\.c\\-d\\/e$", "a\\.c-d\\/e" },
		{ "^a/b@c$", "a\\/b@c" },
		{ "^[^@]+@[^@]+$", "[^\\@]+@[^\\@]+" },
		{ "^[a-z_-]+$", "[a-z_\\-]+" },
		{ "^[]a]$", "[\\]a]" },
		{ "^[-a]$", "[\\-a]" },
		{ "^[a.(]$", "[a\\.\\(]" },
		{ "^[\\]\\\\]$", "[\\]\\\\]" },
		{ "^$", "" },
		{ "^a b$", "a b" },
		{ "^\\$5$", "\\$5" },
		{ "", NULL },
		{ "^", NULL },
		{ "abc", NULL },
		{ "^abc", NULL },
		{ "abc$", NULL },
		{ "^\\d+$", NULL },
		{ "^\\w$", NULL },
		{ "^[[:digit:]]+$", NULL },
		{ "^[\\d]$", NULL },
		{ "^a|b$", NULL },
		{ "^(a$", NULL },
		{ "^a)$", NULL },
		{ "^(?=a)b$", NULL },
		{ "^(?:a)$", NULL },
		{ "^(*a)$", NULL },
		{ "^()$", NULL },
		{ "^(a|)$", NULL },
		{ "^(a)\\1$", NULL },
		{ "^a*?$", NULL },
		{ "^a{2}+$", NULL },
		{ "^a{,3}$", NULL },
		{ "^a{x}$", NULL },
		{ "^*a$", NULL },
		{ "^a^b$", NULL },
		{ "^a$b$", NULL },
		{ "^a$\\$", NULL },
		{ "^a\\$", NULL },
		{ "^[a$", NULL },
		{ "^[z-a]$", NULL },
		{ "^[+--]$", NULL },
		{ "^\xc3\xa9$", NULL },
		{ "^[\xc3\xa9]$", NULL },
		{ "^a\n$", NULL },
		{ "(?i)^a$", NULL },
		{ "***:^a$", NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].regex,
		    check_same(
			pattern_html(*state, cases[i].regex), cases[i].html));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_pattern),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
