/*
 * firsttable: the page that makes the text of a table from a file.
 */
#ifndef VIEW_FIRSTTABLE_H
#define VIEW_FIRSTTABLE_H

#include "base/fault.h"
#include "view/layout.h"

struct firsttable_page {
	const char *name, *lines;  /* as they were typed, or NULL */
	const struct fault *fault; /* why there is no text, or NULL */
	bool windows;		   /* the file was read as Windows-1252 */
	const char *text;	   /* what makes the table; NULL: nothing yet */
	const char *section;	   /* the configuration's line for it, */
	const char *url;  /* and where its import will be, behind base */
	const char *left; /* columns that are left out, or NULL */
};

void firsttable_page(
    FILE *, struct mem *, const struct site *, const struct firsttable_page *);

#endif
