#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/log.h"
#include "web/response.h"
#include "web/status.h"

static const char *
head(const struct response *response, long long length)
{
	struct text *text = mem_text_open(response->mem);

	response_head(response, length, text->out);
	return mem_text(text);
}

static bool
has_line(const char *head, const char *line)
{
	size_t len = strlen(line);

	for (const char *at = head; (at = strstr(at, line)) != NULL; at++)
		if ((at == head || at[-1] == '\n') &&
		    strncmp(at + len, "\r\n", 2) == 0)
			return true;
	return false;
}

static void
test_head(void **state)
{
	static const char *const lines[] = { "Status: 412 Precondition Failed",
		"Content-Length: 7", "Vary: Accept", "Accept-Ranges: none",
		"Cache-Control: no-store", "X-Content-Type-Options: nosniff",
		"X-Frame-Options: DENY", "Referrer-Policy: same-origin",
		"Cross-Origin-Resource-Policy: same-origin", "ETag: \"v1-j\"",
		"Content-Type: text/plain" };
	struct mem *mem = mem_new();
	struct response response;
	const char *text;

	(void)state;
	response_begin(&response, mem);
	assert_int_equal(response.status, 200);
	response.status = 412;
	response_field(&response, "ETag", "\"v1-j\"");
	response_body(&response, "text/plain", "refused", 7);
	text = head(&response, 7);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (!has_line(text, lines[i]))
			fail_msg("%s is not in\n%s", lines[i], text);
	assert_memory_equal(text, "Status: ", 8);
	assert_non_null(strstr(text, "\r\nContent-Security-Policy: "
				     "default-src 'none'; "));
	assert_string_equal(text + strlen(text) - 4, "\r\n\r\n");
	assert_ptr_equal(strstr(text, "\r\n\r\n"), text + strlen(text) - 4);
	for (const char *c = text; *c != '\0'; c++)
		if (*c == '\n')
			assert_int_equal(c[-1], '\r');
	assert_null(strstr(head(&response, -1), "Content-Length"));
	mem_free(mem);
}

/* RFC 9110 15.3.5, 15.4.5 */
static void
test_no_content(void **state)
{
	static const int statuses[] = { 204, 304 };
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct response response;
		const char *text;

		response_begin(&response, mem);
		response.status = statuses[i];
		response_field(&response, "Content-Type", "text/plain");
		response_field(&response, "Last-Modified", "x");
		response_field(&response, "ETag", "\"v1-j\"");
		response_field(&response, "Content-Range", "0-4/*");
		text = head(&response, 7);
		assert_null(strstr(text, "Content-Type:"));
		assert_null(strstr(text, "Content-Length:"));
		assert_true(has_line(text, "ETag: \"v1-j\""));
		assert_true(has_line(text, "Vary: Accept"));
		assert_int_equal(
		    has_line(text, "Last-Modified: x"), statuses[i] == 204);
		assert_int_equal(
		    has_line(text, "Content-Range: 0-4/*"), statuses[i] == 204);
	}
	mem_free(mem);
}

/* D9: what has parts says so, and all else that it has none. */
static void
test_ranges(void **state)
{
	struct mem *mem = mem_new();
	struct response response;

	(void)state;
	response_begin(&response, mem);
	assert_true(has_line(head(&response, 1), "Accept-Ranges: none"));
	response_field(&response, "Accept-Ranges", "bytes");
	assert_true(has_line(head(&response, 1), "Accept-Ranges: bytes"));
	assert_false(has_line(head(&response, 1), "Accept-Ranges: none"));
	mem_free(mem);
}

static void
test_fields(void **state)
{
	struct mem *mem = mem_new();
	struct response response;
	char value[] = "a";
	const char *text;

	(void)state;
	response_begin(&response, mem);
	response_field(&response, "Location", value);
	value[0] = 'b';
	assert_string_equal(response_get(&response, "location"), "a");
	response_field(&response, "LOCATION", "/x\r\nSet-Cookie: a=b\x7f");
	assert_string_equal(
	    response_get(&response, "Location"), "/xSet-Cookie: a=b");
	assert_int_equal(response.n_fields, 1);
	assert_null(response_get(&response, "ETag"));

	response_field(&response, "Cache-Control", "private, no-cache");
	response_field(&response, "X-Frame-Options", "SAMEORIGIN");
	response_field(&response, "Content-Length", "99");
	text = head(&response, 3);
	assert_true(has_line(text, "Cache-Control: private, no-cache"));
	assert_null(strstr(text, "no-store"));
	assert_null(strstr(text, "DENY"));
	assert_true(has_line(text, "Content-Length: 3"));
	assert_null(strstr(text, "99"));
	mem_free(mem);
}

static void
test_vary(void **state)
{
	static const struct {
		const char *members[4];
		const char *want;
	} cases[] = {
		{ { "Prefer" }, "Vary: Accept, Prefer" },
		{ { "Accept", "Prefer", "accept" }, "Vary: Accept, Prefer" },
		{ { "Accept-Language" }, "Vary: Accept, Accept-Language" },
		{ { "*" }, "Vary: *" },
	};
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct response response;

		response_begin(&response, mem);
		for (size_t j = 0; cases[i].members[j] != NULL; j++)
			response_add(&response, "Vary", cases[i].members[j]);
		assert_true(has_line(head(&response, 0), cases[i].want));
	}
	mem_free(mem);
}

static void
drop_line(void *context, const char *line)
{
	(void)line;
	++*(int *)context;
}

/* nginx answers 502 to a longer head than 4 kB. */
static void
test_long(void **state)
{
	struct mem *mem = mem_new();
	char *value = mem_alloc(mem, 9000);
	int n_lines = 0;

	(void)state;
	log_to(drop_line, &n_lines);
	for (size_t len = 100; len < 8999; len += 89) {
		struct response response;
		const char *text;

		memset(value, 'x', len);
		response_begin(&response, mem);
		response_field(&response, "Link", value);
		response_field(&response, "ETag", "\"v1-j\"");
		text = head(&response, 0);
		assert_true(strlen(text) < 4000);
		assert_true(len > 3000 || strstr(text, value) != NULL);
		assert_true(has_line(text, "ETag: \"v1-j\""));
	}
	log_to(NULL, NULL);
	assert_in_range(n_lines, 50, 70);
	mem_free(mem);
}

static void
test_statuses(void **state)
{
	(void)state;
	for (int outcome = 0; outcome < OUT__MAX; outcome++) {
		int status = status_of((enum outcome)outcome);

		assert_in_range(status, 200, 599);
		assert_string_not_equal(response_reason(status), "Status");
	}
	assert_int_equal(status_of(OUT_STALE), 412);
	assert_int_equal(status_of(OUT_UNGUARDED), 428);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_no_content),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_vary),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_statuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
