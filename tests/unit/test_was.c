#include "check.h"

#include "view/was.h"

static void
test_touched(void **state)
{
	char *hash = was_hash(*state, "a\r\nb");

	assert_false(was_touched(*state, "a\r\nb", "a\nb"));
	assert_false(was_touched(*state, "a\rb", "a\r\nb"));
	assert_true(was_touched(*state, "a\n", "a"));
	assert_true(was_touched(*state, "", " "));
	assert_int_equal(strlen(hash), 65);
	assert_int_equal(*hash, '#');
	assert_true(was_is_hash(hash));
	assert_false(was_is_hash(hash + 1));
	assert_false(was_touched(*state, "a\nb", hash));
	assert_true(was_touched(*state, "a\nb ", hash));
	/* A text that looks like a hash is not taken for what it names. */
	assert_true(was_touched(*state, "a\nb", was_hash(*state, hash)));
	assert_true(was_touched(*state, hash, hash));
}

static char *
text_of(struct mem *mem, size_t len)
{
	char *text = mem_alloc(mem, len + 1);

	memset(text, 'a', len);
	return text;
}

static void
test_room(void **state)
{
	const struct column column = { .base = "text" };
	const struct column bytes = { .base = "bytea" };
	size_t room = 5000;

	assert_true(was_whole(&column, NULL, &room));
	assert_true(was_whole(&column, "", &room));
	assert_int_equal(room, 5000);
	assert_true(was_whole(&column, text_of(*state, 3000), &room));
	assert_int_equal(room, 2000);
	assert_false(was_whole(&column, text_of(*state, 2001), &room));
	assert_int_equal(room, 2000);
	assert_true(was_whole(&column, text_of(*state, 1001), &room));
	assert_true(was_whole(&column, text_of(*state, 1000), &room));
	assert_int_equal(room, 0);
	/* short ones travel whole however full it is */
	assert_true(was_whole(&column, text_of(*state, 1000), &room));
	assert_false(was_whole(&column, text_of(*state, 1001), &room));
	room = WAS_ROOM;
	assert_true(was_whole(&bytes, text_of(*state, 1000), &room));
	assert_false(was_whole(&bytes, text_of(*state, 1001), &room));
	room = WAS_ROOM;
	assert_false(was_whole(&column, was_hash(*state, "x"), &room));
	assert_int_equal(room, 48 * 1024);
}

static char *
written(struct mem *mem, const char *was, bool whole)
{
	struct text *text = mem_text_open(mem);

	was_write(text->out, mem, "field", was, whole);
	return mem_text(text);
}

static void
test_written(void **state)
{
	const char *hash = was_hash(*state, "x");

	assert_non_null(strstr(written(*state, "a<", true),
	    " name=\"_was.field\" value=\"a&lt;\">"));
	assert_non_null(strstr(written(*state, "x", false), hash));
	assert_non_null(strstr(written(*state, hash, true), hash));
	assert_non_null(
	    strstr(written(*state, hash, false), was_hash(*state, hash)));
	assert_null(strstr(written(*state, "", true), "_wasnull"));
	assert_non_null(strstr(
	    written(*state, NULL, true), " name=\"_was.field\" value=\"\">"));
	assert_non_null(strstr(written(*state, NULL, true),
	    " name=\"_wasnull.field\" value=\"1\">"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_touched),
		MEM_TEST(test_room),
		MEM_TEST(test_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
