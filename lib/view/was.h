/*
 * was: what a form carries of the row as it was shown, so that what comes back
 * tells which fields were touched, and what they are to be merged with.
 */
#ifndef VIEW_WAS_H
#define VIEW_WAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"
#include "store/table.h"

/* How many bytes of long texts one form carries. */
enum {
	WAS_ROOM = 48 << 10
};

/* Whether a column's text travels whole: up to 1000 bytes always, a longer one
 * while it fits the room that is left, which it takes; not where it stands for
 * bytes, which nobody merges. One of the shape of a hash never does. NULL: no
 * value, which does. */
bool was_whole(const struct column *, const char *was, size_t *room);

/* Writes the hidden field _was.NAME: the text itself, or its hash where it does
 * not travel whole; and _wasnull.NAME where was is NULL. A hash that came back
 * travels whole. */
void was_write(
    FILE *, struct mem *, const char *name, const char *was, bool whole);

/* "#" and 64 hex digits: the hash of a text, newlines as form_newlines. */
char *was_hash(struct mem *, const char *text);

/* Whether a _was that came back is a hash. */
bool was_is_hash(const char *was);

/* Whether a value that came back differs from the _was that came with it (as
 * posted: the text or its hash). Line breaks of both are compared as LF. */
bool was_touched(struct mem *, const char *value, const char *was);

#endif
