/*
 * sheetpage: a page of an import: what the lines of a file would change, with
 * the buttons that save them.
 */
#ifndef VIEW_SHEETPAGE_H
#define VIEW_SHEETPAGE_H

#include "view/layout.h"
#include "view/sheet.h"

struct sheet_page {
	const struct scope *scope;
	const struct sheet
	    *sheet;	   /* as rehearsed; NULL: there is no file yet */
	const char *name;  /* of the file */
	const char *token; /* by which it is kept */
	size_t saved;	   /* how many of its lines are saved */
	const struct fault *fault; /* why it comes again, or NULL */
	enum word note;		   /* the form: likewise, or WORD_NONE */
	bool closed;		   /* no file can be kept here */
	size_t most;		   /* bytes that a file can have */
};

/* What becomes of the lines: how many of each kind, the first of each, and
 * those that can be saved with a form: _upload, _saved, and _save, "all" or
 * "good". */
void sheetpage_lines(
    FILE *, struct mem *, const struct site *, const struct sheet_page *);

#endif
