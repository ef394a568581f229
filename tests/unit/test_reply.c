#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "web/reply.h"

enum {
	PIECE = 100000
};

/* What was sent, and when nobody reads any more. */
struct output {
	struct text *text;
	size_t left;
	size_t calls;
};

static bool
put(void *context, const char *data, size_t len)
{
	struct output *output = context;

	output->calls++;
	if (len > output->left)
		return false;
	output->left -= len;
	fwrite(data, 1, len, output->text->out);
	return true;
}

/* A body of so many pieces; the one numbered broken fails. */
struct source {
	int pieces;
	int broken;
	int pulled;
};

static bool
pull(void *context, FILE *out, bool *failed)
{
	struct source *source = context;

	source->pulled++;
	*failed = source->pulled == source->broken;
	for (int i = 0; i < PIECE; i++)
		putc('x', out);
	return source->pulled < source->pieces;
}

static bool
send(struct mem *mem, const struct response *response, bool head_only,
    size_t left, const char **sent)
{
	struct output output = { .text = mem_text_open(mem), .left = left };
	bool whole = reply_send(response, head_only, put, &output);

	*sent = mem_text(output.text);
	return whole;
}

static const char *
body_of(const char *reply)
{
	const char *end = strstr(reply, "\r\n\r\n");

	assert_non_null(end);
	return end + 4;
}

static void
test_whole(void **state)
{
	static const struct {
		int status;
		bool head_only;
		const char *length, *body;
	} cases[] = {
		{ 200, false, "\r\nContent-Length: 5\r\n", "hello" },
		{ 200, true, "\r\nContent-Length: 5\r\n", "" },
		{ 412, false, "\r\nContent-Length: 5\r\n", "hello" },
		{ 204, false, NULL, "" },
		{ 304, false, NULL, "" },
		{ 304, true, NULL, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		struct response response;
		const char *sent;

		response_begin(&response, mem);
		response_body(&response, "text/plain", "hello", 5);
		response.status = cases[i].status;
		assert_true(
		    send(mem, &response, cases[i].head_only, 1 << 20, &sent));
		assert_string_equal(body_of(sent), cases[i].body);
		if (cases[i].length == NULL)
			assert_null(strstr(sent, "Content-Length"));
		else
			assert_non_null(strstr(sent, cases[i].length));
		assert_false(
		    send(mem, &response, cases[i].head_only, 10, &sent));
		mem_free(mem);
	}
}

static void
test_none(void **state)
{
	struct mem *mem = mem_new();
	struct response response;
	const char *sent;

	(void)state;
	response_begin(&response, mem);
	response.status = 303;
	assert_true(send(mem, &response, false, 1 << 20, &sent));
	assert_non_null(strstr(sent, "\r\nContent-Length: 0\r\n"));
	assert_string_equal(body_of(sent), "");
	mem_free(mem);
}

static void
test_large(void **state)
{
	enum {
		LEN = 300000
	};
	struct mem *mem = mem_new();
	char *body = mem_alloc(mem, LEN + 1);
	struct response response;
	const char *sent;

	(void)state;
	memset(body, 'y', LEN);
	response_begin(&response, mem);
	response_body(&response, "text/plain", body, LEN);
	assert_true(send(mem, &response, false, 1 << 20, &sent));
	assert_string_equal(body_of(sent), body);
	assert_false(send(mem, &response, false, LEN, &sent));
	assert_true(send(mem, &response, true, LEN, &sent));
	mem_free(mem);
}

static void
test_pulled(void **state)
{
	static const struct {
		int pieces, broken;
		bool head_only;
		bool whole; /* what reply_send says */
		int status;
		long long length; /* -1: not said */
		size_t body;
	} cases[] = {
		{ 1, 0, false, true, 200, PIECE, PIECE },
		{ 5, 0, false, true, 200, 5 * PIECE, 5 * PIECE },
		{ 5, 0, true, true, 200, 5 * PIECE, 0 },
		{ 30, 0, false, true, 200, -1, 30 * PIECE },
		{ 30, 0, true, true, 200, -1, 0 },
		{ 5, 3, false, true, 500, 30, 30 },
		{ 5, 5, false, true, 500, 30, 30 },
		{ 30, 20, false, false, 200, -1, 20 * PIECE },
		{ 30, 30, false, false, 200, -1, 30 * PIECE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		struct source source = { .pieces = cases[i].pieces,
			.broken = cases[i].broken };
		struct response response;
		const char *sent;

		response_begin(&response, mem);
		response.pull = pull;
		response.pull_context = &source;
		assert_int_equal(
		    send(mem, &response, cases[i].head_only, (size_t)-1, &sent),
		    cases[i].whole);
		assert_memory_equal(
		    sent, mem_printf(mem, "Status: %d", cases[i].status), 11);
		assert_int_equal(strlen(body_of(sent)), cases[i].body);
		if (cases[i].length < 0)
			assert_null(strstr(sent, "Content-Length"));
		else
			assert_non_null(strstr(sent,
			    mem_printf(mem, "\r\nContent-Length: %lld\r\n",
				cases[i].length)));
		mem_free(mem);
	}
}

/* Nobody reads: pulling stops. */
static void
test_client_gone(void **state)
{
	struct mem *mem = mem_new();
	struct source source = { .pieces = 1000 };
	struct response response;
	const char *sent;

	(void)state;
	response_begin(&response, mem);
	response.pull = pull;
	response.pull_context = &source;
	assert_false(send(mem, &response, false, 2 << 20, &sent));
	assert_in_range(source.pulled, 11, 30);
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_pulled),
		cmocka_unit_test(test_client_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
