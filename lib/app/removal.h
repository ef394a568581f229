/*
 * removal: deletes several rows of a list: asks first, then deletes those that
 * are still as they were shown.
 */
#ifndef APP_REMOVAL_H
#define APP_REMOVAL_H

#include "app/call.h"

/* POST TABLE?_delete: of a list's form, with _select.N=KEY for each row, the
 * page that asks; of that page, with _rows, the deletion, all or nothing, or
 * each by itself. Where all is deleted: 303 to the list, which says how many;
 * else the page again, with what has changed. */
call_handler removal_post;

#endif
