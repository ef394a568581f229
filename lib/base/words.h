/*
 * words: every text that is shown to people, by language.
 *
 * words.def lists them: WORD(NAME, "English text", "German text"). %1, %2, %3
 * in a text stand for arguments. Words are for people: no page says ETag,
 * precondition, 412, SQL, constraint, NULL or xmin.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdio.h>

#include "base/mem.h"

enum language {
	LANGUAGE_EN,
	LANGUAGE_DE,
	LANGUAGE__MAX
};

enum word {
	WORD_NONE, /* the empty text */
#define WORD(name, english, german) WORD_##name,
#include "base/words.def"
#undef WORD
	WORD__MAX
};

/* The language's tag (BCP 47), as pages and Content-Language name it. */
const char *words_code(enum language);

/* The text, with its %1 ... as they stand. */
const char *words_text(enum language, enum word);

/* The text with its arguments in place, in mem. A NULL argument is empty. */
char *words_fill(
    struct mem *, enum language, enum word, const char *const args[3]);

#endif
