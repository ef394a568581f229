/*
 * sketch: a table as a file of comma-separated values would have it.
 */
#ifndef APP_SKETCH_H
#define APP_SKETCH_H

#include "app/call.h"
#include "format/csv.h"
#include "format/guess.h"

struct sketch_column {
	const char *head; /* as the file has it */
	const char *name; /* the column's; NULL: it is left out */
	bool commented;	  /* its label has to be said */
	enum guess guess;
};

struct sketch {
	enum csv_encoding encoding;
	struct sketch_column *columns;
	size_t n;
	long key;	  /* the column that tells rows apart, or -1: none, */
	long last;	  /* and the greatest number in it */
	const char *made; /* else a column that no name of the file's is */
};

/* Reads a file. OUT_DONE, or the fault. */
enum outcome sketch_read(
    struct call *, const char *bytes, size_t len, struct sketch *);

/* A name for a table or column of small letters, digits and '_', close to what
 * people call it; never empty. */
char *sketch_name(struct mem *, const char *called);

#endif
