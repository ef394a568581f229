/*
 * window: which stretch of a list a program asks for by Range, and what it is
 * told of the whole by Content-Range (RFC 9110 14). The unit is items.
 */
#ifndef APP_WINDOW_H
#define APP_WINDOW_H

#include "app/query.h"

/* Narrows the query by the field Range ("items=0-24", or "0-24" with Range-Unit
 * as PostgREST's clients send it; another unit counts as none), and counts the
 * rows where Prefer asks for it. OUT_DONE, OUT_OUTSIDE where there is no such
 * stretch, or a fault of the database's. */
enum outcome window_read(struct call *, struct query *);

/* Sets, for who asked by Range or for a count, Content-Range ("items 0-24/100",
 * "*" for what is not known) for n items sent, and 206 where Range was asked
 * for and less than a counted whole is sent. */
void window_tell(struct call *, const struct query *, long n);

#endif
