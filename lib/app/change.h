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

/* The page of a conflict, sent, but to be looked at first: the page again, with
 * everything that was typed and chosen. Writes nothing. */
enum outcome change_ask(struct call *, const struct form *);

/* Answers with what a form would lead to, with everything that was typed and
 * chosen: the page of a conflict, where there is one by now or the form is
 * itself such a page, sent to look for an entry to refer to (search, else
 * NULL); else the form. Writes nothing. */
enum outcome change_show(
    struct call *, const struct form *, const struct refer_search *);

#endif
