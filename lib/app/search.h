/*
 * search: looking for an entry to refer to from within a form that is being
 * filled in, without a script.
 */
#ifndef APP_SEARCH_H
#define APP_SEARCH_H

#include "app/call.h"
#include "app/refer.h"

/* Answers with the form again: everything typed, the state that it was made
 * for, and what was found. Writes nothing. */
enum outcome search_answer(
    struct call *, const struct form *, const struct refer_search *);

#endif
