#include "check.h"

#include "base/words.h"

static void
test_every_word_has_a_text(void **state)
{
	(void)state;
	assert_string_equal(words_text(LANGUAGE_EN, WORD_NONE), "");
	for (enum word word = WORD_NONE + 1; word < WORD__MAX; word++)
		for (enum language l = LANGUAGE_EN; l < LANGUAGE__MAX; l++)
			assert_true(words_text(l, word) != NULL &&
				    *words_text(l, word) != '\0');
}

/* A '%' in a text is an argument's place, or stands before no digit. */
static void
test_places_are_the_three_arguments(void **state)
{
	(void)state;
	for (enum word word = WORD_NONE; word < WORD__MAX; word++) {
		const char *at = words_text(LANGUAGE_EN, word);

		while ((at = strchr(at, '%')) != NULL) {
			at++;
			CHECK(words_text(LANGUAGE_EN, word),
			    strchr("0456789", *at) == NULL);
		}
	}
}

/* Every language has the same arguments. */
static void
test_languages_have_the_same_arguments(void **state)
{
	static const char *const places[] = { "%1", "%2", "%3" };

	(void)state;
	for (enum word word = WORD_NONE; word < WORD__MAX; word++)
		for (size_t i = 0; i < 3; i++)
			CHECK(words_text(LANGUAGE_DE, word),
			    !strstr(words_text(LANGUAGE_EN, word), places[i]) ==
				!strstr(
				    words_text(LANGUAGE_DE, word), places[i]));
}

static void
test_fill(void **state)
{
	const char *const both[3] = { "at %2 noon", "Anna" };
	const char *const none[3] = { NULL };

	assert_string_equal(
	    words_fill(*state, LANGUAGE_EN, WORD_LAST_CHANGED_BY, both),
	    "Last changed at %2 noon by Anna");
	assert_string_equal(
	    words_fill(*state, LANGUAGE_EN, WORD_LAST_CHANGED_BY, none),
	    "Last changed  by ");
	assert_string_equal(
	    words_fill(*state, LANGUAGE_EN, WORD_HOME, none), "Home");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_every_word_has_a_text),
		MEM_TEST(test_places_are_the_three_arguments),
		MEM_TEST(test_languages_have_the_same_arguments),
		MEM_TEST(test_fill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
