/*
 * hint: what people should know of a value before they type it: how it is
 * written, and what its rules say.
 */
#ifndef VIEW_HINT_H
#define VIEW_HINT_H

#include "base/fault.h"
#include "view/widget.h"

/* One or more sentences, or NULL where there is nothing to say. */
char *hint_text(struct mem *, const struct site *, const struct column *,
    const struct cell *);

/* Why a value was refused, in words about this column: which way of writing was
 * expected, how long it may be. NULL: the fault's own sentence says it. */
char *hint_refusal(struct mem *, const struct site *, const struct column *,
    const struct fault *);

/* Whether a number, as the database writes it, has more decimal places than the
 * column keeps, which the database would round without a word: the sentence
 * that says how many it may have, and its argument; else WORD_NONE. */
enum word hint_too_fine(
    struct mem *, const struct column *, const char *value, const char **most);

#endif
