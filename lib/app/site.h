/*
 * site: from the configuration to what the store wants to know.
 */
#ifndef APP_SITE_H
#define APP_SITE_H

#include "app/config.h"
#include "store/catalog.h"

/* The exposures of a configuration, in mem. */
struct exposure *site_exposures(struct mem *, const struct config *);

/* The connection's options, in mem. */
struct db_options *site_options(struct mem *, const struct config *);

#endif
