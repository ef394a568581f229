/*
 * number: decimal numbers as people of a language write them. Texts to texts:
 * no number is ever computed, so none loses a digit.
 */
#ifndef FORMAT_NUMBER_H
#define FORMAT_NUMBER_H

#include "base/mem.h"
#include "base/words.h"

/* A plain decimal number (digits, perhaps with a sign and a point, as
 * PostgreSQL writes it) with the language's decimal mark, without groups. Any
 * other text as it is: NaN, Infinity, exponents. number_read gives the number
 * back. */
char *number_show(struct mem *, enum language, const char *text);

enum number {
	NUMBER_READ,  /* it can mean one thing */
	NUMBER_OTHER, /* no number with a decimal mark or groups: to be taken as
			 it stands */
	NUMBER_TWO_WAYS /* it can mean two things */
};

struct number_text {
	const char *text; /* NUMBER_READ: with a point, without groups.
			     NUMBER_OTHER: as it was */
	const char *whole, *broken; /* NUMBER_TWO_WAYS: the two readings as they
				       can be typed without doubt */
};

/*
 * Reads what was typed. The last of two different marks is the decimal mark,
 * one that stands twice parts groups of three digits, whatever the language. A
 * single mark is the decimal mark where it is the language's own, or where no
 * group of three digits stands behind it, or more than three or a zero before
 * it; else ("1.234" in German, "1,234" in English) it can mean two things.
 */
enum number number_read(
    struct mem *, enum language, const char *typed, struct number_text *);

#endif
