/*
 * importpage: a file of rows imported by a person: sent, perhaps in parts,
 * looked at, saved.
 */
#ifndef APP_IMPORTPAGE_H
#define APP_IMPORTPAGE_H

#include "app/call.h"

/* TABLE?import: the form; with _upload, what the lines of that file would
 * change now, as CSV those that cannot be saved; with _line, one of them beside
 * the row as it is. */
call_handler importpage_read;

/* What these pages send: a file (_file; of _parts parts the one at _part, each
 * with _upload and _name), or _save, for the lines of _upload of which _saved
 * are saved already. */
call_handler importpage_post;

#endif
