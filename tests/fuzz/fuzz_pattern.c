#include "fuzz.h"

#include "format/pattern.h"

/* Every group and class of what comes out is closed, and nothing in it is more
 * than printable ASCII. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	const char *regex = mem_copy(mem, (const char *)data, size);
	const char *html = pattern_html(mem, regex);
	int groups = 0;
	bool class = false;

	if (html != NULL) {
		HOLDS(*regex == '^' && regex[strlen(regex) - 1] == '$');
		for (const char *at = html; *at != '\0'; at++) {
			HOLDS(*at >= ' ' && *at <= '~');
			if (*at == '\\') {
				at++;
				HOLDS(*at > ' ' && *at <= '~');
			} else if (class) {
				HOLDS(*at != '[');
				class = *at != ']';
			} else {
				class = *at == '[';
				groups += (*at == '(') - (*at == ')');
				HOLDS(groups >= 0);
			}
		}
		HOLDS(groups == 0 && !class);
	}
	mem_free(mem);
	return 0;
}
