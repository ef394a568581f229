/*
 * difference: how one text became another, with marks that can be seen and
 * heard: <del> and <ins>, each led by a word that is read aloud.
 */
#ifndef VIEW_DIFFERENCE_H
#define VIEW_DIFFERENCE_H

#include "merge/lines.h"
#include "view/layout.h"

/* Writes the lines of after, with marks where its words differ from before's;
 * where hardly a word has stayed, all of before and all of after. */
void difference_words(FILE *, struct mem *, const struct site *,
    const struct span *before, const struct span *after);

/* The same for whole texts: of what has stayed, the lines next to a change;
 * a mark stands for the rest. */
void difference_write(FILE *, struct mem *, const struct site *,
    const char *before, const char *after);

/* Writes some lines without marks, at most so many at the begin and the end of
 * them (0: all). */
void difference_lines(FILE *, struct mem *, const struct span *, size_t most);

#endif
