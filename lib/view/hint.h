/*
 * hint: what people should know of a value before they type it: how it is
 * written, and what its rules say.
 */
#ifndef VIEW_HINT_H
#define VIEW_HINT_H

#include "view/widget.h"

/* One or more sentences, or NULL where there is nothing to say. */
char *hint_text(struct mem *, const struct site *, const struct column *,
    const struct cell *);

#endif
