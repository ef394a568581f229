#include "check.h"

#include "merge/diff.h"
#include "merge/lines.h"

/* Each hunk as its kind's letter and the lines of the sides that say
 * something. */
static char *
told(struct mem *mem, const struct hunks *hunks)
{
	static const char letters[] = "=<>!?";
	struct text *text = mem_text_open(mem);

	for (size_t i = 0; i < hunks->n; i++) {
		const struct hunk *h = &hunks->items[i];

		fprintf(text->out, "%s%c", i > 0 ? " " : "", letters[h->kind]);
		if (h->kind != HUNK_MINE && h->theirs.n > 0)
			fwrite(h->theirs.at, 1, h->theirs.len, text->out);
		if (h->kind == HUNK_DISPUTE)
			putc('|', text->out);
		if ((h->kind == HUNK_MINE || h->kind == HUNK_DISPUTE) &&
		    h->mine.n > 0)
			fwrite(h->mine.at, 1, h->mine.len, text->out);
	}
	for (char *at = mem_text(text); *at != '\0'; at++)
		if (*at == '\n')
			*at = ',';
	return text->at;
}

static void
test_merges(void **state)
{
	static const struct {
		const char *name, *base, *theirs, *mine, *hunks, *merged;
	} cases[] = {
		{ "nothing", "a\nb", "a\nb", "a\nb", "=a,b", "a\nb" },
		{ "empty", "", "", "", "=", "" },
		{ "mine", "a\nb\nc", "a\nb\nc", "a\nB\nc", "=a <B =c",
		    "a\nB\nc" },
		{ "theirs", "a\nb\nc", "a\nB\nc", "a\nb\nc", "=a >B =c",
		    "a\nB\nc" },
		{ "far from each other", "a\nb\nc\nd", "A\nb\nc\nd",
		    "a\nb\nc\nD", ">A =b,c <D", "A\nb\nc\nD" },
		{ "both alike", "a\nb\nc", "a\nX\nc", "a\nX\nc", "=a !X =c",
		    "a\nX\nc" },
		{ "dispute", "a\nb\nc", "a\nX\nc", "a\nY\nc", "=a ?X|Y =c",
		    "a\nY\nc" },
		{ "side by side", "a\nb", "A\nb", "a\nB", "?A,b|a,B", "a\nB" },
		{ "a line behind the last", "a\nb", "a\nb\nc", "A\nb",
		    "<A =b >c", "A\nb\nc" },
		{ "a line feed at the end", "a\nb\nc", "a\nb\nc\n", "A\nb\nc",
		    "<A =b,c >", "A\nb\nc\n" },
		{ "taken out and changed", "a\nb\nc", "a\nc", "a\nB\nc",
		    "=a ?|B =c", "a\nB\nc" },
		{ "both put something in", "a\nc", "a\nX\nc", "a\nY\nc",
		    "=a ?X|Y =c", "a\nY\nc" },
		{ "theirs emptied it", "a\nb\nc", "", "a\nb\nC", "?|a,b,C",
		    "a\nb\nC" },
		{ "everything taken out by one", "a\n\nb", "", "a\n\nb",
		    "> = >", "" },
		{ "an empty line put in is a line", "a\nb", "a\n\nb", "a\nb",
		    "=a > =b", "a\n\nb" },
		{ "blind, the same", NULL, "a\nb", "a\nb", "=a,b", "a\nb" },
		{ "blind", NULL, "a\nX\nc", "a\nY\nc", "=a ?X|Y =c",
		    "a\nY\nc" },
		{ "blind, more here", NULL, "a\nc", "a\nb\nc", "=a ?|b =c",
		    "a\nb\nc" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct hunks hunks = lines_merge(
		    *state, cases[i].base, cases[i].theirs, cases[i].mine);

		if (strcmp(told(*state, &hunks), cases[i].hunks) != 0)
			fail_msg("%s: %s, not %s", cases[i].name,
			    told(*state, &hunks), cases[i].hunks);
		CHECK(
		    cases[i].name, check_same(lines_apply(*state, &hunks, NULL),
				       cases[i].merged));
	}
}

static void
test_choices(void **state)
{
	static const struct {
		enum hunk_choice choices[2];
		const char *text;
	} cases[] = {
		{ { CHOICE_THEIRS, CHOICE_THEIRS }, "1\nX\n2\nP\nQ" },
		{ { CHOICE_MINE, CHOICE_MINE }, "1\nY\n2\nR" },
		{ { CHOICE_NONE, CHOICE_NONE }, "1\nY\n2\nR" },
		{ { CHOICE_BOTH, CHOICE_THEIRS }, "1\nX\nY\n2\nP\nQ" },
		{ { CHOICE_THEIRS, CHOICE_BOTH }, "1\nX\n2\nP\nQ\nR" },
	};
	struct hunks hunks =
	    lines_merge(*state, "1\nx\n2\np", "1\nX\n2\nP\nQ", "1\nY\n2\nR");

	assert_int_equal(hunks.n_disputes, 2);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    lines_apply(*state, &hunks, cases[i].choices),
		    cases[i].text);
}

