/*
 * collection: what the conditions of a POST to a table mean: they are about the
 * table's list, as GET of the same URL would give it.
 */
#ifndef APP_COLLECTION_H
#define APP_COLLECTION_H

#include "app/call.h"

/* OUT_DONE where the conditions hold; where one of them names the list's tag,
 * the write then carries it, so that it holds still when the row is created.
 * Else OUT_STALE, the list's tag in call->tag; or what is wrong with reading
 * the list. */
enum outcome collection_expect(struct call *, struct write *);

#endif
