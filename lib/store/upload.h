/*
 * upload: files that people import are kept for a day, for one person and one
 * table, so that what is saved is what they have looked at (sql/ifmatch.sql).
 */
#ifndef STORE_UPLOAD_H
#define STORE_UPLOAD_H

#include "store/row.h"

struct upload {
	const struct table *table; /* whose upload is not NULL */
	const struct person *person;
	const char *token; /* 32 hex digits */
	const char *name;  /* of the file, as the browser says */
	const char *bytes; /* NULL: not all parts have come */
	size_t len;
	size_t *saved; /* lines, in no order */
	size_t n_saved;
};

/* A part of a file. */
struct upload_part {
	const char *bytes;
	size_t len;
	size_t place, parts; /* from 0, of how many */
	size_t most;	     /* bytes that the whole file may have */
};

/* Keeps a part. OUT_DONE, also where it was kept before; OUT_LARGE;
 * OUT_CONFLICT: the token is another file's; or a fault of the database's. */
enum outcome upload_put(struct db *, struct mem *, const struct upload *,
    const struct upload_part *, struct fault *);

/* Fills name, bytes and saved. OUT_DONE; OUT_ABSENT: there is no such file, or
 * no more; or a fault of the database's. */
enum outcome upload_get(
    struct db *, struct mem *, struct upload *, struct fault *);

/* The steps ahead of and behind a write of some of its lines: the first fails
 * (upload_moved) where lines were saved since it was read; the second notes
 * these lines. */
struct db_step upload_lock(struct mem *, const struct upload *);
struct db_step upload_saved(
    struct mem *, const struct upload *, const size_t *lines, size_t n);

/* Whether a fault is that of upload_lock. */
bool upload_moved(const struct fault *);

#endif
