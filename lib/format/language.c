#include "format/language.h"

#include <string.h>
#include <strings.h>

/* The weight of an element's rest, ";q=0.5" or "", in thousandths; 0 where it
 * is malformed. */
static int
weight(const char *at, size_t len)
{
	int sum;
	size_t i = 0;

	while (i < len && strchr(" \t;", at[i]) != NULL)
		i++;
	if (i == len)
		return 1000;
	if (len - i < 3 || strncasecmp(at + i, "q=", 2) != 0 ||
	    (at[i + 2] != '0' && at[i + 2] != '1'))
		return 0;
	sum = at[i + 2] == '1' ? 1000 : 0;
	i += 3;
	if (i < len && at[i++] != '.')
		return 0;
	for (int unit = 100; i < len; i++, unit /= 10) {
		if (at[i] < '0' || at[i] > '9')
			return 0;
		sum += unit * (at[i] - '0');
	}
	return sum < 1000 ? sum : 1000;
}

/* Whether a range, "de-AT" or "*", wants the language; 2: by name. */
static int
fit(const char *range, size_t len, const char *language)
{
	size_t main_len = strlen(language);

	if (len == 1 && *range == '*')
		return 1;
	if (len >= main_len && strncasecmp(range, language, main_len) == 0 &&
	    (len == main_len || range[main_len] == '-'))
		return 2;
	return 0;
}

static int
quality(const char *accept, const char *language)
{
	int best = 0;
	int best_fit = 0;

	for (const char *at = accept; *at != '\0';) {
		size_t len, range;

		at += strspn(at, " \t,");
		len = strcspn(at, ",");
		while (len > 0 && strchr(" \t", at[len - 1]) != NULL)
			len--;
		range = strcspn(at, " \t;,");
		if (range > 0) {
			int found = fit(at, range, language);
			int q = weight(at + range, len - range);

			if (found > best_fit || (found == best_fit && q > best))
				best = found > 0 ? q : best;
			best_fit = found > best_fit ? found : best_fit;
		}
		at += len;
	}
	return best;
}

size_t
language_choose(const char *accept, const char *const *offered, size_t n)
{
	size_t chosen = 0;
	int best = 0;

	for (size_t i = 0; accept != NULL && i < n; i++) {
		int q = quality(accept, offered[i]);

		if (q > best) {
			best = q;
			chosen = i;
		}
	}
	return chosen;
}
