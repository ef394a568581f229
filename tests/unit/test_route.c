#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "web/route.h"

static enum outcome
find(struct mem *mem, const char *method, const char *uri, struct route *route,
    struct fault *fault)
{
	struct request request = { 0 };
	const char *const environment[] = {
		mem_printf(mem, "REQUEST_METHOD=%s", method),
		mem_printf(mem, "REQUEST_URI=/r%s", uri), "SCRIPT_NAME=/r", NULL
	};

	assert_int_equal(
	    request_read(&request, mem, environment, NULL, fault), OUT_DONE);
	return route_find(&request, route, fault);
}

static void
test_resources(void **state)
{
	static const struct {
		const char *uri;
		enum resource resource;
		const char *table;
		const char *key[3];
	} cases[] = {
		{ "", RESOURCE_HOME, NULL, { 0 } },
		{ "/", RESOURCE_HOME, NULL, { 0 } },
		{ "/?limit=1", RESOURCE_HOME, NULL, { 0 } },
		{ "?import", RESOURCE_FIRST, NULL, { 0 } },
		{ "/?import=", RESOURCE_FIRST, NULL, { 0 } },
		{ "/?import=eq.1", RESOURCE_HOME, NULL, { 0 } },
		{ "/member", RESOURCE_TABLE, "member", { 0 } },
		{ "/member/", RESOURCE_TABLE, "member", { 0 } },
		{ "/mem%2Fber?limit=5", RESOURCE_TABLE, "mem/ber", { 0 } },
		{ "/member?new", RESOURCE_NEW, "member", { 0 } },
		{ "/member?new=", RESOURCE_NEW, "member", { 0 } },
		{ "/member?_edit=a&limit=3", RESOURCE_GRID, "member", { 0 } },
		{ "/member?_delete=a", RESOURCE_TABLE, "member", { 0 } },
		{ "/member?_choice=a", RESOURCE_CHOICE, "member", { 0 } },
		{ "/member?limit=3&_choice=", RESOURCE_CHOICE, "member",
		    { 0 } },
		{ "/member/7?_choice=a", RESOURCE_ROW, "member", { "7" } },
		{ "/-/script.js", RESOURCE_SCRIPT, NULL, { 0 } },
		{ "/member?new=eq.5", RESOURCE_TABLE, "member", { 0 } },
		{ "/member?delete", RESOURCE_TABLE, "member", { 0 } },
		{ "/member/7", RESOURCE_ROW, "member", { "7" } },
		{ "/member/7/", RESOURCE_ROW, "member", { "7" } },
		{ "/member/7?new", RESOURCE_ROW, "member", { "7" } },
		{ "/member/7,a%2Cb,", RESOURCE_ROW, "member",
		    { "7", "a,b", "" } },
		{ "/member/a+b%20c", RESOURCE_ROW, "member", { "a+b c" } },
		{ "/member/-", RESOURCE_ROW, "member", { "-" } },
		{ "/member/7?delete", RESOURCE_DELETE, "member", { "7" } },
		{ "/member/7?delete=", RESOURCE_DELETE, "member", { "7" } },
		{ "/member?_key=a%2Fb,c", RESOURCE_ROW, "member",
		    { "a/b", "c" } },
		{ "/member?_key=a%2Cb", RESOURCE_ROW, "member", { "a,b" } },
		{ "/member?_key=a+b%2B", RESOURCE_ROW, "member", { "a b+" } },
		{ "/member?_key=..", RESOURCE_ROW, "member", { ".." } },
		{ "/member?_key=x&delete", RESOURCE_DELETE, "member", { "x" } },
		{ "/member/7/name", RESOURCE_VALUE, "member", { "7" } },
		{ "/member/7,a%2Cb/na%2Fme/", RESOURCE_VALUE, "member",
		    { "7", "a,b" } },
		{ "/member?_key=a%2Fb&_column=name", RESOURCE_VALUE, "member",
		    { "a/b" } },
		{ "/-/problems/stale", RESOURCE_PROBLEM, NULL, { 0 } },
		{ "/-/style.css", RESOURCE_STYLE, NULL, { 0 } },
		{ "/-/health", RESOURCE_HEALTH, NULL, { 0 } },
		{ "/-/check", RESOURCE_CHECK, NULL, { 0 } },
		{ "/-/check.js", RESOURCE_CHECK_SCRIPT, NULL, { 0 } },
		{ "/-/login", RESOURCE_LOGIN, NULL, { 0 } },
		{ "/-/logout", RESOURCE_LOGOUT, NULL, { 0 } },
		{ "/-/probe", RESOURCE_PROBE, NULL, { 0 } },
		{ "/-/probe/a%2Fb", RESOURCE_PROBE, NULL, { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		struct route route;
		struct fault fault;
		size_t n = 0;

		assert_int_equal(
		    find(mem, "GET", cases[i].uri, &route, &fault), OUT_DONE);
		assert_int_equal(route.resource, cases[i].resource);
		if (cases[i].table == NULL)
			assert_null(route.table);
		else
			assert_string_equal(route.table, cases[i].table);
		for (; n < 3 && cases[i].key[n] != NULL; n++) {
			assert_true(n < route.n_key);
			assert_string_equal(route.key[n], cases[i].key[n]);
		}
		assert_int_equal(route.n_key, n);
		mem_free(mem);
	}
}

/* A key may be one empty part: a row whose text key is ''. */
static void
test_empty_key(void **state)
{
	struct mem *mem = mem_new();
	struct route route;
	struct fault fault;

	(void)state;
	assert_int_equal(
	    find(mem, "GET", "/member?_key=", &route, &fault), OUT_DONE);
	assert_int_equal(route.resource, RESOURCE_ROW);
	assert_int_equal(route.n_key, 1);
	assert_string_equal(route.key[0], "");
	mem_free(mem);
}

static void
test_absent(void **state)
{
	static const char *const uris[] = { "/-", "/-/", "/-/nothing",
		"/-/style.css/x", "/-/problems", "/-/check/x", "/-/probe/a/b",
		"/a/b/c/d" };

	(void)state;
	for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
		struct mem *mem = mem_new();
		struct route route;
		struct fault fault;

		assert_int_equal(
		    find(mem, "GET", uris[i], &route, &fault), OUT_ABSENT);
		/* The address comes before the method. */
		assert_int_equal(
		    find(mem, "PURGE", uris[i], &route, &fault), OUT_ABSENT);
		mem_free(mem);
	}
}

static void
test_methods(void **state)
{
	static const char *const methods[] = { "GET", "HEAD", "OPTIONS", "POST",
		"PUT", "PATCH", "DELETE", "PURGE", "get" };
	static const struct {
		const char *uri;
		const char *known; /* by method: y or n */
	} cases[] = {
		{ "/", "yyynnnnnn" },
		{ "/?import", "yyyynnnnn" },
		{ "/member", "yyyyyyynn" },
		{ "/member?_edit", "yyyynnnnn" },
		{ "/member?_delete", "nnyynnnnn" },
		{ "/member?new", "yyynnnnnn" },
		{ "/member?import", "yyyynnnnn" },
		{ "/member?import=&_upload=a", "yyyynnnnn" },
		{ "/member?_choice=a", "yyynnnnnn" },
		{ "/-/script.js", "yyynnnnnn" },
		{ "/member/7", "yyyyyyynn" },
		{ "/member/7?delete", "yyynnnnnn" },
		{ "/-/style.css", "yyynnnnnn" },
		{ "/-/health", "yyynnnnnn" },
		{ "/-/check", "yyyynnnnn" },
		{ "/-/login", "yyyynnnnn" },
		{ "/-/logout", "yyyynnnnn" },
		{ "/-/probe", "yyyyyyynn" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t j = 0; j < sizeof methods / sizeof *methods; j++) {
			struct mem *mem = mem_new();
			struct route route;
			struct fault fault = { 0 };
			bool known = cases[i].known[j] == 'y';

			assert_int_equal(
			    find(mem, methods[j], cases[i].uri, &route, &fault),
			    known ? OUT_DONE : OUT_METHOD);
			if (!known) {
				assert_string_equal(
				    fault.allow, route_allow(route.resource));
				assert_null(strstr(fault.allow, methods[j]));
			} else {
				assert_non_null(strstr(
				    route_allow(route.resource), methods[j]));
			}
			mem_free(mem);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_resources),
		cmocka_unit_test(test_empty_key),
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_methods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
