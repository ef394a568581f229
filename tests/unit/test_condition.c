#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "web/condition.h"

#define OLD "Wed, 01 Jan 2020 00:00:00 GMT"
#define NOW "Wed, 01 Jan 2020 00:00:10 GMT"
#define NEW "Wed, 01 Jan 2020 00:00:20 GMT"

enum {
	MODIFIED = 1577836810 /* NOW */
};

static enum outcome
read_as(struct mem *mem, enum method method, const char *const *fields,
    struct condition *condition)
{
	struct request request = {
		.mem = mem, .environment = fields, .method = method
	};
	struct fault fault;

	return condition_read(&request, condition, &fault);
}

/* A4: every combination of the four fields, each true or false. */
static void
test_order(void **state)
{
	static const char *const match[] = { NULL, "HTTP_IF_MATCH=\"v1-j\"",
		"HTTP_IF_MATCH=\"v2-j\"" };
	static const char *const unmodified[] = { NULL,
		"HTTP_IF_UNMODIFIED_SINCE=" NOW,
		"HTTP_IF_UNMODIFIED_SINCE=" OLD };
	static const char *const none[] = { NULL, "HTTP_IF_NONE_MATCH=\"v2-j\"",
		"HTTP_IF_NONE_MATCH=\"v1-j\"" };
	static const char *const since[] = { NULL,
		"HTTP_IF_MODIFIED_SINCE=" OLD, "HTTP_IF_MODIFIED_SINCE=" NOW };

	(void)state;
	for (int i = 0; i < 81; i++) {
		int m = i % 3, u = i / 3 % 3, n = i / 9 % 3, s = i / 27;
		struct mem *mem = mem_new();
		const char *fields[5] = { 0 };
		size_t count = 0;
		struct condition condition;
		enum outcome want = OUT_DONE;

		if (m > 0)
			fields[count++] = match[m];
		if (u > 0)
			fields[count++] = unmodified[u];
		if (n > 0)
			fields[count++] = none[n];
		if (s > 0)
			fields[count++] = since[s];
		if (m == 2 || (m == 0 && u == 2))
			want = OUT_STALE;
		else if (n == 2 || (n == 0 && s == 2))
			want = OUT_UNCHANGED;
		assert_int_equal(
		    read_as(mem, METHOD_GET, fields, &condition), OUT_DONE);
		assert_int_equal(
		    condition_verdict(&condition, "v1", "j", MODIFIED), want);
		mem_free(mem);
	}
}

/* B1: weak tags satisfy If-Match only where the site says so. */
static void
test_accept_weak(void **state)
{
	static const char *const fields[] = {
		"HTTP_IF_MATCH=\"v2-j\", W/\"v1-j\"", NULL
	};
	struct mem *mem = mem_new();
	struct condition condition;

	(void)state;
	read_as(mem, METHOD_GET, fields, &condition);
	assert_int_equal(
	    condition_verdict(&condition, "v1", "j", 0), OUT_STALE);
	condition.accept_weak = true;
	assert_int_equal(condition_verdict(&condition, "v1", "j", 0), OUT_DONE);
	assert_int_equal(
	    condition_verdict(&condition, "v3", "j", 0), OUT_STALE);
	mem_free(mem);
}

