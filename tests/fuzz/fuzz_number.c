#include "fuzz.h"

#include "format/number.h"

/* The same digits, in the same order. */
static bool
same_digits(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strcspn(a, "0123456789");
		b += strcspn(b, "0123456789");
		if (*a == '\0' || *b == '\0')
			return *a == *b;
		if (*a != *b)
			return false;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	const char *typed = mem_copy(mem, (const char *)data, size);

	for (int l = 0; l < LANGUAGE__MAX; l++) {
		enum language language = (enum language)l;
		struct number_text text, again;
		enum number number = number_read(mem, language, typed, &text);

		if (number == NUMBER_OTHER) {
			HOLDS(text.text == typed);
			continue;
		}
		if (number == NUMBER_TWO_WAYS) {
			/* what is offered is taken without another question */
			HOLDS(number_read(mem, language, text.whole, &again) ==
			      NUMBER_OTHER);
			HOLDS(number_read(mem, language, text.broken, &again) ==
			      NUMBER_READ);
			HOLDS(same_digits(typed, text.whole));
			HOLDS(same_digits(typed, text.broken));
			continue;
		}
		HOLDS(same_digits(typed, text.text));
		HOLDS(strchr(text.text, ',') == NULL);
		/* what is shown of it is read as the same */
		number = number_read(mem, language,
		    number_show(mem, language, text.text), &again);
		HOLDS(number != NUMBER_TWO_WAYS);
		HOLDS(strcmp(again.text, text.text) == 0);
	}
	mem_free(mem);
	return 0;
}
