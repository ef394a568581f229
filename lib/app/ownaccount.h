/*
 * ownaccount: BASE/-/account: people look after their own account: their
 * password, where they are logged in, and their programs' tokens.
 */
#ifndef APP_OWNACCOUNT_H
#define APP_OWNACCOUNT_H

#include "app/call.h"

call_handler ownaccount_show;

/* _do: password, end, token, drop. */
call_handler ownaccount_do;

#endif
