/*
 * checkpage: BASE/-/check, for those whom "admin" names.
 */
#ifndef APP_CHECKPAGE_H
#define APP_CHECKPAGE_H

#include "app/call.h"

/* All but the script: OUT_ABSENT where nobody is named, OUT_DENIED to others
 * than those. */
call_handler checkpage_read;   /* the page */
call_handler checkpage_judge;  /* what a posted list of replies says */
call_handler checkpage_script; /* the page's script */

#endif
