/*
 * negotiate: which representation a reply has (RFC 9110 12.5.1). A URL may name
 * it by _format, which wins over Accept, since links and spreadsheets send no
 * field of their own; an answer to a posted form is a page.
 */
#ifndef APP_NEGOTIATE_H
#define APP_NEGOTIATE_H

#include "app/call.h"

/* Sets call->format to how an error is told: JSON or a page, whichever the
 * client wants more, JSON where it wants neither. */
void negotiate_face(struct call *);

/* Sets call->format to the one that the client wants most of those offered
 * (1 << enum format; 0: the resource has no formats, and only errors need a
 * face). OUT_UNACCEPTABLE: none, and the fault lists what there is; OUT_MEDIA:
 * the request's own body comes in a coding (RFC 9110 8.4). */
enum outcome negotiate(struct call *, unsigned offered);

#endif
