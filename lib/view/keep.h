/*
 * keep: what the script (view/script.js) is told of a form for one row, so that
 * it can keep a draft of what is typed, ask before it is left, and say that
 * somebody else has saved the row.
 */
#ifndef VIEW_KEEP_H
#define VIEW_KEEP_H

#include <stdbool.h>

#include "view/layout.h"

/* Writes the element, empty for people, in which the script says that; it
 * belongs into the form, behind the buttons. variant: of the row's tag as a
 * program gets it, behind the state that the form sends as _etag; NULL: there
 * is no row yet. unsaved: the form came back with something that was typed. */
void keep_write(FILE *, const struct site *, const char *variant, bool unsaved);

#endif