static void
test_verdicts(void **state)
{
	static const struct {
		const char *field;
		const char *state, *variant;
		time_t modified;
		enum outcome want;
	} cases[] = {
		/* If-Match: strong, by state */
		{ "HTTP_IF_MATCH=*", "v1", "j", 0, OUT_DONE },
		{ "HTTP_IF_MATCH=*", NULL, NULL, 0, OUT_DONE },
		{ "HTTP_IF_MATCH=\"v1-h\"", "v1", "j", 0, OUT_DONE },
		{ "HTTP_IF_MATCH=\"v1-j-gzip\"", "v1", "j", 0, OUT_DONE },
		{ "HTTP_IF_MATCH=W/\"v1-j\"", "v1", "j", 0, OUT_STALE },
		{ "HTTP_IF_MATCH=\"a\", ,\t\"v1-j\"", "v1", "j", 0, OUT_DONE },
		{ "HTTP_IF_MATCH=\"v1-j\"", NULL, NULL, 0, OUT_STALE },
		{ "HTTP_IF_MATCH=\"v11-j\"", "v1", "j", 0, OUT_STALE },
		/* If-None-Match: weak, by state and variant */
		{ "HTTP_IF_NONE_MATCH=*", "v1", "j", 0, OUT_UNCHANGED },
		{ "HTTP_IF_NONE_MATCH=\"v1-j\"", "v1", "j", 0, OUT_UNCHANGED },
		{ "HTTP_IF_NONE_MATCH=W/\"v1-j\"", "v1", "j", 0,
		    OUT_UNCHANGED },
		{ "HTTP_IF_NONE_MATCH=\"v1-j-br\"", "v1", "j", 0,
		    OUT_UNCHANGED },
		{ "HTTP_IF_NONE_MATCH=\"v1-h\"", "v1", "j", 0, OUT_DONE },
		{ "HTTP_IF_NONE_MATCH=\"v2-j\"", "v1", "j", 0, OUT_DONE },
		{ "HTTP_IF_NONE_MATCH=\"v1-j\"", NULL, NULL, 0, OUT_DONE },
		/* a page has a state, but no tag that could be known */
		{ "HTTP_IF_MATCH=\"v1-j\"", "v1", NULL, 0, OUT_DONE },
		{ "HTTP_IF_NONE_MATCH=\"v1-j\"", "v1", NULL, 0, OUT_DONE },
		{ "HTTP_IF_NONE_MATCH=\"v1\"", "v1", NULL, 0, OUT_DONE },
		/* C2: the same second */
		{ "HTTP_IF_UNMODIFIED_SINCE=" NOW, "v1", "j", MODIFIED,
		    OUT_DONE },
		{ "HTTP_IF_UNMODIFIED_SINCE=" OLD, "v1", "j", MODIFIED,
		    OUT_STALE },
		{ "HTTP_IF_MODIFIED_SINCE=" NOW, "v1", "j", MODIFIED,
		    OUT_UNCHANGED },
		{ "HTTP_IF_MODIFIED_SINCE=" NEW, "v1", "j", MODIFIED,
		    OUT_UNCHANGED },
		{ "HTTP_IF_MODIFIED_SINCE=" OLD, "v1", "j", MODIFIED,
		    OUT_DONE },
		{ "HTTP_IF_UNMODIFIED_SINCE=Thu, 01 Jan 1970 00:00:00 GMT",
		    "v1", "j", MODIFIED, OUT_STALE },
		/* A7: no date of the row, or none that can be read */
		{ "HTTP_IF_UNMODIFIED_SINCE=" OLD, "v1", "j", 0, OUT_DONE },
		{ "HTTP_IF_MODIFIED_SINCE=" NOW, "v1", "j", 0, OUT_DONE },
		{ "HTTP_IF_MODIFIED_SINCE=yesterday", "v1", "j", MODIFIED,
		    OUT_DONE },
		{ "HTTP_IF_UNMODIFIED_SINCE=" OLD ", " OLD, "v1", "j", MODIFIED,
		    OUT_DONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		const char *const fields[] = { cases[i].field, NULL };
		struct condition condition;

		assert_int_equal(
		    read_as(mem, METHOD_GET, fields, &condition), OUT_DONE);
		if (condition_verdict(&condition, cases[i].state,
			cases[i].variant, cases[i].modified) != cases[i].want)
			fail_msg("%s", cases[i].field);
		mem_free(mem);
	}
}

static void
test_reading(void **state)
{
	static const char *const fields[] = { "HTTP_IF_MATCH=\"a\"",
		"HTTP_IF_MATCH=\"b\"", "HTTP_IF_NONE_MATCH=*",
		"HTTP_IF_UNMODIFIED_SINCE=" NOW, "HTTP_IF_MODIFIED_SINCE=" NOW,
		NULL };
	static const char *const dates[] = { "HTTP_IF_UNMODIFIED_SINCE=" NOW,
		"HTTP_IF_MODIFIED_SINCE=" NOW, NULL };
	static const char *const twice[] = { "HTTP_IF_UNMODIFIED_SINCE=" NOW,
		"HTTP_IF_UNMODIFIED_SINCE=" NOW, NULL };
	struct mem *mem = mem_new();
	struct condition condition;

	(void)state;
	assert_int_equal(
	    read_as(mem, METHOD_PUT, fields, &condition), OUT_DONE);
	assert_true(condition.if_match.present);
	assert_int_equal(condition.if_match.n, 2);
	assert_string_equal(condition.if_match_text, "\"a\", \"b\"");
	assert_true(condition.if_none_match.any);
	assert_string_equal(condition.if_none_match_text, "*");
	assert_int_equal(condition.if_unmodified_since, 0);
	assert_int_equal(condition.if_modified_since, 0);

	read_as(mem, METHOD_PUT, dates, &condition);
	assert_false(condition.if_match.present);
	assert_int_equal(condition.if_unmodified_since, MODIFIED);
	assert_int_equal(condition.if_modified_since, 0);
	read_as(mem, METHOD_HEAD, dates, &condition);
	assert_int_equal(condition.if_modified_since, MODIFIED);
	read_as(mem, METHOD_PUT, twice, &condition);
	assert_int_equal(condition.if_unmodified_since, 0);

	/* A8 */
	read_as(mem, METHOD_OPTIONS, fields, &condition);
	assert_false(condition.if_match.present);
	assert_false(condition.if_none_match.present);
	mem_free(mem);
}

/* A10, B4, B5 */
static void
test_malformed(void **state)
{
	static const char *const values[] = { "", ",", " , ,", "a", "\"a",
		"a\"", "*, \"a\"", "*, *", "\"a\" \"b\"", "w/\"a\"" };

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		struct mem *mem = mem_new();
		const char *const match[] = {
			mem_printf(mem, "HTTP_IF_MATCH=%s", values[i]), NULL
		};
		const char *const none[] = {
			mem_printf(mem, "HTTP_IF_NONE_MATCH=%s", values[i]),
			NULL
		};
		struct condition condition;

		if (read_as(mem, METHOD_PUT, match, &condition) !=
			OUT_MALFORMED ||
		    read_as(mem, METHOD_GET, none, &condition) != OUT_MALFORMED)
			fail_msg("%s", values[i]);
		mem_free(mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_accept_weak),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_malformed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
