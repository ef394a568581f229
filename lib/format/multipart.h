/*
 * multipart: the fields of a form sent as multipart/form-data (RFC 7578).
 */
#ifndef FORMAT_MULTIPART_H
#define FORMAT_MULTIPART_H

#include "format/form.h"

/* Reads a body whose Content-Type named this boundary (1 to 70 characters).
 * Part headers other than Content-Disposition and Content-Type are ignored.
 * Names are as browsers write them: %22, %0D, %0A stand for '"', CR and LF, and
 * nothing else is unescaped. A part that has a filename parameter is a file; an
 * empty filename with an empty body is a file field left empty (filename "").
 */
enum form_problem multipart_read(struct mem *, const char *body, size_t len,
    const char *boundary, struct form *);

#endif
