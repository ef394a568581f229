/*
 * locate: which file is the program's configuration, and whether it is kept
 * as a file with secrets has to be.
 */
#ifndef APP_LOCATE_H
#define APP_LOCATE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"

/* The home folder by the password database, without a slash at its end. suexec
 * gives no HOME. */
char *locate_home(struct mem *);

/* The file: $IFMATCH_CONFIG, else NAME.ini in each folder from the parent of
 * the program's up to the home folder, last beside the program. NAME is the
 * program file's, without ".fcgi". program: argv[0] or SCRIPT_FILENAME; where
 * it is a link to the running program, its name and folder count. NULL: none is
 * there. *tried lists where it was sought, and is NULL where $IFMATCH_CONFIG
 * names it. */
char *locate_config(struct mem *, const char *program, const char **tried);

/* The running program's file as it was called, in mem; NULL: not known. */
char *locate_program(struct mem *, const char *program);

/* The file's name alone, "NAME.ini", wherever it is. */
char *locate_name(struct mem *, const char *program);

/* Whether others than the file's owner may read it. */
bool locate_is_open(FILE *);

/* Whether the file belongs to us, to root or to the program's owner. */
bool locate_is_ours(FILE *);

#endif
