#include "merge/lines.h"

#include <string.h>

#include "merge/diff.h"

/* Where the three texts are cut. In the two-way merge the base is theirs. */
struct sides {
	struct pieces base, theirs, mine;
	const size_t *to_theirs, *to_mine; /* by line of the base */
	bool base_known;
};

struct place {
	size_t base, theirs, mine;
};

static struct span
span_of(const struct pieces *pieces, size_t from, size_t to)
{
	struct span span = { .n = to - from };

	if (from < to) {
		const struct piece *last = &pieces->items[to - 1];

		span.at = pieces->items[from].at;
		span.len = (size_t)(last->at + last->len - span.at);
	}
	return span;
}

static bool
same(const struct span *a, const struct span *b)
{
	return a->n == b->n && a->len == b->len &&
	       (a->len == 0 || memcmp(a->at, b->at, a->len) == 0);
}

static enum hunk_kind
kind_of(const struct hunk *hunk, bool base_known)
{
	if (base_known && same(&hunk->base, &hunk->theirs))
		return same(&hunk->base, &hunk->mine) ? HUNK_SAME : HUNK_MINE;
	if (base_known && same(&hunk->base, &hunk->mine))
		return HUNK_THEIRS;
	if (same(&hunk->theirs, &hunk->mine))
		return base_known ? HUNK_BOTH : HUNK_SAME;
	return HUNK_DISPUTE;
}

static void
add(struct mem *mem, struct hunks *hunks, const struct sides *s,
    struct place from, struct place to)
{
	struct hunk hunk = {
		.theirs = span_of(&s->theirs, from.theirs, to.theirs),
		.mine = span_of(&s->mine, from.mine, to.mine),
	};

	if (hunk.theirs.n == 0 && hunk.mine.n == 0 && from.base == to.base)
		return;
	if (s->base_known)
		hunk.base = span_of(&s->base, from.base, to.base);
	hunk.kind = kind_of(&hunk, s->base_known);
	hunks->n_disputes += hunk.kind == HUNK_DISPUTE;
	hunks->items =
	    mem_grow(mem, hunks->items, hunks->n, sizeof *hunks->items);
	hunks->items[hunks->n++] = hunk;
}

/* Whether this line of the base stands in all three texts. */
static bool
stands(const struct sides *s, size_t base)
{
	return s->to_theirs[base] != DIFF_NONE && s->to_mine[base] != DIFF_NONE;
}

/* The end of the run of lines that stand in all three texts from here on. */
static struct place
run_end(const struct sides *s, struct place at)
{
	while (at.base < s->base.n && s->to_theirs[at.base] == at.theirs &&
	       s->to_mine[at.base] == at.mine) {
		at.base++;
		at.theirs++;
		at.mine++;
	}
	return at;
}

/* The next place from which on a line stands in all three texts. */
static struct place
next_run(const struct sides *s, struct place at)
{
	while (at.base < s->base.n && !stands(s, at.base))
		at.base++;
	if (at.base < s->base.n) {
		at.theirs = s->to_theirs[at.base];
		at.mine = s->to_mine[at.base];
	} else {
		at.theirs = s->theirs.n;
		at.mine = s->mine.n;
	}
	return at;
}

struct hunks
lines_merge(
    struct mem *mem, const char *base, const char *theirs, const char *mine)
{
	struct sides s = {
		.theirs = diff_lines(mem, theirs, strlen(theirs)),
		.mine = diff_lines(mem, mine, strlen(mine)),
		.base_known = base != NULL,
	};
	struct hunks hunks = { 0 };
	struct place at = { 0 };

	s.base = base != NULL ? diff_lines(mem, base, strlen(base)) : s.theirs;
	s.to_theirs = diff_match(mem, &s.base, &s.theirs);
	s.to_mine = diff_match(mem, &s.base, &s.mine);
	while (at.base < s.base.n || at.theirs < s.theirs.n ||
	       at.mine < s.mine.n) {
		struct place run = next_run(&s, at);
		struct place end = run_end(&s, run);

		add(mem, &hunks, &s, at, run);
		add(mem, &hunks, &s, run, end);
		at = end;
	}
	return hunks;
}

static void
write_span(FILE *out, const struct span *span, bool *begun)
{
	if (span->n == 0)
		return;
	if (*begun)
		putc('\n', out);
	*begun = true;
	fwrite(span->at, 1, span->len, out);
}

static void
write_choice(
    FILE *out, const struct hunk *hunk, enum hunk_choice choice, bool *begun)
{
	if (choice == CHOICE_THEIRS || choice == CHOICE_BOTH)
		write_span(out, &hunk->theirs, begun);
	if (choice != CHOICE_THEIRS)
		write_span(out, &hunk->mine, begun);
}

char *
lines_apply(
    struct mem *mem, const struct hunks *hunks, const enum hunk_choice *choices)
{
	struct text *text = mem_text_open(mem);
	bool begun = false;

	for (size_t i = 0; i < hunks->n; i++) {
		const struct hunk *hunk = &hunks->items[i];
		enum hunk_choice choice = CHOICE_MINE;

		if (hunk->kind == HUNK_DISPUTE)
			choice = choices != NULL ? *choices++ : CHOICE_NONE;
		else if (hunk->kind == HUNK_THEIRS)
			choice = CHOICE_THEIRS;
		write_choice(text->out, hunk, choice, &begun);
	}
	return mem_text(text);
}
