/*
 * page: the statements of a list: which rows, in which order, from where on.
 * The inside of rows.
 *
 * A page that begins behind a row is found by the row's place, not by counting:
 * a comparison of whole places where that is what the order means, else one
 * piece for each column of the place: the rows that equal the place before that
 * column and lie behind it there. Every piece is a range of an index on the
 * columns of the order, so the last page costs what the first does.
 */
#ifndef STORE_PAGE_H
#define STORE_PAGE_H

#include "store/rows.h"
#include "store/stmt.h"

/* The rows; the fields of stmt.h, and behind them the texts of the columns of
 * order. The scope is the query's, narrowed to what is shown. */
struct db_step page_rows(
    struct mem *, const struct rows_query *, const struct scope *shown);

/* One number: how many rows there are; counting ends behind limit (-1: never).
 */
struct db_step page_count(struct mem *, const struct rows_query *, long limit);

/* The planner's description of the rows, as JSON. */
struct db_step page_plan(struct mem *, const struct rows_query *);

#endif
