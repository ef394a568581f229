/*
 * together: the rows of a form (app/several) written as a batch.
 */
#ifndef APP_TOGETHER_H
#define APP_TOGETHER_H

#include "app/several.h"
#include "store/batch.h"

/* Writes what is wanted: all of it, if nothing of it is at fault or held; or
 * each item that is neither; nothing where several->fault is one already. Items
 * that were written are done, others may have
 * a fault. */
void together_write(struct call *, struct several *, enum batch_kind);

#endif
