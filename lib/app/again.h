/*
 * again: a form that was refused comes back with everything that was typed.
 */
#ifndef APP_AGAIN_H
#define APP_AGAIN_H

#include "app/call.h"
#include "view/widget.h"

/* Answers with the form again, as call->fault refuses it, with the state that
 * it was made for and the fault beside its field. The cells keep what the form
 * carried, so that a later conflict is merged with what it was made from. */
enum outcome again_invalid(struct call *, struct cell *, const char *state);

/* Answers with what was typed for a row that is gone: to be created again. */
enum outcome again_gone(struct call *, struct cell *);

/* What was typed into fields that the form of a row (creates: a new one) has no
 * longer, or NULL (cells_lost). */
const char *again_lost(struct call *, bool creates);

/* OUT_DONE, or OUT_INVALID where nothing is to be saved before the person has
 * seen that. */
enum outcome again_whole(struct call *, bool creates);

/* What a row's form shows without a control did not come back with it: reads
 * the row and fills in what the cells lack. As row_get. */
enum outcome again_fill(
    struct call *, struct cell *, struct row **, struct fault *);

#endif
