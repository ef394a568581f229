#include "app/prefer.h"

#include <string.h>
#include <strings.h>

enum preference {
	PREFER_RETURN,
	PREFER_HANDLING,
	PREFER__MAX
};

static const struct {
	const char *name;
	const char *values[2]; /* the first is the one that changes something */
} known[PREFER__MAX] = {
	[PREFER_RETURN] = { "return", { "representation", "minimal" } },
	[PREFER_HANDLING] = { "handling", { "strict", "lenient" } },
};

/* How many characters there are before one of these; those in quotes do not
 * count. */
static size_t
span(const char *at, const char *stops)
{
	bool quoted = false;
	size_t n = 0;

	for (; at[n] != '\0' && (quoted || !strchr(stops, at[n])); n++) {
		if (quoted && at[n] == '\\' && at[n + 1] != '\0')
			n++;
		else if (at[n] == '"')
			quoted = !quoted;
	}
	return n;
}

/* The next preference of a field value, parameters behind ';' cut off, and *at
 * behind it; NULL at the end. */
static char *
next(struct mem *mem, const char **at)
{
	const char *begin, *end;

	*at += strspn(*at, ", \t");
	if (**at == '\0')
		return NULL;
	begin = *at;
	end = begin + span(begin, ",;");
	*at = begin + span(begin, ",");
	while (end > begin && strchr(" \t", end[-1]))
		end--;
	return mem_copy(mem, begin, (size_t)(end - begin));
}

/* Whether a value, behind its "=", is this word, in quotes or not. */
static bool
is_word(const char *value, const char *word)
{
	size_t len = strlen(word);
	bool quoted;

	value += strspn(value, " \t");
	quoted = *value == '"';
	value += quoted;
	return strncasecmp(value, word, len) == 0 &&
	       strcmp(value + len, quoted ? "\"" : "") == 0;
}

/* Takes in one preference; false where it is not known. */
static bool
take(const char *one, const char *taken[PREFER__MAX])
{
	size_t len = strcspn(one, "= \t");
	const char *value = one + len + strspn(one + len, " \t");

	for (size_t i = 0; i < PREFER__MAX; i++) {
		if (strncasecmp(one, known[i].name, len) != 0 ||
		    known[i].name[len] != '\0' || *value != '=')
			continue;
		for (size_t v = 0; v < 2; v++)
			if (is_word(value + 1, known[i].values[v])) {
				if (!taken[i])
					taken[i] = known[i].values[v];
				return true;
			}
	}
	return false;
}

static char *
applied(struct mem *mem, const char *const taken[PREFER__MAX])
{
	struct text *text = mem_text_open(mem);
	const char *before = "";

	for (size_t i = 0; i < PREFER__MAX; i++) {
		if (!taken[i])
			continue;
		fprintf(text->out, "%s%s=%s", before, known[i].name, taken[i]);
		before = ", ";
	}
	return *before ? mem_text(text) : NULL;
}

enum outcome
prefer_read(
    const struct request *request, struct prefer *prefer, struct fault *fault)
{
	const char *value = request_header(request, "PREFER");
	const char *at = value ? value : "";
	const char *taken[PREFER__MAX] = { NULL };
	const char *unknown = NULL;
	char *one;

	while ((one = next(request->mem, &at)) != NULL)
		if (!take(one, taken) && !unknown)
			unknown = one;
	prefer->representation =
	    taken[PREFER_RETURN] == known[PREFER_RETURN].values[0];
	prefer->applied = applied(request->mem, taken);
	if (!unknown ||
	    taken[PREFER_HANDLING] != known[PREFER_HANDLING].values[0])
		return OUT_DONE;
	return fault_set(fault, OUT_MALFORMED, "header Prefer", WORD_F_PREFER,
	    unknown, NULL);
}
