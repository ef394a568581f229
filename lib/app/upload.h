/*
 * upload: files of a form, for the columns that hold bytes.
 */
#ifndef APP_UPLOAD_H
#define APP_UPLOAD_H

#include "app/call.h"
#include "format/form.h"
#include "view/widget.h"

/* Whether a column's control is a file's. */
bool upload_is(const struct column *);

/* What came back of a file's control: the file; else, where _null.FIELD was
 * ticked, no value; else a text of the field's name, in the database's own way
 * of writing, with _media.FIELD; else what was there, untouched (value: NULL
 * where only its hash came back). */
struct cell upload_read(
    struct mem *, const struct column *, const struct form *);

/* The cells with the media types of the files that came as the values of the
 * columns beside theirs that hold them, where the person has not typed there.
 * writable: by column. */
struct cell *upload_typed(
    struct call *, const struct cell *, const bool *writable);

#endif
