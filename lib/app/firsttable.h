/*
 * firsttable: from a spreadsheet to a table: the text that makes one in the
 * database, for its owner to paste. The program itself changes no schema.
 */
#ifndef APP_FIRSTTABLE_H
#define APP_FIRSTTABLE_H

#include "app/call.h"

/* Whether this page is there for the person: for who administrates; where the
 * site names nobody who does, for who may write. */
bool firsttable_open(const struct call *);

call_handler firsttable_show;

/* A form with _file or else _text, and the table's name in _table: the first
 * line's names become columns, of types that hold all that stands below them.
 * A first column of numbers, all there and different, becomes the key; else the
 * table is given one. Columns that an export or our trigger adds are left
 * out. */
call_handler firsttable_make;

#endif
