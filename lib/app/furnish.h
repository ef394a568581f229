/*
 * furnish: what all pages of one request share, from the configuration and what
 * is known of who asks.
 */
#ifndef APP_FURNISH_H
#define APP_FURNISH_H

#include "app/call.h"

/* Fills call->site, once more whenever more is known. */
void furnish(struct call *);

#endif
