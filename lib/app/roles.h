/*
 * roles: the catalogue as each role of the database sees it, since what it may
 * do with a table is the role's own.
 */
#ifndef APP_ROLES_H
#define APP_ROLES_H

#include "app/config.h"
#include "store/catalog.h"

struct roles;

/* Freed with mem; the configuration must live as long. */
struct roles *roles_new(struct mem *, const struct config *);

/* The catalogue for a role (NULL: that of the connection), refreshed if it is
 * old; valid until the next call. Of many roles, those asked for last are
 * kept. */
struct catalog *roles_catalog(struct roles *, const char *role);

#endif
