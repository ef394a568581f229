/*
 * save: the writes of programs: JSON to a row or a table.
 */
#ifndef APP_SAVE_H
#define APP_SAVE_H

#include "app/call.h"

call_handler save_put;
call_handler save_patch;
call_handler save_post; /* to a table */
call_handler save_delete;

/* The verdict on a write whose body is at fault, as call->fault says: a row
 * that is gone, denied or stale is said first. */
enum outcome save_body_fault(struct call *, struct write *, enum right);

/* Whether a stale write is the same person's own, delivered a second time: the
 * row is as asked, and they wrote it last. Never in a table that counts. */
bool save_repeated(const struct call *, const struct expectation *);

#endif
