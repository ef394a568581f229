/*
 * packed: sends a file that the program carries, compressed where the client
 * takes that.
 */
#ifndef APP_PACKED_H
#define APP_PACKED_H

#include "app/call.h"
#include "view/asset.h"

/* Makes the response; type is its Content-Type. */
enum outcome packed_send(struct call *, const char *type, const struct asset *);

#endif
