/*
 * directory: the names that people go by, kept in this process for as long as
 * no account has changed, as far as that is known.
 */
#ifndef APP_DIRECTORY_H
#define APP_DIRECTORY_H

#include "app/call.h"
#include "view/people.h"

struct directory;

/* Empty yet; ends with mem. */
struct directory *directory_new(struct mem *);

/* For the call's pages: site.people. Reads them where they were not read yet or
 * half a minute ago; nobody goes by another name where they cannot be read. */
void directory_show(struct call *);

/* Whether the call's gate has told that an account changed after the call's
 * pages were given their names; they are forgotten then. */
bool directory_outdated(struct call *);

#endif
