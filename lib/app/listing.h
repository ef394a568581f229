/*
 * listing: a table's rows as JSON, pulled while they are sent, or as a page of
 * a few.
 */
#ifndef APP_LISTING_H
#define APP_LISTING_H

#include "app/call.h"

/* GET of a table. Parameters: limit, _after, _before, _etag
 * (JSON: each item has its state), _format. */
call_handler listing_read;

#endif
