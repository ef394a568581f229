#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "format/coding.h"

static void
test_accepts(void **state)
{
	static const struct {
		const char *accept;
		bool wanted;
	} cases[] = {
		{ NULL, false },
		{ "", false },
		{ "gzip", true },
		{ "GZip", true },
		{ "deflate, gzip", true },
		{ "deflate,gzip , br", true },
		{ " ,, gzip", true },
		{ "gzip;q=1", true },
		{ "gzip ; q=0.001", true },
		{ "gzip;q=0.5, *;q=0", true },
		{ "gzip;q=0", false },
		{ "gzip; Q=0.000", false },
		{ "br, gzip;q=0.0 , *", false },
		{ "*", false },
		{ "identity", false },
		{ "xgzip, gzipx, gzip-x", false },
		{ "br;x=gzip", false },
		{ "gzip;q=", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (coding_accepts(cases[i].accept, "gzip") != cases[i].wanted)
			fail_msg("%s", cases[i].accept);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
