/*
 * stream: a list of rows for programs, as a JSON array or as CSV: whole and
 * with an entity tag where it is not large, else pulled row by row while it is
 * sent.
 */
#ifndef APP_STREAM_H
#define APP_STREAM_H

#include "app/query.h"

/* Answers with the rows of a query, or 304 or 412 as the request's
 * conditions ask. The query must live as long as the response. */
enum outcome stream_list(struct call *, const struct query *);

/* The state that stream_json's tag would have, or NULL where the list is too
 * large for one; content: what store/listed makes of its rows. */
enum outcome stream_state(struct call *, const struct query *,
    const char **state, const char **content);

#endif
