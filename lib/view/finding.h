/*
 * finding: what a check has found, and its two faces: lines for a terminal and
 * a list for a page.
 */
#ifndef VIEW_FINDING_H
#define VIEW_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/words.h"

enum finding_level {
	FINDING_PLAIN, /* a remark as it stands */
	FINDING_FINE,
	FINDING_NOTE, /* good to know; nothing breaks */
	FINDING_WRONG
};

struct finding {
	enum finding_level level;
	const char *text;   /* a sentence */
	const char *advice; /* lines to paste somewhere, or NULL */
};

/* Begin with zeros. */
struct findings {
	struct finding *items;
	size_t n;
};

/* Neither text nor advice is copied. */
void finding_add(struct mem *, struct findings *, enum finding_level,
    const char *text, const char *advice);

bool finding_any_wrong(const struct findings *);

/* One line each behind the indentation, led by "ok: ", "note: " or "wrong: "
 * unless plain; the advice below it. */
void finding_lines(
    FILE *, const struct findings *, const char *indent, enum language);

/* A list, each entry behind its label; nothing where there are no findings. */
void finding_list(FILE *, const struct findings *, enum language);

/* One entry of such a list: label (or NULL) stands before the text. */
void finding_entry(
    FILE *, const struct finding *, const char *label, enum language);

#endif
