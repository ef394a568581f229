#include "sample.h"

#include "format/uri.h"

static void
test_read(void **state)
{
	static const struct {
		const char *target, *path; /* path NULL: refused */
		size_t n;
	} cases[] = {
		{ "/", "/", 0 },
		{ "/a/b%2Fc", "/a/b%2Fc", 0 },
		{ "/a?", "/a", 0 },
		{ "/a?b", "/a", 1 },
		{ "/a?b=1&&c=2&", "/a", 2 },
		{ "/a?b?c=/d", "/a", 1 },
		{ "//a/b", "//a/b", 0 },
		{ "http://host:80/a?b", "/a", 1 },
		{ "HTTPS://host", "/", 0 },
		{ "http://host?b", "/", 1 },
		{ "/a?u=http://x/", "/a", 1 },
		{ "", NULL, 0 },
		{ "*", NULL, 0 },
		{ "a/b", NULL, 0 },
		{ "://host/", NULL, 0 },
		{ "/a?b=%", NULL, 0 },
		{ "/a?b=%2", NULL, 0 },
		{ "/a?b=%zz", NULL, 0 },
		{ "/a?%zz", NULL, 0 },
		{ "/a?b=%00", NULL, 0 },
		{ "/a?b=%ff", NULL, 0 },
		{ "/a?b=\xff", NULL, 0 },
		{ "/a?b=%ed%a0%80", NULL, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *target = cases[i].target;
		struct uri uri;
		bool good = uri_read(*state, target, &uri);

		CHECK(target, good == (cases[i].path != NULL));
		if (!good)
			continue;
		assert_string_equal(uri.path, cases[i].path);
		CHECK(target, uri.n_pairs == cases[i].n);
	}
}

static void
test_pairs(void **state)
{
	static const struct {
		const char *name, *value, *raw;
	} want[] = {
		{ "new", NULL, NULL },
		{ "a b", "c d+e", "c+d%2be" },
		{ "empty", "", "" },
		{ "", "x", "x" },
		{ "k", "a=b", "a=b" },
		{ "\xc3\xa9", "\xe2\x82\xac", "%E2%82%ac" },
		{ "a b", "second", "second" },
	};
	struct uri uri;

	assert_true(uri_read(*state,
	    "/t?new&a+b=c+d%2be&empty=&=x&k=a=b&%c3%a9=%E2%82%ac&a%20b=second",
	    &uri));
	assert_int_equal(uri.n_pairs, COUNT(want));
	for (size_t i = 0; i < COUNT(want); i++) {
		assert_string_equal(uri.pairs[i].name, want[i].name);
		CHECK(want[i].name,
		    check_same(uri.pairs[i].value, want[i].value));
		CHECK(want[i].name, check_same(uri.pairs[i].raw, want[i].raw));
	}
	assert_string_equal(uri_query(&uri, "new"), "");
	assert_string_equal(uri_query(&uri, "a b"), "c d+e");
	assert_null(uri_query(&uri, "missing"));
}

/* The segments, joined by '|'; NULL where they are refused. */
static const char *
segments(struct mem *mem, const char *raw)
{
	const char *const *list;
	const char *joined = "";
	size_t n;

	if (!uri_segments(mem, raw, &list, &n))
		return NULL;
	for (size_t i = 0; i < n; i++)
		joined = mem_printf(mem, "%s%s|", joined, list[i]);
	return joined;
}

static void
test_segments(void **state)
{
	static const struct {
		const char *raw, *joined;
	} cases[] = {
		{ "", "" },
		{ "/", "" },
		{ "/member", "member|" },
		{ "/member/", "member|" },
		{ "/member/a%2Fb", "member|a/b|" },
		{ "/a/b/c", "a|b|c|" },
		{ "/a+b%2B%20", "a+b+ |" },
		{ "/a%252Fb", "a%2Fb|" },
		{ "/...", "...|" },
		{ "/%0A", "\n|" },
		{ "/%C3%A9\xc3\xa9", "\xc3\xa9\xc3\xa9|" },
		{ "member", NULL },
		{ "//", NULL },
		{ "/a//b", NULL },
		{ "/a//", NULL },
		{ "/.", NULL },
		{ "/a/..", NULL },
		{ "/%2e%2E/b", NULL },
		{ "/%2E", NULL },
		{ "/a%00", NULL },
		{ "/%zz", NULL },
		{ "/a%2", NULL },
		{ "/%FF", NULL },
		{ "/\xff", NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].raw, check_same(segments(*state, cases[i].raw),
					cases[i].joined));
}

static void
test_key_split(void **state)
{
	static const struct {
		const char *raw;
		size_t n;
		const char *parts[3];
	} cases[] = {
		{ "", 1, { "" } },
		{ "7", 1, { "7" } },
		{ "a,b", 2, { "a", "b" } },
		{ "a%2Cb,c", 2, { "a,b", "c" } },
		{ ",", 2, { "", "" } },
		{ "a,,%2F", 3, { "a", "", "/" } },
		{ "a+b", 1, { "a+b" } },
	};
	size_t n;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const *parts =
		    uri_key_split(*state, cases[i].raw, &n);

		assert_non_null(parts);
		assert_int_equal(n, cases[i].n);
		for (size_t j = 0; j < n; j++)
			assert_string_equal(parts[j], cases[i].parts[j]);
	}
	assert_null(uri_key_split(*state, "a,%00", &n));
	assert_null(uri_key_split(*state, "%f,b", &n));
}

