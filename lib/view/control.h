/*
 * control: which HTML control carries one column's value without loss. A rule
 * of types and texts; writes nothing.
 */
#ifndef VIEW_CONTROL_H
#define VIEW_CONTROL_H

#include "view/widget.h"

enum control {
	CONTROL_LINE, /* one line of text */
	CONTROL_AREA, /* several lines; the only one that keeps a line break */
	CONTROL_DATE, /* the browser's own; only where all values fit it */
	CONTROL_TIME,
	CONTROL_TIMESTAMP, /* without zone: the browser's own knows none */
	CONTROL_YES_NO,	   /* a choice of two */
	CONTROL_LABELS,	   /* a choice of an enum's labels, or of what a check
			      lists */
	CONTROL_OPTIONS,   /* a choice of the rows that it can refer to */
	CONTROL_PICKER,	   /* of more rows than a choice holds: the key, or
			      those that a search has found */
	CONTROL_FILE	   /* to be uploaded */
};

enum control control_choose(const struct column *, const struct cell *);

/* Whether it must be filled in before the form can be sent. */
bool control_required(const struct column *, const struct cell *);

/* Whether it has a checkbox for "no value" beside it. */
bool control_nullable(const struct column *, const struct cell *);

/* Whether it chooses the row that the value refers to; nothing chosen then
 * stands for no value, for any type. */
bool control_refers(const struct cell *);

/* Whether it is a choice in which '' stands for no value. */
bool control_chosen(const struct column *, const struct cell *);

/* The texts of CONTROL_LABELS. */
const char *const *control_choices(
    const struct column *, const struct cell *, size_t *n);

/* What all text in it matches, as HTML's pattern attribute says it, or NULL. It
 * is never stricter than the database. */
char *control_pattern(struct mem *, const struct column *);

/* The keyboard that a phone shows: "numeric" or "decimal" for a number, "tel",
 * "email" or "url" where a text column's name says so; or NULL. */
const char *control_keyboard(const struct column *, const struct cell *);

/* The most characters that the database takes, or 0: none is said, or the
 * value has more already. */
int control_length(const struct column *, const struct cell *);

#endif
