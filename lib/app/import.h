/*
 * import: the lines of a file, each as a write under its own guard: tried, and
 * kept or not.
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/sheet.h"
#include "store/upload.h"

enum import_mode {
	IMPORT_REHEARSE, /* nothing is kept */
	IMPORT_GOOD,	 /* what can be saved is */
	IMPORT_WHOLE	 /* all of it, or nothing */
};

/*
 * Finds out what becomes of each line, and saves what the mode says: a constant
 * number of round trips, one transaction. Lines that are SHEET_REFUSED or
 * SHEET_SAVED stay so. upload: the kept file that it comes from, which is told
 * what was saved; or NULL. OUT_DONE: the sheet says what became of what;
 * OUT_CONFLICT: the upload has changed since it was read; else the fault.
 */
enum outcome import_run(
    struct call *, struct sheet *, enum import_mode, const struct upload *);

#endif
