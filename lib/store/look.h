/*
 * look: after a write that did nothing, or was refused: what is the row now,
 * and what does that say? One fresh snapshot, one round trip.
 */
#ifndef STORE_LOOK_H
#define STORE_LOOK_H

#include "store/row.h"

/*
 * The verdict in its fixed order: OUT_ABSENT (the person does not see such a
 * row, or the key is none), OUT_DENIED (sees it, may not do that), OUT_STALE
 * (the expectation does not hold; written->already_equal says whether the row
 * is as asked nevertheless), OUT_UNGUARDED (nothing was expected),
 * OUT_UNCHANGED (it holds, and the row is as asked), OUT_DONE (it holds, and
 * the row differs). The last two fill nothing else; a member that differs and
 * may not be written is OUT_INVALID or OUT_DENIED. written->row is set wherever
 * the row is seen. Also what the database says of itself: OUT_BUSY and so on.
 */
enum outcome look(struct db *, struct mem *, const struct write *, enum right,
    struct written *, struct fault *);

/* One of several looks, in one round trip: what is asked, */
struct looked {
	const struct write *write;
	enum right right;
	bool unlocked;	      /* whether a policy lets the row be changed is not
				 asked; already_equal is said where nothing was
				 expected, too */
	size_t n;	      /* look_several's own */
	enum outcome outcome; /* and what look would give */
	struct written written;
	struct fault fault;
};

void look_several(struct db *, struct mem *, const struct person *,
    struct looked *, size_t n);

/* Reads the fields of a result (stmt.h) into a row; mem keeps what the result
 * does not. */
struct row *look_row(
    struct mem *, const struct scope *, const struct db_result *, size_t at);

/* Refuses a row that is stale, with a fault by which the catalogue is read
 * anew. */
enum outcome look_fresh(const struct row *, struct fault *);

#endif
