/*
 * fragment: a piece of HTML from a file that the administrator names, put into
 * every page as it stands.
 */
#ifndef APP_FRAGMENT_H
#define APP_FRAGMENT_H

#include "base/mem.h"

/* Reads the file into mem. path: absolute, led by "~/" for the home folder, or
 * from the folder of the configuration file on. NULL: it cannot be used, and
 * *why says so: not readable, no plain file, over 64 KiB, not UTF-8. */
char *fragment_read(
    struct mem *, const char *config_file, const char *path, const char **why);

#endif
