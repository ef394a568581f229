/*
 * upload: the control of a column that holds bytes: what is stored, how to get
 * it, a file to put in its place.
 */
#ifndef VIEW_UPLOAD_H
#define VIEW_UPLOAD_H

#include "view/input.h"

/* Where the bytes alone can be had, behind base; NULL where a path cannot carry
 * the key. */
char *upload_link(struct mem *, const struct table *, const char *const *key,
    const struct column *);

/* Writes a link there: "Download", and what. */
void upload_write_link(FILE *, struct mem *, const struct site *,
    const char *link, const char *label);

/* Writes the control. A file that came back with a form cannot be put into it
 * again: a short one travels as a hidden field of the same name, its type as
 * _media.FIELD; of a longer one it says that it has to be chosen again. */
void upload_write(const struct field *);

/* Whether the form holds something already, so that no file has to be chosen.
 */
bool upload_filled(const struct cell *);

#endif
