#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "web/origin.h"

static void
test_origin(void **state)
{
	static const struct {
		const char *site, *origin, *host;
		enum origin want;
	} cases[] = {
		/* Sec-Fetch-Site decides where it is there */
		{ "same-origin", NULL, "h", ORIGIN_SAME },
		{ "none", NULL, "h", ORIGIN_SAME },
		{ "same-site", NULL, "h", ORIGIN_CROSS },
		{ "cross-site", NULL, "h", ORIGIN_CROSS },
		{ "cross-site", "http://h", "h", ORIGIN_CROSS },
		{ "same-origin", "http://evil", "h", ORIGIN_SAME },
		{ "", NULL, "h", ORIGIN_CROSS },
		{ "Same-Origin", NULL, "h", ORIGIN_CROSS },
		{ "same-origin, cross-site", NULL, "h", ORIGIN_CROSS },
		/* else Origin */
		{ NULL, NULL, "h", ORIGIN_UNSAID },
		{ NULL, NULL, NULL, ORIGIN_UNSAID },
		{ NULL, "null", "h", ORIGIN_CROSS },
		{ NULL, "", "h", ORIGIN_CROSS },
		{ NULL, "http://h", NULL, ORIGIN_CROSS },
		{ NULL, "http://h", "", ORIGIN_CROSS },
		{ NULL, "http://h", "h", ORIGIN_SAME },
		{ NULL, "https://h", "h", ORIGIN_SAME },
		{ NULL, "https://H.Example", "h.eXAMPLE", ORIGIN_SAME },
		{ NULL, "http://h.evil", "h", ORIGIN_CROSS },
		{ NULL, "http://h", "h.example", ORIGIN_CROSS },
		{ NULL, "http://h, http://h", "h", ORIGIN_CROSS },
		{ NULL, "http://h@evil", "h", ORIGIN_CROSS },
		{ NULL, "http://h:@evil", "h", ORIGIN_CROSS },
		{ NULL, "//h", "h", ORIGIN_CROSS },
		/* ports only where HTTP_HOST has one */
		{ NULL, "http://h:8080", "h", ORIGIN_SAME },
		{ NULL, "http://h:8080", "h:8080", ORIGIN_SAME },
		{ NULL, "http://h:8081", "h:8080", ORIGIN_CROSS },
		{ NULL, "http://h", "h:8080", ORIGIN_CROSS },
		{ NULL, "http://h", "h:80", ORIGIN_SAME },
		{ NULL, "https://h", "h:443", ORIGIN_SAME },
		{ NULL, "https://h", "h:80", ORIGIN_CROSS },
		{ NULL, "http://[::1]:8080", "[::1]:8080", ORIGIN_SAME },
		{ NULL, "http://[::1]:8080", "[::1]", ORIGIN_SAME },
		{ NULL, "http://[::1]", "[::2]", ORIGIN_CROSS },
		{ NULL, "http://[::1", "[::1", ORIGIN_CROSS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		const char *environment[4] = { 0 };
		struct request request = { .mem = mem,
			.environment = environment };
		size_t n = 0;

		if (cases[i].site != NULL)
			environment[n++] = mem_printf(
			    mem, "HTTP_SEC_FETCH_SITE=%s", cases[i].site);
		if (cases[i].origin != NULL)
			environment[n++] =
			    mem_printf(mem, "HTTP_ORIGIN=%s", cases[i].origin);
		if (cases[i].host != NULL)
			environment[n++] =
			    mem_printf(mem, "HTTP_HOST=%s", cases[i].host);
		if (origin_of(&request) != cases[i].want)
			fail_msg("case %zu: %d", i, (int)origin_of(&request));
		mem_free(mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_origin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