static void
test_key_in_path(void **state)
{
	static const struct {
		const char *parts[2];
		bool fits;
	} cases[] = {
		{ { "a", "b" }, true },
		{ { "a b", "%,?#+;" }, true },
		{ { "...", "\xc3\xa9" }, true },
		{ { "a", "" }, false },
		{ { ".", "b" }, false },
		{ { "a", ".." }, false },
		{ { "a/b", "c" }, false },
		{ { "a\\b", "c" }, false },
		{ { "a\nb", "c" }, false },
		{ { "\x7f", "c" }, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].parts[0],
		    uri_key_in_path(cases[i].parts, 2) == cases[i].fits);
}

static const char *
encoded(struct mem *mem, const char *text)
{
	struct text *out = mem_text_open(mem);

	uri_write(out->out, text);
	return mem_text(out);
}

static void
test_write(void **state)
{
	assert_string_equal(encoded(*state, "aZ09-._~"), "aZ09-._~");
	assert_string_equal(
	    encoded(*state, " /,%+&=?#"), "%20%2F%2C%25%2B%26%3D%3F%23");
	assert_string_equal(encoded(*state, "\xc3\xa9\n"), "%C3%A9%0A");
}

static void
check_round_trip(struct mem *mem, const char *text)
{
	const char *raw = encoded(mem, text);
	const char *const *parts;
	struct uri uri;
	size_t n;

	assert_string_equal(uri_decode(mem, raw, strlen(raw), false), text);
	assert_string_equal(uri_decode(mem, raw, strlen(raw), true), text);
	parts = uri_key_split(mem, mem_printf(mem, "%s,%s", raw, raw), &n);
	assert_int_equal(n, 2);
	assert_string_equal(parts[1], text);
	assert_true(uri_read(mem, mem_printf(mem, "/?%s=%s", raw, raw), &uri));
	assert_int_equal(uri.n_pairs, 1);
	assert_string_equal(uri.pairs[0].name, text);
	assert_string_equal(uri.pairs[0].value, text);
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
	check_round_trip(*state, "");
	sample_read(*state, "judges/strings/blns.json", &items, &n);
	for (size_t i = 0; i < n; i++)
		check_round_trip(*state, json_decode(*state, items[i]));
}

static void
test_within(void **state)
{
	static const struct {
		const char *base, *target;
		bool want;
	} cases[] = {
		{ "", "/", true },
		{ "", "/member/1?a=b", true },
		{ "", "", false },
		{ "", "member", false },
		{ "", "//evil", false },
		{ "", "/\\evil", false },
		{ "", "http://evil/", false },
		{ "", "/..//evil", false },
		{ "/records", "/records", true },
		{ "/records", "/records/", true },
		{ "/records", "/records?x", true },
		{ "/records", "/records/a//b", true },
		{ "/records", "/records/...", true },
		{ "/records", "/records/a?b=../../", true },
		{ "/records", "/recordsx", false },
		{ "/records", "/", false },
		{ "/records", "/records/..", false },
		{ "/records", "/records/../x", false },
		{ "/records", "/records/./x", false },
		{ "/records", "/records/%2E./x", false },
		{ "/records", "/records/.%2e?x", false },
		{ "/records", "/records/%2e", false },
		{ "/records", "/records/a b", false },
		{ "/records", "/records/a\tb", false },
		{ "/records", "/records/\xc3\xa4", false },
		{ "/records", "/records#a", false },
		{ "/records", "/records/..%2fx", false },
		{ "/records", "/records/a%2F%2e.%5Cx", false },
		{ "/records", "/records/a%2fb%2F", true },
		{ "/records", "/records/a?b=..%2f", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK(cases[i].target, uri_within(cases[i].base,
					   cases[i].target) == cases[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_read),
		MEM_TEST(test_pairs),
		MEM_TEST(test_segments),
		MEM_TEST(test_key_split),
		MEM_TEST(test_key_in_path),
		MEM_TEST(test_write),
		MEM_TEST(test_round_trip),
		MEM_TEST(test_within),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
