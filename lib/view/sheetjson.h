/*
 * sheetjson: what becomes of the lines of a file, for programs and scripts.
 */
#ifndef VIEW_SHEETJSON_H
#define VIEW_SHEETJSON_H

#include "view/layout.h"
#include "view/sheet.h"

/* One object: "saved", "encoding", "separator", "passed_over" (names of columns
 * that are none here), a number for each kind of line, and "lines", those that
 * are not unchanged: "line", "result", "key", and "changes" (of each column
 * "from" and "to") or "column" and "detail". */
void sheetjson_write(FILE *, struct mem *, const struct site *,
    const struct scope *, const struct sheet *);

/* The same as lines of text, "LINE: ...", for a terminal. */
void sheetjson_text(FILE *, struct mem *, const struct site *,
    const struct scope *, const struct sheet *);

#endif
