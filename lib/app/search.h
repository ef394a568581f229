/*
 * search: a form that is being filled in comes back as it is, for somebody who
 * looks for an entry to refer to, or takes a draft back.
 */
#ifndef APP_SEARCH_H
#define APP_SEARCH_H

#include "app/call.h"
#include "app/refer.h"

/* Answers with the form again: everything typed, the state that it was made
 * for, and what was found; search NULL: nobody looked for anything. Writes
 * nothing. */
enum outcome search_answer(
    struct call *, const struct form *, const struct refer_search *);

#endif
