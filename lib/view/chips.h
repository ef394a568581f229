/*
 * chips: what narrows a list, and how many rows pass.
 */
#ifndef VIEW_CHIPS_H
#define VIEW_CHIPS_H

#include "view/finder.h"

/* Writes each chip as a link that removes it, one that removes all of several,
 * and the number of rows where it is known. */
void chips_write(
    FILE *, struct mem *, const struct site *, const struct finder *);

#endif
