/*
 * slots: how many connections all processes of a site on this machine have
 * together. Each connection is a lock on one byte of a file, so that the kernel
 * frees it when its process ends, however that ends.
 */
#ifndef STORE_SLOTS_H
#define STORE_SLOTS_H

#include <stdbool.h>

#include "base/mem.h"

struct slots;

/* At most this many, in a file of this name in the first of the folders that
 * folder_open takes. Nothing is opened yet. All belong to the caller and live
 * as long as mem, whose end gives the slot back. */
struct slots *slots_new(
    struct mem *, const char *const *folders, const char *name, int most);

/* Takes a slot, unless this process has it already; waits up to two seconds
 * for one. False: there is none (logged). */
bool slots_take(struct slots *);

/* Gives the slot back; nothing where none is held. */
void slots_give(struct slots *);

/* Whether another process waits for a slot. */
bool slots_wanted(const struct slots *);

#endif
