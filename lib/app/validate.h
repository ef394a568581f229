/*
 * validate: what a representation of a row says of its state, and what the
 * request's conditions make of it.
 */
#ifndef APP_VALIDATE_H
#define APP_VALIDATE_H

#include "app/call.h"

/* Sets Cache-Control and the validators of GET and HEAD (variant: NULL for a
 * representation that has none), and 304 where a condition asks for it.
 * OUT_DONE: go on and send the body; OUT_UNCHANGED: that was all; OUT_STALE,
 * the fault filled: 412. */
enum outcome validate_row(
    struct call *, const struct row *, const char *variant);

/* The same for what has no validators: a page of a list, a list that is not
 * made at once. */
enum outcome validate_list(struct call *);

#endif
