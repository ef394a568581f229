/*
 * guess: which kind of column would hold what stands in a column of a file.
 */
#ifndef FORMAT_GUESS_H
#define FORMAT_GUESS_H

#include "format/number.h"

enum guess {
	GUESS_NOTHING, /* no value yet */
	GUESS_BOOLEAN,
	GUESS_INTEGER, /* up to 9 digits, */
	GUESS_BIGINT,  /* up to 18, */
	GUESS_NUMERIC, /* or with a fraction */
	GUESS_DATE,
	GUESS_TIMESTAMP,
	GUESS_TEXT
};

/* What holds this value ("": none), a number as the language writes it. What a
 * number would lose makes a text: leading zeros, a plus sign, more digits. */
enum guess guess_value(struct mem *, enum language, const char *value);

/* What holds both. */
enum guess guess_both(enum guess, enum guess);

/* The type's name in SQL; text for GUESS_NOTHING. */
const char *guess_type(enum guess);

#endif
