/*
 * edit: the writes of people: posted forms.
 */
#ifndef APP_EDIT_H
#define APP_EDIT_H

#include "app/call.h"
#include "format/form.h"

call_handler edit_row;	 /* POST to a row: save, or _method=DELETE */
call_handler edit_table; /* POST to a table: create */

/* Whether the body is a form's. */
bool edit_is_form(const struct call *);

/* Reads it, and judges where it comes from (app/access). OUT_DONE, or the
 * fault. */
enum outcome edit_form(struct call *, struct form *);

/* The same for a door that can show the form again: what call->unconfirmed says
 * is left to it. */
enum outcome edit_begin(struct call *, struct form *);

#endif
