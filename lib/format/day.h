/*
 * day: days as spreadsheets write them. Texts to texts.
 */
#ifndef FORMAT_DAY_H
#define FORMAT_DAY_H

#include "format/number.h"

/*
 * Reads 31.12.2026 and 12/31/2026 as 2026-12-31; a time behind it stays. With
 * dots the day comes first; with slashes it is the number above 12, and where
 * that does not tell, the text can mean two days. Of two digits 30 to 99 are
 * years of the last century, as spreadsheets have it. NUMBER_OTHER: anything
 * else, as it was.
 */
enum number day_read(struct mem *, const char *typed, struct number_text *);

#endif
