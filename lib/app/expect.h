/*
 * expect: whatever a request says of the state that its sender has seen, made
 * one expectation: fields, _etag, the version column in a body.
 */
#ifndef APP_EXPECT_H
#define APP_EXPECT_H

#include "app/call.h"

/* What the header fields say, and _etag in the query, for clients whose way
 * here drops or blocks fields. OUT_DONE, or OUT_UNGUARDED where the site has no
 * blind writes and If-Match is "*". */
enum outcome expect_fields(struct call *, struct expectation *);

/* Adds what _etag says ("": there must be no such row). */
enum outcome expect_etag(struct call *, const char *etag, struct expectation *);

/* The states that a conditional GET of this variant has already, so that the
 * row's values need not be read. */
void expect_known(struct call *, const char *variant, struct read *);

/* Adds what the version column says, as text; "" is SQL's NULL. */
void expect_version(struct expectation *, const char *version);

/* The variant of a representation that the call's person sees: its kind ('j'
 * for JSON, 'r' for one value raw), and a hash of the columns that the scope
 * shows. */
char *expect_variant(struct call *, char kind);

/* The whole entity tag of what GET sends of a row to a program (JSON, or the
 * one value), or NULL where it has no state. */
char *expect_tag(struct call *, const struct row *);

#endif
