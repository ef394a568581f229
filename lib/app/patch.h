/*
 * patch: a merge patch that reaches into json columns (RFC 7396): those columns
 * are read, merged here, and written under the state that was read.
 */
#ifndef APP_PATCH_H
#define APP_PATCH_H

#include "app/call.h"

/* Whether a write sends an object to a json column. */
bool patch_reaches_in(const struct write *);

/* As row_update, with the objects sent to json columns merged into what the row
 * holds. Where the request itself expects no single state, another's write in
 * between is answered by merging anew. */
enum outcome patch_update(struct call *, struct write *);

#endif
