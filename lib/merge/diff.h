/*
 * diff: what two texts have in common, piece by piece. Pure; bounded in memory
 * and time.
 */
#ifndef MERGE_DIFF_H
#define MERGE_DIFF_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* A line or a word, within the text that it was cut from. */
struct piece {
	const char *at;
	size_t len;
	uint64_t hash;
};

struct pieces {
	struct piece *items;
	size_t n;
};

/* No piece of the other text is the same. */
#define DIFF_NONE SIZE_MAX

/* The lines of a text: what stands between line feeds, which belong to none. A
 * text with n line feeds has n + 1 lines, so that joining them gives it back
 * and a last line is the same with and without one. Beyond 100,000 lines the
 * rest is one line. */
struct pieces diff_lines(struct mem *, const char *text, size_t len);

/* The words of a text: runs of letters and digits (anything outside of ASCII
 * counts as a letter), runs of white space, single other characters. All of
 * them in a row are the text. Beyond 100,000 words the rest is one word. */
struct pieces diff_words(struct mem *, const char *text, size_t len);

/* For each piece of a, which of b it has become, or DIFF_NONE: it was taken
 * out. The indexes ascend; pieces of b that are not named were put in. It is
 * the shortest such list (Myers 1986) where up to 1000 pieces differ; beyond
 * that bound, and beyond four million comparisons, the rest is one
 * difference. */
size_t *diff_match(
    struct mem *, const struct pieces *a, const struct pieces *b);

#endif
