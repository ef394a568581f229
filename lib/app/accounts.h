/*
 * accounts: BASE/-/accounts: those who administrate look after the people of
 * the site: who there is, what they are called, which groups they are in, who
 * may log in; and one-time links for a password.
 *
 * An account is saved only as it was shown, by its epoch (_etag), as rows are
 * by their state.
 */
#ifndef APP_ACCOUNTS_H
#define APP_ACCOUNTS_H

#include "app/call.h"

/* GET: all accounts, or the one that ?account= names. */
call_handler accounts_show;

/* POST of either page; _do says what: add, save, invite, end. */
call_handler accounts_do;

#endif
