/*
 * resolve: what was said on the page of a conflict (view/conflict).
 */
#ifndef APP_RESOLVE_H
#define APP_RESOLVE_H

#include "app/call.h"
#include "format/form.h"
#include "view/contest.h"
#include "view/widget.h"

/* Whether the form is one of such a page. */
bool resolve_asked(const struct form *);

/*
 * Reads the choices into the cells, which are those of the form: where all is
 * said, each disputed cell becomes what was chosen, and the contests are those
 * of a form that is no page of a conflict. Where something is open (not said,
 * or said twice: theirs chosen and mine edited), or reopen, the cells are what
 * they were when the page was made, with what was typed since; the contests
 * hold what was said, and what is wrong with it. Returns how many are open.
 */
size_t resolve_read(struct call *, const struct form *, struct cell *,
    struct contest *, bool reopen);

#endif
