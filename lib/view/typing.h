/*
 * typing: between a value as the database writes it (IMAGE_TEXT) and the text
 * that a control holds: numbers with the language's decimal mark, times as the
 * browser's own controls spell them.
 */
#ifndef VIEW_TYPING_H
#define VIEW_TYPING_H

#include "format/number.h"
#include "store/table.h"

/* A value as pages show it and people type it. */
char *typing_show(
    struct mem *, enum language, const struct column *, const char *value);

/* What was typed, as the database writes it: numbers and money as number_read
 * has it, times and timestamps as browsers' own controls spell them; anything
 * else as it is. What typing_show or typing_native has made of a value gives
 * that value again. */
enum number typing_read(struct mem *, enum language, const struct column *,
    const char *typed, struct number_text *);

/* Whether browsers' own controls keep this text: those for dates, times and
 * timestamps without zone silently empty what they cannot show, so that only a
 * day that exists in the years 1 to 9999, and milliseconds at most, fit. NULL
 * and "" fit. */
bool typing_fits_date(const char *value);
bool typing_fits_time(const char *value);
bool typing_fits_timestamp(const char *value);

/* A timestamp that fits, as datetime-local spells it. */
char *typing_native(struct mem *, const char *value);

#endif
