/*
 * fault: what went wrong, said once, shown later in two ways.
 *
 * Every floor that refuses something fills a fault and returns its outcome;
 * nobody writes an error text to a client otherwise. view/error shows it as
 * problem+json (RFC 9457) or as a page, web/status gives it its number.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include "base/mem.h"
#include "base/outcome.h"
#include "base/words.h"

struct fault {
	enum outcome outcome;
	enum word message;	/* the sentence for people; %1, %2 are args */
	const char *args[3];	/* NULL where there is none */
	const char *part;	/* what part of the request is at fault, as in
				   "column born", "header If-Match", "body" */
	const char *column;	/* the column at fault, or NULL */
	const char *constraint; /* the constraint that refused, or NULL */
	const char *relation;	/* the table that refused, or NULL */
	const char *sqlstate;	/* what PostgreSQL said, or NULL */
	const char *primary;	/* its message */
	const char *detail;
	const char *hint;
	const char *allow; /* OUT_METHOD: the value of Allow. OUT_MEDIA: of
			      Accept-Patch or Accept */
	const struct fault *also; /* another column at fault, or NULL */
};

/* Empties the fault, sets outcome, part, message and args (each may be NULL;
 * they are not copied, so they must live as long as the fault). Returns the
 * outcome, so that a refusal is one line. */
enum outcome fault_set(struct fault *, enum outcome, const char *part,
    enum word message, const char *arg1, const char *arg2);

#endif
