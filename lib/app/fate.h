/*
 * fate: what has become of the rows of a form that writes several: from a look
 * at the rows back to a page.
 */
#ifndef APP_FATE_H
#define APP_FATE_H

#include "app/several.h"

/* Reads the rows as they are now, in one round trip, and tells the fate of
 * each: gone, stale (or held), refused, waiting. OUT_DONE; or the fault, no row
 * is known, and they are waiting, refused or held. */
enum outcome fate_look(struct call *, struct several *);

/* Makes page->rows and what else the page says of the items; the caller sets
 * scope, deletes, columns and again. */
void fate_page(
    struct call *, const struct several *, struct several_page *page);

/* Sends the page as the reply to a form that was not carried out as a whole:
 * with the status of the gravest fate. Returns its outcome. */
enum outcome fate_answer(
    struct call *, const struct several *, struct text *page);

#endif
