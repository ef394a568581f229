/*
 * problem: the problem types (RFC 9457 3.1.1) that replies to programs name,
 * and what each means: BASE/-/problems/NAME. For programmers, in English only.
 */
#ifndef VIEW_PROBLEM_H
#define VIEW_PROBLEM_H

#include <stdbool.h>

#include "base/outcome.h"
#include "view/layout.h"

/* The path of an outcome's type, base included, in mem. */
char *problem_type(struct mem *, const struct site *, enum outcome);

/* The explanation of the type of this name as plain text, or NULL where there
 * is no such type. */
const char *problem_text(const char *name);

#endif
