/*
 * remove: the form that deletes a row, posted.
 */
#ifndef APP_REMOVE_H
#define APP_REMOVE_H

#include "app/call.h"
#include "format/form.h"

/* Deletes the row if it is still what the form was made for; else shows what
 * was changed since, by whom, and asks again. */
enum outcome remove_row(struct call *, const struct form *);

#endif
