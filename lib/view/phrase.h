/*
 * phrase: a condition on a list in people's words.
 */
#ifndef VIEW_PHRASE_H
#define VIEW_PHRASE_H

#include "format/filter.h"
#include "store/choice.h"
#include "view/layout.h"

/* "Age from 18", "Town contains “ham”". All columns are ones that the scope
 * lets the person see. choices: by column, what its values refer to, or NULL;
 * NULL: nothing. */
char *phrase_filter(struct mem *, const struct site *, const struct scope *,
    struct choice *const *choices, const struct filter *);

/* How many entries there are, with the language's marks between groups of
 * digits; about: rounded, since nobody counted. */
char *phrase_count(struct mem *, enum language, long long count, bool about);

#endif
