/*
 * posted: the form that a request carries as its body, of either media type.
 */
#ifndef APP_POSTED_H
#define APP_POSTED_H

#include "app/call.h"
#include "format/form.h"

/* Whether the body is a form's. */
bool posted_is_form(const struct call *);

/* The form, read once for each call. OUT_DONE; OUT_MALFORMED, OUT_LARGE. */
enum outcome posted_form(struct call *, struct form **);

/* The value of a field of a POST's form, or NULL: also where there is no form,
 * or none that can be read. */
const char *posted_value(struct call *, const char *name);

#endif
