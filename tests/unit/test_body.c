#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "web/body.h"

/* A body of so many bytes that comes in pieces. */
struct input {
	size_t left;
	size_t read;
};

static size_t
take(void *context, char *to, size_t n)
{
	struct input *input = context;

	if (n > input->left)
		n = input->left;
	for (size_t i = 0; i < n; i++)
		to[i] = (char)('a' + (input->read + i) % 26);
	input->left -= n;
	input->read += n;
	return n;
}

static void
test_read(void **state)
{
	static const struct {
		size_t len;
		long long said;
		enum body_state want;
		bool all;
	} cases[] = {
		{ 0, BODY_UNSAID, BODY_WHOLE, true },
		{ 0, 0, BODY_WHOLE, true },
		{ 99999, 99999, BODY_WHOLE, true },
		{ 100000, BODY_UNSAID, BODY_WHOLE, true },
		{ 16384, 16384, BODY_WHOLE, true },
		{ 100, 101, BODY_CUT, true },
		{ 100, 99, BODY_CUT, true },
		{ 100, BODY_ILLEGIBLE, BODY_CUT, true },
		{ 100001, 100001, BODY_LARGE, true },
		{ 700000, BODY_UNSAID, BODY_LARGE, true },
		{ 5000000, 5000000, BODY_LARGE, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		struct request request = { .mem = mem };
		struct input input = { .left = cases[i].len };
		bool all =
		    body_read(&request, take, &input, 100000, cases[i].said);

		assert_int_equal(request.body_state, cases[i].want);
		assert_int_equal(all, cases[i].all);
		assert_in_range(input.read, 0, 850000);
		assert_int_equal(request.body_len,
		    cases[i].want == BODY_LARGE ? 0 : cases[i].len);
		assert_int_equal(request.body[request.body_len], '\0');
		for (size_t j = 0; j < request.body_len; j++)
			assert_int_equal(request.body[j], 'a' + j % 26);
		mem_free(mem);
	}
}

static void
test_length(void **state)
{
	static const struct {
		const char *variable;
		long long want;
	} cases[] = {
		{ "X=1", BODY_UNSAID },
		{ "CONTENT_LENGTH=", BODY_UNSAID },
		{ "CONTENT_LENGTH=-1", BODY_UNSAID },
		{ "CONTENT_LENGTH=0", 0 },
		{ "CONTENT_LENGTH=1048576", 1048576 },
		{ "CONTENT_LENGTH=-2", BODY_ILLEGIBLE },
		{ "CONTENT_LENGTH=1x", BODY_ILLEGIBLE },
		{ "CONTENT_LENGTH= 1", BODY_ILLEGIBLE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *const environment[] = { cases[i].variable, NULL };
		struct request request = { .environment = environment };

		assert_int_equal(body_length(&request), cases[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
