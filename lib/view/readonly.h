/*
 * readonly: tells people that, and why, a table's entries cannot be changed.
 */
#ifndef VIEW_READONLY_H
#define VIEW_READONLY_H

#include "store/table.h"
#include "view/layout.h"

/* Writes a note where the scope allows reading alone: the reason and the advice
 * where the table itself lacks something. Else nothing. */
void readonly_note(
    FILE *, struct mem *, const struct site *, const struct scope *);

#endif
