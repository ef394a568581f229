/*
 * filterrow: the controls of a list's filter.
 */
#ifndef VIEW_FILTERROW_H
#define VIEW_FILTERROW_H

#include "view/finder.h"

/* Writes the controls of one column, with the names of view/finder; nothing
 * where it cannot be filtered by. */
void filterrow_write(FILE *, struct mem *, const struct site *,
    const struct finder *, size_t column);

#endif
