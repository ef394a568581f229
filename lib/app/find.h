/*
 * find: what people say in the form above a list (view/finder), made the URL of
 * the list that they ask for.
 */
#ifndef APP_FIND_H
#define APP_FIND_H

#include "app/call.h"

/* GET TABLE?_find=: 303 to the list. A search for a row to filter by leads to
 * the list as it was, with what was found. */
call_handler find_answer;

#endif
