#include "fuzz.h"

#include "merge/lines.h"

/* What stands before the next NUL, which is passed over. */
static char *
text_of(struct mem *mem, const uint8_t **data, const uint8_t *end)
{
	const uint8_t *from = *data, *to = from;

	while (to < end && *to != '\0')
		to++;
	*data = to + (to < end);
	return mem_copy(mem, (const char *)from, (size_t)(to - from));
}

static char *
apply(struct mem *mem, const struct hunks *hunks, enum hunk_choice choice)
{
	enum hunk_choice *choices =
	    mem_array(mem, hunks->n_disputes, sizeof *choices);

	for (size_t i = 0; i < hunks->n_disputes; i++)
		choices[i] = choice;
	return lines_apply(mem, hunks, choices);
}

/* The spans of one side in a row are its text. */
static void
check_whole(
    struct mem *mem, const struct hunks *hunks, const char *text, size_t side)
{
	struct text *joined = mem_text_open(mem);
	bool begun = false;
	size_t disputes = 0;

	for (size_t i = 0; i < hunks->n; i++) {
		const struct hunk *hunk = &hunks->items[i];
		const struct span *spans[] = { &hunk->base, &hunk->theirs,
			&hunk->mine };

		disputes += hunk->kind == HUNK_DISPUTE;
		if (spans[side]->n == 0)
			continue;
		if (begun)
			putc('\n', joined->out);
		begun = true;
		fwrite(spans[side]->at, 1, spans[side]->len, joined->out);
	}
	HOLDS(disputes == hunks->n_disputes);
	HOLDS(strcmp(mem_text(joined), text) == 0);
}

/* Whether a text has these lines somewhere. */
static bool
has_lines(struct mem *mem, const char *text, const struct span *span)
{
	const char *lines = mem_printf(mem, "\n%s\n", text);
	const char *found = mem_printf(mem, "\n%s\n",
	    span->n > 0 ? mem_copy(mem, span->at, span->len) : "");

	return span->n == 0 || strstr(lines, found) != NULL;
}

/* What one side changed stands in a merge that takes both. */
static void
check_kept(struct mem *mem, const struct hunks *hunks, const char *text)
{
	for (size_t i = 0; i < hunks->n; i++) {
		const struct hunk *hunk = &hunks->items[i];

		HOLDS(hunk->kind == HUNK_MINE ||
		      has_lines(mem, text, &hunk->theirs));
		HOLDS(hunk->kind == HUNK_THEIRS ||
		      has_lines(mem, text, &hunk->mine));
	}
}

/* A merge with a side that changed nothing, or the same, is no dispute. */
static void
check_easy(struct mem *mem, const char *base, const char *text)
{
	struct hunks hunks = lines_merge(mem, base, text, base);

	HOLDS(hunks.n_disputes == 0);
	HOLDS(strcmp(lines_apply(mem, &hunks, NULL), text) == 0);
	hunks = lines_merge(mem, base, base, text);
	HOLDS(hunks.n_disputes == 0);
	HOLDS(strcmp(lines_apply(mem, &hunks, NULL), text) == 0);
	hunks = lines_merge(mem, base, text, text);
	HOLDS(hunks.n_disputes == 0);
	HOLDS(strcmp(lines_apply(mem, &hunks, NULL), text) == 0);
}

/* Three texts with NULs between them. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = data + size;
	struct mem *mem = mem_new();
	const char *base = text_of(mem, &data, end);
	const char *theirs = text_of(mem, &data, end);
	const char *mine = text_of(mem, &data, end);
	struct hunks hunks = lines_merge(mem, base, theirs, mine);

	check_whole(mem, &hunks, base, 0);
	check_whole(mem, &hunks, theirs, 1);
	check_whole(mem, &hunks, mine, 2);
	check_easy(mem, base, theirs);
	check_easy(mem, base, mine);
	HOLDS(
	    hunks.n_disputes > 0 || strcmp(apply(mem, &hunks, CHOICE_THEIRS),
					apply(mem, &hunks, CHOICE_MINE)) == 0);
	/* no line that only one side has is lost where both are taken */
	check_kept(mem, &hunks, apply(mem, &hunks, CHOICE_BOTH));
	/* blind, either choice everywhere is that side's text */
	hunks = lines_merge(mem, NULL, theirs, mine);
	check_whole(mem, &hunks, theirs, 1);
	check_whole(mem, &hunks, mine, 2);
	HOLDS(strcmp(apply(mem, &hunks, CHOICE_THEIRS), theirs) == 0);
	HOLDS(strcmp(apply(mem, &hunks, CHOICE_MINE), mine) == 0);
	mem_free(mem);
	return 0;
}
