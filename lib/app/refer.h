/*
 * refer: what a row's foreign keys refer to, for the pages that show it; and
 * the rows that can be referred to, for those who look for one.
 *
 * Another table is asked only where this person may read it and the columns
 * referred to. Nothing here fails: where the other table cannot tell, a page
 * shows the value as it is.
 */
#ifndef APP_REFER_H
#define APP_REFER_H

#include "app/call.h"
#include "format/filter.h"
#include "format/form.h"
#include "view/widget.h"

/* What somebody looks for from within a form, without a script. */
struct refer_search {
	size_t column; /* the control's */
	const char *words;
};

/* Whether the form was sent by a button _search.FIELD, or by Enter in a box
 * _query.FIELD (the form's first button, _enter, tells). */
bool refer_asked(struct call *, const struct form *, struct refer_search *);

/* What the cells are for: which of them will be controls. */
enum refer_use {
	REFER_SHOW, /* none */
	REFER_EDIT, /* those of a row's form */
	REFER_CREATE
};

/* Sets the choice of each cell whose column refers to another table, in one
 * round trip for all: what its texts name, and the options where it will be a
 * control. search: NULL, or what to look for. */
void refer_cells(struct call *, struct cell *cells, enum refer_use,
    const struct refer_search *search);

/* The same for the cells of n rows in these columns, all of them controls.
 * search: NULL, or what to look for in the row at. */
void refer_grid(struct call *, struct cell *const *rows, size_t n,
    const bool *columns, const struct refer_search *search, size_t at);

/* By column that a list shows, what these rows (IMAGE_TEXT) refer to there, or
 * NULL; in one round trip for all. */
struct choice *const *refer_rows(
    struct call *, struct row *const *rows, size_t n);

/* What a list's page shows of other tables. */
struct refer_list {
	const bool *columns; /* which are shown */
	struct row *const *rows;
	size_t n;
	const struct filter *const *filters; /* whose values are named too */
	size_t n_filters;
	const struct refer_search *search; /* or NULL */
	bool offers; /* the columns that are shown have a filter each */
	struct db_single *more; /* what is asked along with all that */
	size_t n_more;
};

/* By column, what the rows and the filters refer to there, and what the filter
 * of a column that is shown can choose from; or NULL; in one round trip. */
struct choice *const *refer_list(struct call *, const struct refer_list *);

/* TABLE?_choice=WORDS: the rows whose label holds these words, by the column
 * _column (the key, where it is one), at most limit, as JSON. */
enum outcome refer_choice(struct call *);

#endif
