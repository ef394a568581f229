/*
 * frontfile: the files that nobody should get from a web server: the
 * configuration, and all that comes with the program, wherever in the folder
 * beside the program it may have been put.
 */
#ifndef APP_FRONTFILE_H
#define APP_FRONTFILE_H

#include "app/frontplan.h"

enum frontfile {
	FRONTFILE_NONE,	  /* some page of the site's, or no file at all */
	FRONTFILE_SECRET, /* a configuration */
	FRONTFILE_OURS	  /* one that came with the program */
};

/* The paths to try for a site at base whose configuration is the file config,
 * each once, in mem. */
const char **frontfile_paths(
    struct mem *, const char *base, const char *config, size_t *n);

/* Which kind of file this reply to a path's GET shows. */
enum frontfile frontfile_of(const char *path, const struct front_reply *);

#endif
