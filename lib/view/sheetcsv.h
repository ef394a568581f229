/*
 * sheetcsv: the lines of a file that could not be saved, as such a file again.
 */
#ifndef VIEW_SHEETCSV_H
#define VIEW_SHEETCSV_H

#include "view/layout.h"
#include "view/rowcsv.h"
#include "view/sheet.h"

/* The columns that a reader passes over in silence: they come from here. */
bool sheetcsv_ours(const char *name);

/* The stale and refused lines: the file's columns with what it says, _etag with
 * the row's state as it is now, "_now.COLUMN" with what is stored now, and
 * "_problem" with why. */
void sheetcsv_write(FILE *, struct mem *, const struct site *,
    const struct rowcsv_dialect *, const struct scope *, const struct sheet *);

#endif
