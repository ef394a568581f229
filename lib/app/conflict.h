/*
 * conflict: the answer to a save that came too late: the page on which the two
 * are put together.
 */
#ifndef APP_CONFLICT_H
#define APP_CONFLICT_H

#include "app/call.h"
#include "app/refer.h"
#include "view/conflict.h"

/* Answers with the page for call->written.row, with which the cells and
 * contests are reconciled; the status is call->fault's, or 200 where that is
 * empty. search: what somebody looks for to refer to, or NULL. */
enum outcome conflict_answer(struct call *, enum conflict_kind, struct cell *,
    const struct contest *, const struct refer_search *);

/* A new row, refused as its key is taken: where this person may see and change
 * the row that has it, puts what was typed against that row and answers with
 * the page for both. OUT_ABSENT, with nothing answered, where there is no such
 * row for them. */
enum outcome conflict_exists(struct call *, struct cell *);

#endif
