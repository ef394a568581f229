/*
 * row: reading and writing one row. Every write carries its expectation in the
 * one statement that does it; what zero rows mean is found out afterwards
 * (store/look).
 */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/fault.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/table.h"

/* In which form values come back and are compared. */
enum image {
	IMAGE_JSON, /* as to_json shows them */
	IMAGE_TEXT  /* as the type's output function writes them */
};

/* One row. values has one entry for each column of the table; those outside the
 * scope, and SQL's NULL, are NULL. In IMAGE_JSON a COLUMN_OTHER value is JSON,
 * any other is the type's own text. */
struct row {
	const char *state;	   /* the tag's STATE, or NULL where the table
				      has no guard */
	const char *const *key;	   /* the key's parts as text, or NULL */
	const char *const *values; /* by column */
	const char *changed_at;	   /* for people, in the site's zone; or NULL */
	const char *changed_by;	   /* or NULL */
	time_t modified;	   /* 0: no Last-Modified */
	bool stale; /* its columns are of other types than the catalogue says,
		       so that the values are not to be shown */
};

/*
 * What the sender of a write believes of the row. Every door makes one before
 * the store is called; all that is given must hold.
 */
struct expectation {
	bool given;	  /* something was that permits a write: without it
			     an existing row is not written (428) */
	bool absent;	  /* there is no such row (If-None-Match: *, _etag=) */
	bool any;	  /* it exists, whatever it holds (If-Match: *) */
	const char *part; /* what said the states, or without any that there
			     is no row, for a refusal; NULL: the header */
	const char **states; /* it has one of these; NULL: not said */
	size_t n_states;
	const char **not_states; /* it has none of these; NULL: not said */
	size_t n_not_states;
	const char *version;	 /* its version column says this, as text or as
				    JSON shows it; "" is SQL's NULL; NULL: not
				    said */
	time_t unmodified_since; /* it was not modified later; 0: not said */
	enum {
		DATE_REFUSES, /* that alone permits nothing */
		DATE_EXACT,   /* it permits where it is the row's very own */
		DATE_PERMITS
	} date;
};

/* One value that a write sends: its JSON text, to be cast by the database. A
 * string is taken by the type's input function. */
struct member {
	size_t column; /* index */
	const char *json;
	size_t len;
};

/* A form's own name. */
struct submission {
	const char *token;   /* 32 hex digits, made with the page */
	const char *content; /* a hash of what it holds, and who sends it */
};

struct write {
	const struct scope *scope;
	const char *const *key; /* the parts; NULL for a create by POST */
	struct expectation expect;
	const struct member *members;
	size_t n_members;
	bool replace;	  /* PUT: columns not sent get their default */
	enum image image; /* of comparison and of the row that comes back */
	const struct person *person; /* or NULL */
	bool batched; /* other writes share its transaction: it fails unless it
			 writes one row */
	const struct submission *submission; /* of a form, or NULL */
	const struct listed *listed; /* of a POST to a table: what its list has
					to be (store/listed), or NULL */
};

/* What a write found. */
struct written {
	const struct row *row; /* as stored; of a refused write: as it is now,
			    where the person may see it; else NULL */
	bool already_equal;    /* refused as stale, yet the row is as asked */
	bool repeated; /* the form was carried out before, so that nothing was
			  written now; row is NULL, and */
	const char *const *key; /* the row that it wrote then, or NULL where it
				   left none */
};

/* Which row to read, and how. */
struct read {
	const struct scope *scope;
	const char *const *key;
	const struct person *person; /* or NULL */
	enum image image;
	const char **known; /* states in which the values are not needed */
	size_t n_known;
};

/* OUT_DONE and the row; its values are all NULL where its state is a known one.
 * OUT_ABSENT (also where a key part is no value of its type), or a fault of the
 * database's. */
enum outcome row_get(struct db *, struct mem *, const struct read *,
    struct row **, struct fault *);

/* The three writes. A write with a submission that was carried out before has
 * the outcome of success, and says so in written->repeated; one with its token
 * and another content is OUT_CONFLICT. */

/* Sets what differs of the members. OUT_DONE, OUT_UNCHANGED (the row is as
 * asked: nothing was written), or a refusal after which nothing has changed:
 * OUT_ABSENT, OUT_DENIED, OUT_STALE, OUT_UNGUARDED, OUT_CONFLICT, OUT_INVALID;
 * OUT_UNKNOWN where the connection was lost and the row does not tell. */
enum outcome row_update(struct db *, struct mem *, const struct write *,
    struct written *, struct fault *);

/* Creates a row. OUT_CREATED; OUT_STALE where expect.absent and key name a row
 * that exists, or where the table's list is not as listed says; OUT_CONFLICT on
 * another unique key; else as row_update. */
enum outcome row_insert(struct db *, struct mem *, const struct write *,
    struct written *, struct fault *);

/* OUT_DONE, or as row_update. */
enum outcome row_delete(struct db *, struct mem *, const struct write *,
    struct written *, struct fault *);

/* The verdict on an expectation alone, for requests whose body is at fault:
 * OUT_DONE where it holds, else OUT_ABSENT, OUT_DENIED, OUT_STALE or
 * OUT_UNGUARDED with the fault filled. */
enum outcome row_judge(struct db *, struct mem *, const struct write *,
    enum right, struct written *, struct fault *);

/* Whether the expectation of a write of an existing row can permit anything at
 * all; otherwise a look is enough to refuse. */
bool row_hopeful(const struct write *, enum right);

/* Whether a row can be created as sent. An expectation of a state is OUT_STALE;
 * the first member that a new row cannot be given is the body's fault:
 * OUT_INVALID or OUT_DENIED; else OUT_DONE. */
enum outcome row_settable(const struct write *, struct fault *);

#endif
