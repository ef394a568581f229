/*
 * lines: the three-way merge of a text of several lines (diff3). Pure.
 *
 * Two people have edited the same text. What only one of them changed is
 * merged; where both changed the same place differently, or places that touch
 * each other, they are in dispute, and somebody has to choose.
 */
#ifndef MERGE_LINES_H
#define MERGE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

enum hunk_kind {
	HUNK_SAME,   /* nobody changed it */
	HUNK_MINE,   /* only mine did */
	HUNK_THEIRS, /* only theirs did */
	HUNK_BOTH,   /* both did, in the same way */
	HUNK_DISPUTE /* both did, differently */
};

/* Some whole lines in a row. */
struct span {
	const char *at; /* within the text; its lines, joined by line feeds */
	size_t len;
	size_t n; /* how many lines; 0: none, which is not one empty line */
};

struct hunk {
	enum hunk_kind kind;
	struct span base, theirs, mine; /* base: empty where it is not known */
};

struct hunks {
	struct hunk *items;
	size_t n;
	size_t n_disputes;
};

/* What is to stand in a disputed place. */
enum hunk_choice {
	CHOICE_NONE, /* nobody has said */
	CHOICE_THEIRS,
	CHOICE_MINE,
	CHOICE_BOTH /* theirs, then mine */
};

/* Cuts the three texts into hunks, in order and without gaps: the spans of each
 * side, joined by line feeds, are that side's text. base NULL: it is not known,
 * so that every difference is a dispute. The spans point into the texts.
 * Where one text is the base, no hunk is in dispute. */
struct hunks lines_merge(
    struct mem *, const char *base, const char *theirs, const char *mine);

/* The text that results: what is undisputed, and for the disputed hunks, in
 * their order, what choices say; choices NULL, and CHOICE_NONE: mine. */
char *lines_apply(
    struct mem *, const struct hunks *, const enum hunk_choice *choices);

#endif
