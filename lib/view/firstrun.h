/*
 * firstrun: the page of a site that is not set up yet.
 */
#ifndef VIEW_FIRSTRUN_H
#define VIEW_FIRSTRUN_H

#include "view/layout.h"

struct firstrun_page {
	enum word wrong;  /* with the configuration; WORD_NONE: there is none */
	const char *line; /* its argument */
	const char *name; /* what the configuration is to be called */
	const char *secret; /* proposed, nobody else's */
	const char *code;
	bool short_bodies; /* the server lets only short ones through */
};

/* What is wrong and how to go on; without a configuration the steps, with the
 * lines to save. */
void firstrun_page(
    FILE *, struct mem *, const struct site *, const struct firstrun_page *);

#endif
