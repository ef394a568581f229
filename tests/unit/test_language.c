#include "check.h"

#include "format/language.h"

static void
test_choice(void **state)
{
	static const char *const offered[] = { "en", "de" };
	static const struct {
		const char *accept;
		size_t chosen;
	} cases[] = {
		{ NULL, 0 },
		{ "", 0 },
		{ "de", 1 },
		{ "DE-at", 1 },
		{ "de-DE,de;q=0.9,en;q=0.8", 1 },
		{ "en-GB,de;q=0.9", 0 },
		{ "fr, de;q=0.3, en;q=0.2", 1 },
		{ "fr", 0 },
		{ "*", 0 },
		{ "*, en;q=0", 1 },
		{ "*;q=0.1, de;q=0.2", 1 },
		{ "de;q=0", 0 },
		{ "den, en;q=0.1", 0 },
		{ "de;q=0.5, en;q=2", 1 },
		{ "de;q=x, en;q=0.001", 0 },
		{ "de;q=0.x, en;q=0.001", 0 },
		{ "de;q=, en;q=0.001", 0 },
		{ " , ,\tde ; q=0.5 ,", 1 },
		{ ";;;", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK(cases[i].accept, language_choose(cases[i].accept, offered,
					   2) == cases[i].chosen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_choice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
