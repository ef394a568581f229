/*
 * sheet: a file of comma-separated values taken apart for one table: which of
 * its columns are the table's, and what each line asks for.
 */
#ifndef APP_SHEET_H
#define APP_SHEET_H

#include "app/call.h"
#include "view/sheet.h"

/* How many lines are read. */
enum {
	SHEET_MAX = 20000
};

/* Takes the file apart. A line that cannot be read is SHEET_REFUSED, all others
 * are SHEET_UNCHANGED until somebody asks the database. OUT_DONE;
 * OUT_MALFORMED or OUT_INVALID where the file as a whole cannot be
 * imported. */
enum outcome sheet_read(
    struct call *, const char *bytes, size_t len, struct sheet *);

/* Begins with a file and reads its first line, the head. OUT_DONE;
 * OUT_MALFORMED or OUT_INVALID where there is none. csv tells the encoding and
 * the separator in any case. */
enum outcome sheet_open(struct call *, const char *bytes, size_t len,
    struct csv *csv, struct csv_record *head);

/* Why a file cannot be read on: neither CSV_RECORD nor CSV_END. OUT_MALFORMED.
 */
enum outcome sheet_broken(struct call *, enum csv_result, size_t line);

/* Refuses a line. column: the name of the one at fault, or NULL. */
void sheet_refuse(struct call *, struct sheet_line *, enum outcome, enum word,
    const char *column, const char *arg1, const char *arg2);

#endif
