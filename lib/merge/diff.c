#include "merge/diff.h"

#include <stdbool.h>
#include <string.h>

enum {
	PIECES_MOST = 100000,
	DEPTH_MOST = 1000,
	WORK_MOST = 4 << 20
};

/* Two runs of pieces without what they begin and end with in common. */
struct middle {
	const struct piece *a, *b;
	size_t n_a, n_b;
};

/* The search for the shortest way from (0, 0) to (n_a, n_b). reach[d][d + k] is
 * how far into a the best way with d differences has come on the diagonal k,
 * where k is its place in a minus that in b; -1: the diagonal lies outside. */
struct search {
	const struct middle *middle;
	long **reach;
	long work;
	long depth, diagonal; /* where it ended */
};

static void
add(struct mem *mem, struct pieces *pieces, const char *at, size_t len)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)at[i]) * 1099511628211u;
	pieces->items =
	    mem_grow(mem, pieces->items, pieces->n, sizeof *pieces->items);
	pieces->items[pieces->n++] = (struct piece){ at, len, hash };
}

struct pieces
diff_lines(struct mem *mem, const char *text, size_t len)
{
	struct pieces pieces = { 0 };
	const char *end = text + len, *feed;

	while (pieces.n < PIECES_MOST &&
	       (feed = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		add(mem, &pieces, text, (size_t)(feed - text));
		text = feed + 1;
	}
	add(mem, &pieces, text, (size_t)(end - text));
	return pieces;
}

enum kind {
	KIND_WORD,
	KIND_SPACE,
	KIND_SIGN
};

static enum kind
kind_of(char c)
{
	if ((unsigned char)c >= 0x80 || (c >= '0' && c <= '9') ||
	    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
		return KIND_WORD;
	return c == ' ' || (c >= '\t' && c <= '\r') ? KIND_SPACE : KIND_SIGN;
}

struct pieces
diff_words(struct mem *mem, const char *text, size_t len)
{
	struct pieces pieces = { 0 };
	size_t end;

	for (size_t at = 0; at < len; at = end) {
		enum kind kind = kind_of(text[at]);

		end = at + 1;
		while (kind != KIND_SIGN && end < len &&
		       kind_of(text[end]) == kind)
			end++;
		if (pieces.n == PIECES_MOST)
			end = len;
		add(mem, &pieces, text + at, end - at);
	}
	return pieces;
}

static bool
same(const struct piece *a, const struct piece *b)
{
	return a->hash == b->hash && a->len == b->len &&
	       memcmp(a->at, b->at, a->len) == 0;
}

/* The furthest place on the diagonal k before the step that makes d
 * differences: one piece of b put in, or one of a taken out. */
static long
step(const struct search *s, long d, long k)
{
	const long *last = s->reach[d - 1] + (d - 1);
	long put_in = k + 1 <= d - 1 ? last[k + 1] : -1;
	long taken_out = k - 1 >= -(d - 1) ? last[k - 1] : -1;

	if (put_in >= 0 && put_in - k > (long)s->middle->n_b)
		put_in = -1;
	if (taken_out >= 0)
		taken_out =
		    taken_out < (long)s->middle->n_a ? taken_out + 1 : -1;
	return put_in >= taken_out ? put_in : taken_out;
}

/* Follows what is the same from there on. */
static long
slide(struct search *s, long k, long x)
{
	const struct middle *m = s->middle;

	while (x < (long)m->n_a && x - k < (long)m->n_b &&
	       same(&m->a[x], &m->b[x - k])) {
		x++;
		s->work++;
	}
	s->work++;
	return x;
}

/* All ways with d differences. Whether one has come to the end; the one that
 * has come furthest is noted. */
static bool
widen(struct search *s, long d)
{
	long furthest = -1;

	s->depth = d;
	for (long k = -d; k <= d; k += 2) {
		long x = d == 0 ? 0 : step(s, d, k);

		if (x >= 0)
			x = slide(s, k, x);
		s->reach[d][d + k] = x;
		if (x >= 0 && x + x - k > furthest) {
			furthest = x + x - k;
			s->diagonal = k;
		}
	}
	return furthest == (long)(s->middle->n_a + s->middle->n_b);
}

/* Walks back from where the search ended and notes the slides. */
static void
walk_back(const struct search *s, size_t *match)
{
	long k = s->diagonal;

	for (long d = s->depth; d >= 0; d--) {
		long x = s->reach[d][d + k];
		long begin = d == 0 ? 0 : step(s, d, k);

		while (x > begin) {
			x--;
			match[x] = (size_t)(x - k);
		}
		if (d > 0) {
			const long *last = s->reach[d - 1] + (d - 1);
			long put_in = k + 1 <= d - 1 ? last[k + 1] : -1;

			k +=
			    put_in == begin && begin - k <= (long)s->middle->n_b
				? 1
				: -1;
		}
	}
}

static void
match_middle(const struct middle *middle, size_t *match)
{
	struct mem *mem = mem_new();
	struct search s = { .middle = middle };
	bool found = false;

	s.reach = mem_array(mem, DEPTH_MOST + 1, sizeof *s.reach);
	for (long d = 0; !found && d <= DEPTH_MOST && s.work < WORK_MOST; d++) {
		s.reach[d] =
		    mem_array(mem, (size_t)(2 * d + 1), sizeof **s.reach);
		found = widen(&s, d);
	}
	walk_back(&s, match);
	mem_free(mem);
}

size_t *
diff_match(struct mem *mem, const struct pieces *a, const struct pieces *b)
{
	size_t *match = mem_array(mem, a->n, sizeof *match);
	size_t least = a->n < b->n ? a->n : b->n, head = 0, tail = 0;
	struct middle middle;

	for (size_t i = 0; i < a->n; i++)
		match[i] = DIFF_NONE;
	while (head < least && same(&a->items[head], &b->items[head])) {
		match[head] = head;
		head++;
	}
	while (tail < least - head &&
	       same(&a->items[a->n - 1 - tail], &b->items[b->n - 1 - tail])) {
		match[a->n - 1 - tail] = b->n - 1 - tail;
		tail++;
	}
	middle = (struct middle){
		.n_a = a->n - head - tail,
		.n_b = b->n - head - tail,
	};
	if (middle.n_a == 0 || middle.n_b == 0)
		return match;
	middle.a = a->items + head;
	middle.b = b->items + head;
	match_middle(&middle, match + head);
	for (size_t i = head; i < head + middle.n_a; i++)
		if (match[i] != DIFF_NONE)
			match[i] += head;
	return match;
}
