/*
 * sheetform: the page of an import with the form for the file.
 */
#ifndef VIEW_SHEETFORM_H
#define VIEW_SHEETFORM_H

#include "view/sheetpage.h"

/* The form: a file of any size where scripts run (data-part: so many bytes at
 * once, data-sending, data-failed), else one that can be sent at once. */
void sheetform_page(
    FILE *, struct mem *, const struct site *, const struct sheet_page *);

#endif
