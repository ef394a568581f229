/*
 * narrow: which rows of a table are asked for: a filter as a condition in SQL.
 * The inside of store's list statements.
 */
#ifndef STORE_NARROW_H
#define STORE_NARROW_H

#include "format/filter.h"
#include "store/clause.h"

/* Whether every column that the filter names is one that the scope lets the
 * person see. False: *unknown is the first that is not. */
bool narrow_check(
    const struct scope *, const struct filter *, const char **unknown);

/* Writes " WHERE ..." where there are filters; all of them must hold. They have
 * been checked. */
void narrow_write(
    struct stmt *, const struct table *, const struct filter *, size_t n);

#endif
