/*
 * regrid: the rows of a list, as they come back from being edited in place.
 */
#ifndef APP_REGRID_H
#define APP_REGRID_H

#include "app/call.h"

/* POST of the page of app/grid: saves the rows that were touched, all or
 * nothing, or each by itself. Where all is saved: 303 to the list, which says
 * how many; else the page with those that are not: put together with what was
 * saved meanwhile, with what is to be decided, or with the refusal beside the
 * value. A button _go=QUERY leads to that page of the
 * list instead; with _compare nothing is written and the page comes back with
 * everything that was typed (a draft, taken up again). */
call_handler regrid_save;

#endif
