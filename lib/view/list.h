/*
 * list: the rows of a table as a page.
 */
#ifndef VIEW_LIST_H
#define VIEW_LIST_H

#include "store/choice.h"
#include "store/row.h"
#include "view/finder.h"
#include "view/layout.h"
#include "view/tools.h"

/* URLs behind base of other pages of the same list, or NULL. */
struct list_links {
	const char *first, *previous, *next;
};

struct list_page {
	const struct scope *scope;
	const struct finder *finder; /* with the columns that are shown */
	struct row *const *rows;     /* IMAGE_TEXT */
	size_t n;
	struct choice *const *choices; /* by column: what its values refer to,
					  or NULL; NULL: nothing */
	const struct row *at; /* the one that somebody comes back from, or NULL
			       */
	bool placed; /* the page begins or ends at a place within the list */
	const char *shown_csv, *all_csv; /* URLs behind base of what the list
					    shows, and of everything, as CSV
					    (view/export); or NULL */
	struct list_links links;
	struct tools tools; /* of a page that is read only, none */
};

/* Writes the whole page: what finds rows (view/panels), a table whose first
 * cell links to the row (table_row_url), values that refer to other rows as
 * links with their labels, long values cut at 80 characters, "new" where the
 * scope allows. */
void list_page(
    FILE *, struct mem *, const struct site *, const struct list_page *);

#endif
