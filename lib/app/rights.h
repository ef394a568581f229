/*
 * rights: what the configuration lets somebody do: with a table, with a column
 * of it, and as which role of the database.
 *
 * A list of the configuration says who may: a person by name, "@" and the name
 * of a group, "*" for whoever is known, "anyone". What a table's section does
 * not say, the site's list says; where there is none, "authenticated" and
 * "anonymous" do.
 */
#ifndef APP_RIGHTS_H
#define APP_RIGHTS_H

#include "app/call.h"

/* Once call->person, and the groups of their account, are known: adds the
 * groups that the configuration puts them into, and sets call->who's groups and
 * role. */
void rights_join(struct call *);

/* enum right: what the call's person may do with the tables of a section. */
unsigned rights_table(const struct call *, const struct config_table *);

/* Whether the call's person may see, or set, a column of this name. */
bool rights_see(
    const struct call *, const struct config_table *, const char *column);
bool rights_set(
    const struct call *, const struct config_table *, const char *column);

/* Whether the call's person may see any table at all. */
bool rights_any(const struct call *);

/* Whether there is somebody, known or not, who may see a table. */
bool rights_given(const struct config *);

/* Calls take with each group that the configuration names, some more than once.
 */
void rights_groups(
    const struct config *, void (*take)(void *at, const char *), void *at);

#endif
