#include "check.h"

#include <sys/wait.h>
#include <unistd.h>

static void
test_pieces_are_zeroed_and_aligned(void **state)
{
	for (size_t size = 0; size < 5000; size += 7) {
		unsigned char *piece = mem_alloc(*state, size);

		assert_non_null(piece);
		assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(piece[i], 0);
		memset(piece, 0xff, size);
	}
}

static void
test_large_piece_keeps_the_small_ones(void **state)
{
	char *small = mem_string(*state, "small");
	char *large = mem_alloc(*state, 1 << 20);
	char *other = mem_string(*state, "other");

	memset(large, 'x', 1 << 20);
	assert_string_equal(small, "small");
	assert_string_equal(other, "other");
}

static void
test_grow_keeps_the_items(void **state)
{
	size_t *list = NULL;

	for (size_t n = 0; n < 1000; n++) {
		list = mem_grow(*state, list, n, sizeof *list);
		list[n] = n;
	}
	for (size_t n = 0; n < 1000; n++)
		assert_int_equal(list[n], n);
}

static void
test_strings(void **state)
{
	assert_string_equal(mem_copy(*state, "abc", 2), "ab");
	assert_string_equal(mem_copy(*state, NULL, 0), "");
	assert_null(mem_string(*state, NULL));
	assert_string_equal(mem_printf(*state, "%d-%s", 7, "x"), "7-x");
}

static int released[3];
static int n_released;

static void
note(void *handle)
{
	released[n_released++] = *(int *)handle;
}

static void
test_release_runs_backwards(void **state)
{
	static int handles[] = { 1, 2, 3 };
	struct mem *mem = mem_new();

	(void)state;
	n_released = 0;
	for (size_t i = 0; i < COUNT(handles); i++)
		mem_release(mem, note, &handles[i]);
	assert_int_equal(n_released, 0);
	mem_free(mem);
	assert_int_equal(n_released, 3);
	assert_int_equal(released[0], 3);
	assert_int_equal(released[2], 1);
	mem_free(NULL);
}

static void
test_text(void **state)
{
	struct text *text = mem_text_open(*state);
	struct text *empty = mem_text_open(*state);

	for (int i = 0; i < 100000; i++)
		fprintf(text->out, "%05d", i);
	putc('\0', text->out);
	mem_text(text);
	assert_int_equal(text->len, 500001);
	assert_memory_equal(text->at, "0000000001", 10);
	assert_string_equal(text->at + 499995, "99999");
	assert_string_equal(mem_text(empty), "");
	assert_int_equal(empty->len, 0);
}

static void
test_unfinished_text_is_freed(void **state)
{
	struct mem *mem = mem_new();
	struct text *text = mem_text_open(mem);

	(void)state;
	fputs("never read", text->out);
	mem_free(mem);
}

static void
fill_by_pieces(struct mem *mem)
{
	for (;;)
		mem_alloc(mem, 1 << 20);
}

static void
fill_by_text(struct mem *mem)
{
	static char block[1 << 16];
	struct text *text = mem_text_open(mem);

	for (;;)
		fwrite(block, sizeof block, 1, text->out);
}

static void
take_too_many(struct mem *mem)
{
	mem_array(mem, SIZE_MAX / 2, 3);
}

static void
take_too_much(struct mem *mem)
{
	mem_alloc(mem, SIZE_MAX - 1);
}

/* Runs fill in a process of its own, gives its status and the first line of its
 * standard error: no sink is asked to take a line when memory is short. */
static int
run(void (*fill)(struct mem *), char line[200])
{
	int ends[2], status;
	FILE *from;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		fill(mem_new());
		_exit(0);
	}
	close(ends[1]);
	from = fdopen(ends[0], "r");
	if (fgets(line, 200, from) == NULL)
		line[0] = '\0';
	fclose(from);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void
test_exhaustion_ends_the_process(void **state)
{
	void (*const fills[])(struct mem *) = { fill_by_pieces, fill_by_text,
		take_too_many, take_too_much };

	(void)state;
	for (size_t i = 0; i < COUNT(fills); i++) {
		char line[200];
		int status = run(fills[i], line);

		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), EXIT_FAILURE);
		assert_memory_equal(
		    line, "ifmatch: error: out of memory: ", 31);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_pieces_are_zeroed_and_aligned),
		MEM_TEST(test_large_piece_keeps_the_small_ones),
		MEM_TEST(test_grow_keeps_the_items),
		MEM_TEST(test_strings),
		MEM_TEST(test_release_runs_backwards),
		MEM_TEST(test_text),
		MEM_TEST(test_unfinished_text_is_freed),
		MEM_TEST(test_exhaustion_ends_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
