/*
 * readonly: tells people that, and why, a table's entries cannot be changed.
 */
#ifndef VIEW_READONLY_H
#define VIEW_READONLY_H

#include "store/table.h"
#include "view/layout.h"

/* Writes a note where the scope allows reading alone; where only a line of the
 * configuration is missing, with the lines to choose from. What else a table
 * lacks is no matter of those who read it: the check says it. Else nothing. */
void readonly_note(
    FILE *, struct mem *, const struct site *, const struct scope *);

#endif
