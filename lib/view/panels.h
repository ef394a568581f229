/*
 * panels: what the page of a list offers above its rows: the search, and either
 * one link to all else or that itself, in panels: the filter, columns and
 * order, editing in place, the export.
 */
#ifndef VIEW_PANELS_H
#define VIEW_PANELS_H

#include "view/list.h"

void panels_write(
    FILE *, struct mem *, const struct site *, const struct list_page *);

#endif
