/*
 * folder: a folder of the user's own, for what processes of one site share:
 * locks, and what the catalogue said. Others of the host may neither read nor
 * prepare what lies there.
 */
#ifndef STORE_FOLDER_H
#define STORE_FOLDER_H

/* Opens the first of these paths (NULL at the end) that is a folder, no link,
 * owned by the process's user and closed to all others; made where it and its
 * parent are missing. -1: none is. */
int folder_open(const char *const *paths);

/* Opens a file there for reading and writing, made where it is missing: no
 * link, of the same user, with no other name. -1: cannot be had. */
int folder_file(int folder, const char *name);

#endif
