/*
 * accountform: what the pages about accounts share: one's own, everybody's, and
 * the one to log in.
 */
#ifndef VIEW_ACCOUNTFORM_H
#define VIEW_ACCOUNTFORM_H

#include "base/fault.h"
#include "view/layout.h"

/* Begins a form that posts to a URL behind base, with _token. */
void accountform_begin(FILE *, const struct site *, const char *url);

/* A button that sends it, with _do=WHAT. */
void accountform_button(
    FILE *, const struct site *, const char *what, enum word);

/* Ends the form with such a button, its only one. */
void accountform_end(FILE *, const struct site *, const char *what, enum word);

/* Begins a <div> with the label of the control of this id, which the caller
 * writes, as well as </div>. */
void accountform_label(FILE *, const struct site *, const char *id, enum word);

/* What went wrong (or NULL), and what was done (or WORD_NONE). */
void accountform_notes(FILE *, struct mem *, const struct site *,
    const struct fault *, enum word note);

/* A link to be handed on, shown for copying; nothing where it is NULL. */
void accountform_link(FILE *, struct mem *, const struct site *, enum word text,
    const char *link);

#endif
