/*
 * dispute: one field that two people have changed differently: what it was, and
 * a choice between what is saved now and what was typed; of a text of several
 * lines, place by place.
 */
#ifndef VIEW_DISPUTE_H
#define VIEW_DISPUTE_H

#include "view/option.h"

/*
 * Writes a fieldset with the id dispute_id and the column's control as
 * widget_write has it. It sends, beside what that sends:
 * _held.FIELD, dispute_held of the control's value; _choice.FIELD=theirs|mine.
 * With hunks instead: _mine.FIELD, the text that was typed;
 * _part.FIELD.KEY=theirs|mine|both for each place, KEY by places_key; where it
 * is asked which of two results counts, _choice.FIELD=theirs (the places) or
 * mine (the text).
 * Either also _base.FIELD, or _basenull.FIELD, where base_whole.
 * No choice is made beforehand but what the contest says.
 */
void dispute_write(const struct dispute *, const struct column *,
    const struct cell *, const struct contest *);

char *dispute_id(struct mem *, const struct column *);

/* What tells whether a control has been edited: a hash of its value. */
char *dispute_held(struct mem *, const char *value);

#endif
