/*
 * outcome: the one result type between floors.
 *
 * A function that can end in more than one expected way returns an outcome and
 * hands its data out through its last parameters. What each outcome means to
 * HTTP is known to web/status alone; which SQLSTATE leads to which, to
 * store/db alone. Bugs are asserted, exhausted memory ends the process: neither
 * has an outcome.
 */
#ifndef BASE_OUTCOME_H
#define BASE_OUTCOME_H

enum outcome {
	OUT_DONE,	     /* as asked */
	OUT_CREATED,	     /* as asked, and there is a new row */
	OUT_UNCHANGED,	     /* nothing to do: things are as asked already */
	OUT_MALFORMED,	     /* syntax: the request cannot be read */
	OUT_UNAUTHENTICATED, /* somebody has to say first who they are */
	OUT_DENIED,	     /* may be seen, may not be done */
	OUT_ABSENT,	     /* is not there, or may not be seen */
	OUT_METHOD,	     /* is there, but knows no such method */
	OUT_UNACCEPTABLE,    /* no representation that the client accepts */
	OUT_CONFLICT,	     /* against the present state of the data */
	OUT_LENGTH,	     /* the length of the body is not known */
	OUT_STALE,	     /* a condition on the row's state does not hold */
	OUT_LARGE,	     /* more than the limit */
	OUT_MEDIA,	     /* a body of a kind that is not understood */
	OUT_OUTSIDE,	     /* there is no such part of it */
	OUT_INVALID,	     /* readable, but the data refuse it */
	OUT_UNGUARDED,	     /* a write without the condition it needs */
	OUT_THROTTLED,	     /* too often; again after a while */
	OUT_BROKEN,	     /* our fault */
	OUT_BUSY,	     /* not now: the database is away or overloaded */
	OUT_UNKNOWN,	     /* sent, and the answer was lost */
	OUT__MAX
};

/* The name of an outcome in lower case, for the log: "done", "stale". */
const char *outcome_name(enum outcome);

#endif
