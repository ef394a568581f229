/*
 * introspect: one relation as pg_catalog tells it, in one round trip.
 */
#ifndef STORE_INTROSPECT_H
#define STORE_INTROSPECT_H

#include "store/db.h"
#include "store/guard.h"

/* As the reader's role sees it. Fills a new table (name: the relation's own)
 * but for its guard, label and what else the configuration says, and the facts
 * that decide the guard. A view's key and facts.base come with the relation
 * below it, which is read too. OUT_ABSENT where the oid is gone. */
enum outcome introspect(struct db *, struct mem *, const struct person *reader,
    const char *oid, struct table **, struct guard_facts *, struct fault *);

#endif
