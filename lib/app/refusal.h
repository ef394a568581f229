/*
 * refusal: the reply to a call that ends in no success, in either face.
 */
#ifndef APP_REFUSAL_H
#define APP_REFUSAL_H

#include "app/call.h"
#include "store/batch.h"

/* Sets the response's status and what goes with it under every face. */
void refusal_status(struct call *);

/* Answers a refused call by a page that takes it up again, and returns the
 * fault's outcome. Where there is no fault, the page alone is the answer. */
enum outcome refusal_page(struct call *, struct text *page);

/* Keeps what became of the items of a request about many rows, for the reply:
 * call->items. */
void refusal_items(struct call *, const struct batch_item *, size_t n);

/* Makes the response from call->fault and call->written. */
void refusal_answer(struct call *);

/* What the log line of a refused precondition adds: which condition, what was
 * sent, what is current. NULL for other calls. */
char *refusal_note(struct call *);

#endif
