/*
 * blame: which part of a write the database has refused.
 */
#ifndef STORE_BLAME_H
#define STORE_BLAME_H

#include "store/row.h"

/* Whether a fault says that the database would not have this write, so that a
 * look has to tell whether the row's state comes first. */
bool blame_refused(const struct fault *);

/* Takes out of a fault what the database says of columns that the scope hides,
 * and of other tables; names the column of a constraint on one alone. */
void blame_names(const struct scope *, struct fault *);

/* Fills the fault's part, and its column where the database does not name it:
 * that of a constraint on one column alone, or of the value that its type
 * refuses, with all others like that as also; blame_names included. */
void blame_write(
    struct db *, struct mem *, const struct write *, struct fault *);

#endif
