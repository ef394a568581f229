#include "app/prefer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum preference {
	PREFER_RETURN,
	PREFER_HANDLING,
	PREFER_COUNT,
	PREFER_MAX_AFFECTED, /* a number */
	PREFER_CONTINUE,     /* without a value */
	PREFER__MAX
};

enum {
	VALUES_MAX = 4
};

static const struct {
	const char *name;
	unsigned doors; /* enum prefer_door */
	const char *values[VALUES_MAX];
} known[PREFER__MAX] = {
	[PREFER_RETURN] = { "return", PREFER_WRITE | PREFER_BULK,
	    { "representation", "minimal", "headers-only" } },
	[PREFER_HANDLING] = { "handling",
	    PREFER_WRITE | PREFER_LIST | PREFER_BULK, { "strict", "lenient" } },
	[PREFER_COUNT] = { "count", PREFER_LIST | PREFER_BULK,
	    { [ROWS_EXACT] = "exact",
		[ROWS_PLANNED] = "planned",
		[ROWS_ESTIMATED] = "estimated",
		"none" } },
	[PREFER_MAX_AFFECTED] = { "max-affected", PREFER_BULK, { NULL } },
	[PREFER_CONTINUE] = { "continue-on-error", PREFER_BULK, { NULL } },
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

static bool
is_number(const char *value)
{
	size_t len = strspn(value, "0123456789");

	return len > 0 && len < 10 && value[len] == '\0';
}

/* Takes in one preference; false where it is not known. */
static bool
take(const char *one, enum prefer_door door, const char *taken[PREFER__MAX])
{
	size_t len = strcspn(one, "= \t");
	const char *value = one + len + strspn(one + len, " \t");

	for (size_t i = 0; i < PREFER__MAX; i++) {
		if (!(known[i].doors & door) ||
		    strncasecmp(one, known[i].name, len) != 0 ||
		    known[i].name[len] != '\0' ||
		    (*value == '=') == (i == PREFER_CONTINUE))
			continue;
		if (i == PREFER_CONTINUE ||
		    (i == PREFER_MAX_AFFECTED && is_number(value + 1))) {
			if (!taken[i])
				taken[i] = value + (*value == '=');
			return true;
		}
		for (size_t v = 0; v < VALUES_MAX && known[i].values[v]; v++)
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
		fprintf(text->out, "%s%s%s%s", before, known[i].name,
		    *taken[i] ? "=" : "", taken[i]);
		before = ", ";
	}
	return *before ? mem_text(text) : NULL;
}

enum outcome
prefer_read(const struct request *request, enum prefer_door door,
    struct prefer *prefer, struct fault *fault)
{
	const char *value = request_header(request, "PREFER");
	const char *at = value ? value : "";
	const char *taken[PREFER__MAX] = { NULL };
	const char *unknown = NULL;
	char *one;

	while ((one = next(request->mem, &at)) != NULL)
		if (!take(one, door, taken) && !unknown)
			unknown = one;
	prefer->representation =
	    taken[PREFER_RETURN] == known[PREFER_RETURN].values[0];
	for (enum rows_count how = ROWS_EXACT; how <= ROWS_ESTIMATED; how++)
		if (taken[PREFER_COUNT] == known[PREFER_COUNT].values[how]) {
			prefer->counts = true;
			prefer->count = how;
		}
	prefer->max_affected =
	    taken[PREFER_MAX_AFFECTED]
		? strtol(taken[PREFER_MAX_AFFECTED], NULL, 10)
		: -1;
	prefer->continues = taken[PREFER_CONTINUE] != NULL;
	prefer->applied = applied(request->mem, taken);
	if (!unknown ||
	    taken[PREFER_HANDLING] != known[PREFER_HANDLING].values[0])
		return OUT_DONE;
	return fault_set(fault, OUT_MALFORMED, "header Prefer", WORD_F_PREFER,
	    unknown, NULL);
}
