#include "base/words.h"

#include <assert.h>

static const char *const texts[LANGUAGE__MAX][WORD__MAX] = {
	[LANGUAGE_EN] = {
		[WORD_NONE] = "",
#define WORD(name, english, german) [WORD_##name] = (english),
#include "base/words.def"
#undef WORD
	},
	[LANGUAGE_DE] = {
		[WORD_NONE] = "",
#define WORD(name, english, german) [WORD_##name] = (german),
#include "base/words.def"
#undef WORD
	},
};

const char *
words_code(enum language language)
{
	static const char *const codes[LANGUAGE__MAX] = {
		[LANGUAGE_EN] = "en",
		[LANGUAGE_DE] = "de",
	};

	return codes[language];
}

const char *
words_text(enum language language, enum word word)
{
	assert(language < LANGUAGE__MAX && word < WORD__MAX);
	return texts[language][word];
}

char *
words_fill(struct mem *mem, enum language language, enum word word,
    const char *const args[3])
{
	struct text *filled = mem_text_open(mem);
	const char *at = words_text(language, word);

	for (; *at != '\0'; at++) {
		if (at[0] == '%' && at[1] >= '1' && at[1] <= '3') {
			const char *arg = args[at[1] - '1'];

			fputs(arg == NULL ? "" : arg, filled->out);
			at++;
		} else {
			putc(*at, filled->out);
		}
	}
	return mem_text(filled);
}
