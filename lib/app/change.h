/*
 * change: a row's form, posted: touched fields are written, and where somebody
 * saved first, both are put together: by themselves where the table says so and
 * nothing is in dispute, else by the person.
 */
#ifndef APP_CHANGE_H
#define APP_CHANGE_H

#include "app/call.h"
#include "app/refer.h"
#include "format/form.h"

enum outcome change_row(struct call *, const struct form *);

/* The page of a conflict, sent to look for an entry to refer to: the page
 * again, with everything that was typed and chosen. Writes nothing. */
enum outcome change_search(
    struct call *, const struct form *, const struct refer_search *);

#endif
