/*
 * cells: between a form's fields and a row's columns, both ways.
 */
#ifndef APP_CELLS_H
#define APP_CELLS_H

#include "app/call.h"
#include "format/form.h"
#include "view/widget.h"

/* What a form shows of a row, untouched. One cell for each column. */
struct cell *cells_of_row(
    struct mem *, const struct scope *, const struct row *);

/* What came back: value, was and touched of each column that was a control, and
 * what its number can mean, where that is in doubt; of the others that may be
 * read what the form carries. writable: by column, which of them may have been
 * one. */
struct cell *cells_of_form(
    struct call *, const struct form *, const bool *writable);

/* What was typed into fields that can no longer be set, the column being gone
 * by now or barred, as "LABEL: TEXT; LABEL: TEXT"; NULL: nothing was. */
char *cells_lost(struct call *, const struct form *, const bool *writable);

/* Whether any of them was. */
bool cells_touched(const struct table *, const struct cell *);

/* The touched cells as members of a write. A json column whose text is not
 * JSON, a number in doubt or with more decimal places than the column keeps:
 * OUT_INVALID, with the column named. */
enum outcome cells_members(struct call *, const struct cell *, struct write *);

/* Puts the call's fault beside its column and those that are at fault, too, or
 * beside each that the constraint is about; and beside each cell what
 * cells_members would refuse it for. */
void cells_blame(struct call *, struct cell *);

#endif
