/*
 * places: a disputed text of several lines, decided place by place.
 */
#ifndef VIEW_PLACES_H
#define VIEW_PLACES_H

#include "view/option.h"

/* Writes the places in dispute as groups of radio buttons, what lies between
 * them, and the text that results as a control, as dispute_write says. */
void places_write(const struct disputed *);

/* The name of a disputed hunk: by its three texts, so that a choice counts for
 * these alone, and by its place among equal ones. */
char *places_key(struct mem *, const struct hunks *, size_t hunk);

#endif
