#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "web/request.h"

/* Reads a request from an environment; the fault is dropped. */
static enum outcome
read_as(struct mem *mem, const char *const *environment, const char *base,
    struct request *request)
{
	struct fault fault;

	*request = (struct request){ .body = "" };
	return request_read(request, mem, environment, base, &fault);
}

static void
test_paths(void **state)
{
	static const struct {
		const char *uri, *script, *info, *configured;
		const char *base;
		const char *segments[4];
	} cases[] = {
		/* the base is SCRIPT_NAME */
		{ "/records", "/records", NULL, NULL, "/records", { 0 } },
		{ "/records/", "/records", "/", NULL, "/records", { 0 } },
		{ "/records/a/1", "/records", "/a/1", NULL, "/records",
		    { "a", "1" } },
		{ "/records/a?x=/b", "/records", NULL, NULL, "/records",
		    { "a" } },
		{ "/a/1", "", "/a/1", NULL, "", { "a", "1" } },
		{ "/a/1", "/", "/a/1", NULL, "", { "a", "1" } },
		{ "/records/a%2Fb/c%2Cd", "/records", "/a/b/c,d", NULL,
		    "/records", { "a/b", "c,d" } },
		{ "http://h.example:80/records/a", "/records", "/a", NULL,
		    "/records", { "a" } },
		{ "/my%20records/a", "/my records", "/a", NULL, "/my%20records",
		    { "a" } },
		{ "/r%65cords/a", "/records", "/a", NULL, "/r%65cords",
		    { "a" } },
		/* whole segments only */
		{ "/recordsX/a", "/records", NULL, NULL, "",
		    { "recordsX", "a" } },
		/* the path without PATH_INFO */
		{ "/records/a%2Fb", "/cgi-bin/prog", "/a/b", NULL, "/records",
		    { "a/b" } },
		{ "/records/a/1", NULL, "/a/1", NULL, "/records",
		    { "a", "1" } },
		{ "/records/a/1", NULL, NULL, NULL, "",
		    { "records", "a", "1" } },
		/* the configured one */
		{ "/records/a", "", "/records/a", "/records", "/records",
		    { "a" } },
		{ "/records/a/1", "/records/a/1", NULL, "/records", "/records",
		    { "a", "1" } },
		{ "/a/1", "", "/a/1", "/records", "/records", { "a", "1" } },
		{ "/records/a", "/records", "/a", "", "", { "records", "a" } },
		/* what a browser would take for another host is no base */
		{ "//evil.example/records/a", "/cgi", "/a", NULL,
		    "/evil.example/records", { "a" } },
		{ "///records/a", "/records", "/a", NULL, "/records", { "a" } },
		/* without REQUEST_URI */
		{ NULL, "/records", "/a b/1%", NULL, "/records",
		    { "a b", "1%" } },
		{ NULL, "/records", NULL, NULL, "/records", { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		struct request request;
		const char *environment[5] = { "REQUEST_METHOD=GET" };
		size_t n = 1;

		if (cases[i].uri != NULL)
			environment[n++] =
			    mem_printf(mem, "REQUEST_URI=%s", cases[i].uri);
		if (cases[i].script != NULL)
			environment[n++] =
			    mem_printf(mem, "SCRIPT_NAME=%s", cases[i].script);
		if (cases[i].info != NULL)
			environment[n++] =
			    mem_printf(mem, "PATH_INFO=%s", cases[i].info);
		assert_int_equal(
		    read_as(mem, environment, cases[i].configured, &request),
		    OUT_DONE);
		assert_string_equal(request.base, cases[i].base);
		for (n = 0; cases[i].segments[n] != NULL; n++) {
			assert_true(n < request.n_segments);
			assert_string_equal(
			    request.segments[n], cases[i].segments[n]);
		}
		assert_int_equal(request.n_segments, n);
		mem_free(mem);
	}
}

static void
test_bad_paths(void **state)
{
	static const char *const uris[] = { "/records/a/../b",
		"/records/a/%2e%2e/b", "/records/a//b", "/records/%00",
		"/records/%zz", "/records/%", "/records/%FF", "/records/.",
		"/records/a?x=%00", "/records/a?x=%F" };

	(void)state;
	for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
		struct mem *mem = mem_new();
		struct request request;
		struct fault fault;
		const char *const environment[] = { "REQUEST_METHOD=GET",
			"SCRIPT_NAME=/records",
			mem_printf(mem, "REQUEST_URI=%s", uris[i]), NULL };

		assert_int_equal(
		    request_read(&request, mem, environment, NULL, &fault),
		    OUT_MALFORMED);
		assert_int_equal(fault.outcome, OUT_MALFORMED);
		assert_string_equal(fault.part, "address");
		assert_non_null(request.base);
		assert_non_null(request.uri.path);
		mem_free(mem);
	}
}

static void
test_methods(void **state)
{
	static const struct {
		const char *name;
		enum method method;
	} cases[] = {
		{ "GET", METHOD_GET },
		{ "HEAD", METHOD_HEAD },
		{ "POST", METHOD_POST },
		{ "PUT", METHOD_PUT },
		{ "PATCH", METHOD_PATCH },
		{ "DELETE", METHOD_DELETE },
		{ "OPTIONS", METHOD_OPTIONS },
		{ "get", METHOD_OTHER },
		{ "PURGE", METHOD_OTHER },
		{ "", METHOD_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		struct request request;
		const char *const environment[] = {
			mem_printf(mem, "REQUEST_METHOD=%s", cases[i].name),
			"REQUEST_URI=/", NULL
		};

		assert_int_equal(
		    read_as(mem, environment, NULL, &request), OUT_DONE);
		assert_int_equal(request.method, cases[i].method);
		assert_string_equal(request.method_name, cases[i].name);
		mem_free(mem);
	}
}

static void
test_https(void **state)
{
	static const struct {
		const char *variable;
		bool https;
	} cases[] = {
		{ "HTTPS=on", true },
		{ "HTTPS=off", false },
		{ "HTTPS=", false },
		{ "REQUEST_SCHEME=https", true },
		{ "REQUEST_SCHEME=http", false },
		{ "HTTP_X_FORWARDED_PROTO=https", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		struct request request;
		const char *const environment[] = { cases[i].variable,
			"REQUEST_URI=/", NULL };

		read_as(mem, environment, NULL, &request);
		assert_int_equal(request.https, cases[i].https);
		mem_free(mem);
	}
}

static void
test_fields(void **state)
{
	static const char *const environment[] = { "REQUEST_URI=/",
		"HTTP_IF_MATCH=\"a\" ", "HTTP_IF_MATCH_X=x",
		"HTTP_IF_MATCH=\t\"b\"", "HTTP_PREFER=", "HTTP_ORIGIN=http://a",
		"HTTP_ORIGIN=http://a", "HTTP_IF_UNMODIFIED_SINCE=x",
		"HTTP_IF_UNMODIFIED_SINCE=y", "CONTENT_TYPE=a/b",
		"CONTENT_TYPE=a/c", "REMOTE_USER=anna", "REMOTE_USER=bert",
		NULL };
	struct mem *mem = mem_new();
	struct request request;
	struct fault fault;
	const char *value;

	(void)state;
	read_as(mem, environment, NULL, &request);
	assert_string_equal(
	    request_header(&request, "IF_MATCH"), "\"a\", \"b\"");
	assert_string_equal(request_header(&request, "PREFER"), "");
	assert_null(request_header(&request, "IF_NONE_MATCH"));
	assert_null(request_header(&request, "REMOTE_USER"));
	assert_string_equal(request_variable(&request, "REMOTE_USER"), "anna");
	assert_null(request_variable(&request, "REMOTE"));

	assert_int_equal(
	    request_single(&request, "ORIGIN", &value, &fault), OUT_DONE);
	assert_string_equal(value, "http://a");
	assert_int_equal(
	    request_single(&request, "HOST", &value, &fault), OUT_DONE);
	assert_null(value);
	assert_int_equal(
	    request_single(&request, "IF_UNMODIFIED_SINCE", &value, &fault),
	    OUT_MALFORMED);
	assert_string_equal(fault.part, "header If-Unmodified-Since");
	assert_string_equal(fault.args[0], "If-Unmodified-Since");
	assert_int_equal(
	    request_single(&request, "CONTENT_TYPE", &value, &fault),
	    OUT_MALFORMED);
	assert_string_equal(fault.part, "header Content-Type");
	mem_free(mem);
}

static void
test_content_type(void **state)
{
	static const char form[] = "application/x-www-form-urlencoded";
	static const struct {
		const char *method, *type;
		size_t body_len;
		const char *want;
	} cases[] = {
		{ "PUT", "application/json", 2, "application/json" },
		{ "PUT", form, 2, NULL },
		{ "PATCH", form, 2, NULL },
		{ "POST", form, 2, form },
		{ "POST", form, 0, NULL },
		{ "PUT", "", 2, NULL },
		{ "PUT", NULL, 2, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		struct request request;
		const char *environment[4] = { "REQUEST_URI=/" };
		const char *type;

		environment[1] =
		    mem_printf(mem, "REQUEST_METHOD=%s", cases[i].method);
		if (cases[i].type != NULL)
			environment[2] =
			    mem_printf(mem, "CONTENT_TYPE=%s", cases[i].type);
		read_as(mem, environment, NULL, &request);
		request.body_len = cases[i].body_len;
		type = request_content_type(&request);
		if (cases[i].want == NULL)
			assert_null(type);
		else
			assert_string_equal(type, cases[i].want);
		mem_free(mem);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_bad_paths),
		cmocka_unit_test(test_methods),
		cmocka_unit_test(test_https),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_content_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
