/*
 * export: the links by which a list is taken to a spreadsheet.
 */
#ifndef VIEW_EXPORT_H
#define VIEW_EXPORT_H

#include "view/layout.h"

/* Writes links to what the list shows and to everything, each in both
 * dialects of CSV. shown, all: URLs behind base, without the dialect. */
void export_write(FILE *, struct mem *, const struct site *, const char *shown,
    const char *all);

#endif
