/*
 * importput: a file of rows sent by a program.
 */
#ifndef APP_IMPORTPUT_H
#define APP_IMPORTPUT_H

#include "app/call.h"

/* PUT of text/csv to a table: all lines or none (204), or, with Prefer:
 * continue-on-error, what can be saved. That, ?dry_run (nothing is saved) and
 * Prefer: return=representation answer with a report (200, view/sheetjson).
 * Rows that the file does not have stay. OUT_MALFORMED for any other parameter.
 */
call_handler importput_save;

#endif
