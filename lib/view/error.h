/*
 * error: a fault's two faces.
 */
#ifndef VIEW_ERROR_H
#define VIEW_ERROR_H

#include "base/fault.h"
#include "store/row.h"
#include "view/layout.h"

struct error_page {
	const struct fault *fault;
	int status;
	const char *reason;	   /* the status's phrase */
	const struct scope *scope; /* for the row; or NULL */
	const struct row *row;	   /* 412: as it is now, IMAGE_JSON; or NULL */
	const char *tag; /* 412, 428: the current entity tag, or NULL */
	bool already_equal;
	/* of a request about many rows: what became of each; one that did not
	 * fail has no fault */
	const struct error_page *items;
	size_t n_items;
};

/* application/problem+json (RFC 9457): type, title, status, detail; part,
 * column, constraint where known; for PostgREST's clients message, code
 * (SQLSTATE or "IFM" and the status), details, hint, always present, null where
 * unknown; on 412 and 428 "etag", "current" (the row), "changed" (the columns
 * that changed since the sender read it, null where that is not known: for now
 * always), "changed_by", "changed_at", "already_equal". Where there are items,
 * "items": the failing ones, each as such an object with its "item", the place
 * in the request from 0. */
void error_json(
    FILE *, struct mem *, const struct site *, const struct error_page *);

/* An array with one object for each item: what error_json tells of one that
 * failed, "item", "status" and "etag" of the others. */
void error_items(FILE *, struct mem *, const struct site *,
    const struct error_page *items, size_t n);

/* The fault's sentence for people: names the rule that a value breaks where the
 * database's own words would speak of constraints, and makes names of columns
 * readable. For pages, and for the error
 * beside a field. */
char *error_sentence(struct mem *, const struct site *, const struct fault *);

/* The page: what happened, in people's words, and a way on. */
void error_html(
    FILE *, struct mem *, const struct site *, const struct error_page *);

#endif
