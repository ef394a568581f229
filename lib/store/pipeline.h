/*
 * pipeline: what goes to the database in one round trip, and its answers in the
 * order sent. The inside of store/db; nobody else includes it.
 *
 * Each transaction is pipeline_person, pipeline_step for its statements, and
 * pipeline_sync; each is read by one call of pipeline_receive.
 */
#ifndef STORE_PIPELINE_H
#define STORE_PIPELINE_H

#include "store/connection.h"

/* What of one pipeline is still to be answered. */
struct command {
	const char *prepares;	   /* the text, where this is a Parse alone */
	struct db_result **result; /* NULL: rows not wanted */
	bool role;		   /* becomes the person's */
	bool check;		   /* of what files say, see kept.h */
	bool sync;
};

struct pipeline {
	struct connection *connection;
	struct mem *mem; /* of the results */
	struct command *commands;
	size_t n;
	struct db_result *pins; /* of the connection's, where they were sent */
	struct db_result *gate; /* of the person's gate, once it is passed */
	bool lost;		/* the connection, before the last answer */
};

struct db_result {
	PGresult *pg;
};

/* Sends what every transaction begins with. */
void pipeline_person(
    struct pipeline *, const struct person *, enum db_mode mode);

/* Sends one statement; *result (NULL: not wanted) is set when its rows come. */
void pipeline_step(
    struct pipeline *, const struct db_step *, struct db_result **result);

/* Sends the Parse alone of a statement that is not prepared yet. */
void pipeline_prepare(struct pipeline *, const char *sql);

/* Sends the end of a transaction. */
void pipeline_sync(struct pipeline *);

/* Reads all answers up to the next Sync, from command i on; the first error
 * fills the fault, which was OUT_DONE. Returns the number of the command behind
 * it. */
size_t pipeline_receive(struct pipeline *, size_t i, struct fault *);

/* The parts of that, for a list whose rows are pulled: the answers to one
 * command, and those to a Sync. */
void pipeline_rows(struct pipeline *, const struct command *, struct fault *);
void pipeline_end(struct pipeline *, struct fault *);

/* Fills the fault from a failed result, unless an earlier one has. */
void pipeline_error(struct pipeline *, const PGresult *, struct fault *);

/* A result that lives as long as mem. */
struct db_result *pipeline_keep(struct mem *, PGresult *);

/* Tells the person's gate what it has answered. */
void pipeline_gate(const struct pipeline *, const struct person *);

/* After a transaction that has ended well: the connection is pinned now. */
void pipeline_pins(struct pipeline *);

/* Whether a pooler stands before the database; pins is set. */
bool pipeline_pooled(const struct pipeline *);

#endif
