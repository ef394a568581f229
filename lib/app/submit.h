/*
 * submit: what makes the second delivery of a form known: a double click, a
 * reload, a repetition by something on the way.
 */
#ifndef APP_SUBMIT_H
#define APP_SUBMIT_H

#include "app/call.h"
#include "format/form.h"

/* Gives the write what a form's _submission says. Only the same form with the
 * same content, from the same person to the same address, is the same
 * submission. OUT_DONE, also for a form without one; OUT_MALFORMED. */
enum outcome submit_read(struct call *, const struct form *, struct write *);

/* Answers a form that was carried out, now or when it first came: 303 to
 * the place in the list that its page was reached from (view/way); else to the
 * row with this key (of a repeated one: that which was written then), NULL: to
 * the table; with said ("_saved", "_deleted"), so that the page says it: of a
 * table with the number of rows. */
enum outcome submit_answer(
    struct call *, const char *const *key, const char *said);

#endif
