/*
 * submission: a form that is delivered twice is carried out once. Which forms
 * were carried out is remembered by the database (sql/ifmatch.sql), in the
 * transaction of the write itself: a second delivery violates a constraint
 * there, waits for the first one where that is still under way, and then finds
 * the key of the row that it wrote.
 */
#ifndef STORE_SUBMISSION_H
#define STORE_SUBMISSION_H

#include "store/row.h"

/* Whether the write comes from a form, and the database remembers forms. */
bool submission_kept(const struct write *);

/* The step ahead of the write: takes the form down. */
struct db_step submission_begin(struct mem *, const struct write *);

/* Whether the fault is that step's: the form's token was taken down before. */
bool submission_repeated(const struct fault *);

/* What the form did when it was carried out: OUT_DONE with written->repeated
 * and written->key. OUT_CONFLICT where nothing with this token and this content
 * was, or what the database says of itself. */
enum outcome submission_find(struct db *, struct mem *, const struct write *,
    struct written *, struct fault *);

/* After a lost answer, which the fault tells, to a form that is kept: whether
 * it was carried out, once the lost backend is known to have ended. OUT_DONE,
 * with written as above and the fault as it was; OUT_BUSY: it was not, and can
 * be sent again; else the fault's own outcome: nobody knows. */
enum outcome submission_settle(struct db *, struct mem *, const struct write *,
    struct written *, struct fault *);

#endif
