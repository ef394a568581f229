/*
 * room: how much of what a form can send at once its long texts take. Only
 * said, so that nobody learns it from an error of the web server's; never
 * enforced.
 */
#ifndef VIEW_ROOM_H
#define VIEW_ROOM_H

#include "view/input.h"

/* How many bytes one text or file of a form can have, about: what is left of
 * the limit of the site beside the form's other parts. */
size_t room_of(const struct site *);

/* Whether a control's text takes more than half of that. */
bool room_tight(const struct site *, const struct cell *);

/* Writes the sentence that says so, a paragraph with the id "ID-room". */
void room_write(const struct field *);

/* Writes attributes of a form: data-room, in bytes, and what the script says
 * while somebody types: data-takes and data-over, with %1 for the size. */
void room_form(FILE *, struct mem *, const struct site *);

#endif
