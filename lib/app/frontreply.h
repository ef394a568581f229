/*
 * frontreply: what of a reply comes back through a web server, and what comes
 * back that is not the program's.
 */
#ifndef APP_FRONTREPLY_H
#define APP_FRONTREPLY_H

#include "app/front.h"

/* Whether the program is reached at all. Adds that. */
bool frontreply_reached(struct front *);

/* Each adds what is wrong, or that all is well. */
void frontreply_conditions(struct front *); /* judged or cached on the way */
void frontreply_errors(struct front *);	    /* statuses, and their bodies */
void frontreply_tags(struct front *);
void frontreply_files(struct front *); /* that nobody should get */

#endif