/* A side without lines leaves none behind, not an empty one. */
static void
test_nothing_is_no_line(void **state)
{
	static const enum hunk_choice theirs[] = { CHOICE_THEIRS };
	struct hunks hunks = lines_merge(*state, "a\nb\nc", "a\nc", "a\nB\nc");

	assert_string_equal(lines_apply(*state, &hunks, theirs), "a\nc");
}

static void
test_words(void **state)
{
	static const char text[] = "Gr\xc3\xbc\xc3\x9f dich,  Anna2!\n";
	static const char *const words[] = { "Gr\xc3\xbc\xc3\x9f", " ", "dich",
		",", "  ", "Anna2", "!", "\n" };
	struct pieces pieces = diff_words(*state, text, sizeof text - 1);

	assert_int_equal(pieces.n, COUNT(words));
	for (size_t i = 0; i < pieces.n; i++)
		assert_string_equal(
		    mem_copy(*state, pieces.items[i].at, pieces.items[i].len),
		    words[i]);
}

/* The shortest: so many pieces of a stay. */
static void
test_match_is_longest(void **state)
{
	static const struct {
		const char *a, *b;
		size_t common;
	} cases[] = {
		{ "", "", 0 },
		{ "a b c", "a b c", 5 },
		{ "a b c", "b c", 3 },
		{ "a,b,c,a,b,b,a", "c,b,a,b,a,c", 8 },
		{ "a.b.c", "x y z", 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pieces a =
		    diff_words(*state, cases[i].a, strlen(cases[i].a));
		struct pieces b =
		    diff_words(*state, cases[i].b, strlen(cases[i].b));
		size_t *match = diff_match(*state, &a, &b), common = 0;

		for (size_t k = 0; k < a.n; k++)
			common += match[k] != DIFF_NONE;
		CHECK(cases[i].a, common == cases[i].common);
	}
}

/* n lines, of which every second is changed. */
static char *
many(struct mem *mem, size_t n, const char *changed)
{
	struct text *text = mem_text_open(mem);

	for (size_t i = 0; i < n; i++)
		fprintf(text->out, "%zu%s\n", i, i % 2 == 0 ? changed : "");
	return mem_text(text);
}

static void
test_too_many_differences_are_one(void **state)
{
	enum {
		LINES = 6000
	};
	char *base = many(*state, LINES, "");
	char *theirs = many(*state, LINES, " theirs");
	char *mine = many(*state, LINES, " mine");
	struct hunks hunks = lines_merge(*state, base, theirs, mine);
	const struct hunk *last = &hunks.items[hunks.n - 2];
	enum hunk_choice *choices =
	    mem_array(*state, hunks.n_disputes, sizeof *choices);

	assert_true(hunks.n_disputes > 100 && hunks.n_disputes < 1000);
	assert_int_equal(last->kind, HUNK_DISPUTE);
	assert_true(last->mine.n > LINES / 2);
	assert_string_equal(lines_apply(*state, &hunks, NULL), mine);
	for (size_t i = 0; i < hunks.n_disputes; i++)
		choices[i] = CHOICE_THEIRS;
	assert_string_equal(lines_apply(*state, &hunks, choices), theirs);
}

static void
test_a_great_many_lines(void **state)
{
	char *base = many(*state, 300000, "");
	char *mine = mem_printf(*state, "first\n%s", base);
	char *theirs = mem_printf(*state, "%slast\n", base);
	struct hunks hunks = lines_merge(*state, base, base, mine);

	assert_int_equal(hunks.n_disputes, 0);
	assert_string_equal(lines_apply(*state, &hunks, NULL), mine);
	hunks = lines_merge(*state, base, theirs, base);
	assert_int_equal(hunks.n_disputes, 0);
	assert_string_equal(lines_apply(*state, &hunks, NULL), theirs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_merges),
		MEM_TEST(test_choices),
		MEM_TEST(test_nothing_is_no_line),
		MEM_TEST(test_words),
		MEM_TEST(test_match_is_longest),
		MEM_TEST(test_too_many_differences_are_one),
		MEM_TEST(test_a_great_many_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
