/*
 * sheetvalue: what one line of a file holds, as the database reads it: numbers
 * and days as spreadsheets write them, and the writes that they make.
 */
#ifndef APP_SHEETVALUE_H
#define APP_SHEETVALUE_H

#include "app/sheet.h"

/* The value that a field is for this column; NULL: none. Refuses the line where
 * the field can mean two things, or nothing. */
const char *sheetvalue_read(struct call *, struct sheet_line *, char separator,
    size_t column, const struct csv_field *);

/* Makes both writes of a line whose values and key are read, each under what
 * its _etag ("": none) and its version column expect. */
void sheetvalue_write(
    struct call *, const struct sheet *, struct sheet_line *, const char *etag);

#endif
