#include "check.h"

#include "format/etag.h"

/* B3, B4, B5: what a field value is read as. */
static void
test_lists(void **state)
{
	static const struct {
		const char *value;
		bool good, any;
		size_t n;
		const char *first; /* the opaque part of the first tag */
	} cases[] = {
		{ "\"a\"", true, false, 1, "a" },
		{ "W/\"a\"", true, false, 1, "a" },
		{ " \t\"a\" \t", true, false, 1, "a" },
		{ "\"a\",\"b\"", true, false, 2, "a" },
		{ "\"a\" , W/\"b\"\t,\t\"c\"", true, false, 3, "a" },
		{ ", ,\"a\",,", true, false, 1, "a" },
		{ "\"a,b\"", true, false, 1, "a,b" },
		{ "\"a\",\"b,\",\",\"", true, false, 3, "a" },
		{ "\"\"", true, false, 1, "" },
		{ "\"\xe9\xff\"", true, false, 1, "\xe9\xff" },
		{ "\"a\\\"", true, false, 1, "a\\" },
		{ "\"*\"", true, false, 1, "*" },
		{ "*", true, true, 0, NULL },
		{ " *\t", true, true, 0, NULL },
		{ "", false, false, 0, NULL },
		{ " , ,", false, false, 0, NULL },
		{ "*, \"a\"", false, false, 0, NULL },
		{ "*, *", false, false, 0, NULL },
		{ "*,", false, false, 0, NULL },
		{ ",*", false, false, 0, NULL },
		{ "\"a\", *", false, false, 0, NULL },
		{ "a", false, false, 0, NULL },
		{ "\"a", false, false, 0, NULL },
		{ "a\"", false, false, 0, NULL },
		{ "\"a\" \"b\"", false, false, 0, NULL },
		{ "\"a\"b", false, false, 0, NULL },
		{ "\"a\"\"b\"", false, false, 0, NULL },
		{ "w/\"a\"", false, false, 0, NULL },
		{ "W/ \"a\"", false, false, 0, NULL },
		{ "W\"a\"", false, false, 0, NULL },
		{ "\"a b\"", false, false, 0, NULL },
		{ "\"a\tb\"", false, false, 0, NULL },
		{ "\"a\x7f\"", false, false, 0, NULL },
		{ "\"a\", b", false, false, 0, NULL },
		{ "'a'", false, false, 0, NULL },
		{ "\"a\\\"b\"", false, false, 0, NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct etag_list list;
		const char *value = cases[i].value;
		bool good = etag_list_read(*state, value, &list);

		CHECK(value, good == cases[i].good);
		CHECK(value, list.present);
		if (!good)
			continue;
		CHECK(value, list.any == cases[i].any);
		CHECK(value, list.n == cases[i].n);
		if (list.n > 0)
			assert_string_equal(
			    list.tags[0].opaque, cases[i].first);
	}
}

static void
test_absent_header(void **state)
{
	struct etag_list list;

	assert_true(etag_list_read(*state, NULL, &list));
	assert_false(list.present);
	assert_false(list.any);
	assert_int_equal(list.n, 0);
}

/* B11: what a server in front appends belongs to neither part. */
static void
test_parts(void **state)
{
	static const struct {
		const char *value;
		bool weak;
		const char *opaque, *state, *variant;
	} cases[] = {
		{ "\"v17-j3\"", false, "v17-j3", "v17", "j3" },
		{ "W/\"v17-j3\"", true, "v17-j3", "v17", "j3" },
		{ "\"v17-j3-gzip\"", false, "v17-j3-gzip", "v17", "j3" },
		{ "\"v17-j3-br\"", false, "v17-j3-br", "v17", "j3" },
		{ "\"v17-j3-zstd\"", false, "v17-j3-zstd", "v17", "j3" },
		{ "\"v17-j3-deflate\"", false, "v17-j3-deflate", "v17", "j3" },
		{ "\"v17-j3-br-gzip\"", false, "v17-j3-br-gzip", "v17", "j3" },
		{ "\"v17-j3-lz4\"", false, "v17-j3-lz4", "v17-j3", "lz4" },
		{ "\"v17\"", false, "v17", "v17", "" },
		{ "\"v17-gzip\"", false, "v17-gzip", "v17", "" },
		{ "\"-gzip\"", false, "-gzip", "", "gzip" },
		{ "\"\"", false, "", "", "" },
		{ "\"v17-\"", false, "v17-", "v17", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct etag_list list;

		assert_true(etag_list_read(*state, cases[i].value, &list));
		assert_int_equal(list.n, 1);
		assert_int_equal(list.tags[0].weak, cases[i].weak);
		assert_string_equal(list.tags[0].opaque, cases[i].opaque);
		assert_string_equal(list.tags[0].state, cases[i].state);
		assert_string_equal(list.tags[0].variant, cases[i].variant);
	}
}

static void
test_loose(void **state)
{
	static const struct {
		const char *value, *state; /* NULL: refused */
		bool weak;
	} cases[] = {
		{ "v17", "v17", false },
		{ "v7x750", "v7x750", false },
		{ "\"v17-j3\"", "v17", false },
		{ "W/\"v17-j3-gzip\"", "v17", true },
		{ "", NULL, false },
		{ "*", NULL, false },
		{ "v17-j3", NULL, false },
		{ " v17", NULL, false },
		{ "v17 ", NULL, false },
		{ "\"v17\" ", NULL, false },
		{ "\"v17\",\"v18\"", NULL, false },
		{ "\"v17", NULL, false },
		{ "v\xc3\xa9", NULL, false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *value = cases[i].value;
		struct etag tag;
		bool good = etag_read_loose(*state, value, &tag);

		CHECK(value, good == (cases[i].state != NULL));
		if (!good)
			continue;
		assert_string_equal(tag.state, cases[i].state);
		CHECK(value, tag.weak == cases[i].weak);
	}
}

/* B7: letters, digits and '-' only. */
static void
test_make(void **state)
{
	struct etag_list list;
	char *tag = etag_make(*state, "v17x3", "j0a");

	assert_string_equal(tag, "\"v17x3-j0a\"");
	assert_true(etag_list_read(*state, tag, &list));
	assert_string_equal(list.tags[0].state, "v17x3");
	assert_string_equal(list.tags[0].variant, "j0a");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_lists),
		MEM_TEST(test_absent_header),
		MEM_TEST(test_parts),
		MEM_TEST(test_loose),
		MEM_TEST(test_make),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
