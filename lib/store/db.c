#include "store/db.h"

#include <poll.h>
#include <string.h>

#include "store/kept.h"
#include "store/pipeline.h"
#include "store/sqlstate.h"
#include "store/statements.h"

enum {
	SETTLE_TRIES = 100,
	SETTLE_PAUSE_MS = 20,
	REST_MS = 5000, /* a counted connection is kept so long for nothing */
	REST_TICK_MS = 20,  /* and one that others wait for, at most so long */
	DROPPED_MOST = 1000 /* rows that are not worth stopping the server */
};

struct db {
	struct connection *connection;
	struct kept *kept; /* NULL: nothing is kept in files */
	bool open;	   /* a list is being pulled */
	bool pinning;	   /* and its transaction pins the connection */
	bool held;	   /* a transaction of db_try is open */
};

struct db *
db_new(struct mem *mem, const struct db_options *options)
{
	struct db *db = mem_alloc(mem, sizeof *db);

	db->connection = connection_new(mem, options);
	if (options->keep)
		db->kept = kept_new(mem, options);
	return db;
}

static enum outcome
ready(struct db *db, struct fault *fault)
{
	if (db->open)
		db_drop(db);
	if (db->held)
		connection_close(db->connection);
	db->held = false;
	if (connection_ready(db->connection))
		return OUT_DONE;
	return fault_set(
	    fault, OUT_BUSY, NULL, WORD_F_DATABASE_AWAY, NULL, NULL);
}

/* Whether an undone pipeline is worth a second try as it is. */
static bool
passing(const struct fault *fault)
{
	return sqlstate_is(fault, "40001") || sqlstate_is(fault, "40P01") ||
	       sqlstate_is(fault, "26000");
}

static enum outcome
lost_outcome(struct db *db, enum db_mode mode, struct fault *fault)
{
	connection_lose(db->connection);
	db->open = db->held = false;
	if (mode == DB_WRITE)
		return fault_set(
		    fault, OUT_UNKNOWN, NULL, WORD_F_UNKNOWN, NULL, NULL);
	return fault_set(
	    fault, OUT_BUSY, NULL, WORD_F_DATABASE_AWAY, NULL, NULL);
}

/* After a transaction that has ended well. One that wrote is not to be undone
 * by what a file says later. */
static void
note_kept(struct db *db, enum db_mode mode)
{
	if (db->kept)
		kept_passed(db->kept);
	if (db->kept && mode == DB_WRITE)
		kept_forget(db->kept);
}

/* Sends what every transaction begins with. */
static void
open_with(struct db *db, struct pipeline *pipe, const struct person *person,
    enum db_mode mode)
{
	if (db->kept)
		kept_check(db->kept, pipe);
	pipeline_person(pipe, person, mode);
}

static enum outcome
try_run(struct db *db, struct mem *mem, const struct person *person,
    enum db_mode mode, const struct db_step *steps, size_t n,
    struct db_result **results, bool *again, struct fault *fault)
{
	struct pipeline pipe = { .connection = db->connection, .mem = mem };

	*again = false;
	if (ready(db, fault) != OUT_DONE)
		return fault->outcome;
	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	open_with(db, &pipe, person, mode);
	for (size_t i = 0; i < n; i++)
		pipeline_step(&pipe, &steps[i], results ? &results[i] : NULL);
	pipeline_sync(&pipe);
	pipeline_receive(&pipe, 0, fault);
	pipeline_gate(&pipe, person);
	if (pipe.lost) {
		*again = mode != DB_WRITE;
		return lost_outcome(db, mode, fault);
	}
	if (fault->outcome == OUT_DONE) {
		pipeline_pins(&pipe);
		note_kept(db, mode);
	}
	*again = fault->outcome != OUT_DONE && passing(fault);
	return fault->outcome;
}

enum outcome
db_run(struct db *db, struct mem *mem, const struct person *person,
    enum db_mode mode, const struct db_step *steps, size_t n,
    struct db_result **results, struct fault *fault)
{
	bool again;

	try_run(db, mem, person, mode, steps, n, results, &again, fault);
	if (again)
		try_run(
		    db, mem, person, mode, steps, n, results, &again, fault);
	return fault->outcome;
}

enum outcome
db_run_each(struct db *db, struct mem *mem, const struct person *person,
    enum db_mode mode, struct db_single *singles, size_t n, struct fault *fault)
{
	struct pipeline pipe = { .connection = db->connection, .mem = mem };
	size_t at = 0;

	/* what was kept is checked once, not for each */
	if (db_prove(db, mem, fault) != OUT_DONE ||
	    ready(db, fault) != OUT_DONE)
		return fault->outcome;
	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	for (size_t i = 0; i < n; i++) {
		open_with(db, &pipe, person, mode);
		pipeline_step(&pipe, &singles[i].step, &singles[i].result);
		pipeline_sync(&pipe);
	}
	for (size_t i = 0; i < n; i++) {
		fault_set(
		    &singles[i].fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
		at = pipeline_receive(&pipe, at, &singles[i].fault);
		singles[i].outcome = singles[i].fault.outcome;
		if (singles[i].outcome == OUT_DONE)
			pipeline_pins(&pipe);
	}
	pipeline_gate(&pipe, person);
	return pipe.lost ? lost_outcome(db, mode, fault) : OUT_DONE;
}

/*
 * Which savepoint "kept" is the nearer one when a try is over decides what
 * stays: where the try failed, the one ahead of it, else the one behind it. So
 * nobody has to wait for its answer.
 */
enum {
	TRY_UNDO,
	TRY_OVER,
	TRY_BEGIN,
	TRY_KEPT,
	TRY__MAX
};

static const struct db_step tries[TRY__MAX] = {
	[TRY_UNDO] = { "ROLLBACK TO SAVEPOINT kept", NULL, 0 },
	[TRY_OVER] = { "RELEASE SAVEPOINT try", NULL, 0 },
	[TRY_BEGIN] = { "SAVEPOINT try", NULL, 0 },
	[TRY_KEPT] = { "SAVEPOINT kept", NULL, 0 },
};

/* What comes ahead of all tries; every text is prepared there, as the Parse of
 * one behind a failed statement would be passed over. */
static void
send_ahead(struct pipeline *pipe, const struct person *person,
    const struct db_step *ahead, const struct db_try *sent, size_t n)
{
	static const struct db_step begin = { "BEGIN", NULL, 0 },
				    at_once = { "SET CONSTRAINTS ALL IMMEDIATE",
					    NULL, 0 };

	pipeline_step(pipe, &begin, NULL);
	pipeline_person(pipe, person, DB_WRITE);
	pipeline_step(pipe, &at_once, NULL);
	if (ahead)
		pipeline_step(pipe, ahead, NULL);
	for (int i = 0; i < TRY__MAX; i++)
		pipeline_prepare(pipe, tries[i].sql);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sent[i].n; k++)
			pipeline_prepare(pipe, sent[i].steps[k].sql);
	pipeline_step(pipe, &tries[TRY_BEGIN], NULL);
	pipeline_step(pipe, &tries[TRY_KEPT], NULL);
	pipeline_sync(pipe);
}

static void
send_try(struct pipeline *pipe, const struct db_try *sent)
{
	for (int i = 0; i < TRY__MAX; i++)
		pipeline_step(pipe, &tries[i], NULL);
	for (size_t k = 0; k < sent->n; k++)
		pipeline_step(pipe, &sent->steps[k], &sent->results[k]);
	pipeline_step(pipe, &tries[TRY_KEPT], NULL);
	pipeline_sync(pipe);
}

enum outcome
db_try(struct db *db, struct mem *mem, const struct person *person,
    const struct db_step *ahead, struct db_try *sent, size_t n,
    struct fault *fault)
{
	struct pipeline pipe = { .connection = db->connection, .mem = mem };
	struct fault ignored;
	size_t at;

	if (db_prove(db, mem, fault) != OUT_DONE ||
	    ready(db, fault) != OUT_DONE)
		return fault->outcome;
	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	send_ahead(&pipe, person, ahead, sent, n);
	for (size_t i = 0; i < n; i++)
		send_try(&pipe, &sent[i]);
	at = pipeline_receive(&pipe, 0, fault);
	for (size_t i = 0; i < n; i++) {
		fault_set(
		    &sent[i].fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
		at = pipeline_receive(&pipe, at, &sent[i].fault);
	}
	pipeline_gate(&pipe, person);
	if (pipe.lost)
		return lost_outcome(db, DB_LOCK, fault);
	db->held = true;
	if (fault->outcome != OUT_DONE)
		db_try_end(db, mem, false, NULL, &ignored);
	return fault->outcome;
}

enum outcome
db_try_end(struct db *db, struct mem *mem, bool keep,
    const struct db_step *behind, struct fault *fault)
{
	static const struct db_step commit = { "COMMIT", NULL, 0 },
				    rollback = { "ROLLBACK", NULL, 0 };
	struct pipeline pipe = { .connection = db->connection, .mem = mem };
	struct fault ignored;

	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	if (keep) {
		pipeline_step(&pipe, &tries[TRY_UNDO], NULL);
		if (behind)
			pipeline_step(&pipe, behind, NULL);
	}
	pipeline_step(&pipe, keep ? &commit : &rollback, NULL);
	pipeline_sync(&pipe);
	pipeline_receive(&pipe, 0, fault);
	if (pipe.lost)
		return lost_outcome(db, keep ? DB_WRITE : DB_LOCK, fault);
	/* what stood ahead of the COMMIT has failed */
	if (keep && fault->outcome != OUT_DONE)
		db_try_end(db, mem, false, NULL, &ignored);
	db->held = false;
	return fault->outcome;
}

enum outcome
db_learn(struct db *db, struct mem *mem, const struct person *reader,
    const char *relation, const struct db_step *steps, size_t n,
    struct db_result **results, struct fault *fault)
{
	const struct kept_question question = { relation, reader->role, steps,
		n };
	struct db_step *all;
	struct db_result **answers;
	const char *any = NULL, *state;

	if (!db->kept)
		return db_run(
		    db, mem, reader, DB_READ, steps, n, results, fault);
	if (kept_find(db->kept, mem, &question, results))
		return OUT_DONE;
	/* the state comes first: what changes behind it is noticed */
	all = mem_array(mem, n + 1, sizeof *all);
	answers = mem_array(mem, n + 1, sizeof(struct db_result *));
	all[0] = kept_state(&any);
	memcpy(all + 1, steps, n * sizeof *steps);
	if (db_run(db, mem, reader, DB_READ, all, n + 1, answers, fault) !=
	    OUT_DONE)
		return fault->outcome;
	memcpy(results, answers + 1, n * sizeof *results);
	state = db_value(answers[0], 0, 0);
	if (state)
		kept_put(db->kept, &question, state, results);
	return OUT_DONE;
}

enum outcome
db_prove(struct db *db, struct mem *mem, struct fault *fault)
{
	if (!db->kept || !kept_pending(db->kept))
		return OUT_DONE;
	return db_run(db, mem, NULL, DB_READ, NULL, 0, NULL, fault);
}

void
db_forget(struct db *db)
{
	if (db->kept)
		kept_forget(db->kept);
}

static void
release_list(void *db)
{
	db_drop(db);
}

enum outcome
db_open(struct db *db, struct mem *mem, const struct person *person,
    const struct db_step *step, struct fault *fault)
{
	struct pipeline pipe = { .connection = db->connection, .mem = mem };
	size_t rows;

	if (ready(db, fault) != OUT_DONE)
		return fault->outcome;
	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	open_with(db, &pipe, person, DB_LIST);
	pipeline_step(&pipe, step, NULL);
	rows = pipe.n - 1;
	pipeline_sync(&pipe);
	/* the server keeps the first answers back until it has more to
	 * send */
	connection_await(db->connection);
	for (size_t i = 0; i < rows; i++)
		pipeline_rows(&pipe, &pipe.commands[i], fault);
	pipeline_gate(&pipe, person);
	if (pipe.lost || PQstatus(db->connection->pg) != CONNECTION_OK)
		return lost_outcome(db, DB_READ, fault);
	db->open = true;
	db->pinning =
	    fault->outcome == OUT_DONE && pipe.pins && !pipeline_pooled(&pipe);
	if (fault->outcome != OUT_DONE) {
		db_drop(db);
		return fault->outcome;
	}
	note_kept(db, DB_READ);
	PQsetSingleRowMode(db->connection->pg);
	mem_release(mem, release_list, db);
	return OUT_DONE;
}

enum outcome
db_pull(struct db *db, struct mem *mem, struct db_result **result,
    struct fault *fault)
{
	struct pipeline pipe = { .connection = db->connection, .mem = mem };
	PGresult *pg = NULL;

	*result = NULL;
	if (db->open) {
		connection_await(db->connection);
		pg = PQgetResult(db->connection->pg);
	}
	if (pg && PQresultStatus(pg) == PGRES_SINGLE_TUPLE) {
		*result = pipeline_keep(mem, pg);
		return OUT_DONE;
	}
	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	if (pg && PQresultStatus(pg) == PGRES_FATAL_ERROR) {
		pipeline_error(&pipe, pg, fault);
		db->pinning = false;
	}
	PQclear(pg);
	if (db->open && PQstatus(db->connection->pg) != CONNECTION_OK)
		return lost_outcome(db, DB_READ, fault);
	db_drop(db);
	return fault->outcome;
}

void
db_drop(struct db *db)
{
	struct mem *mem = mem_new();
	struct pipeline pipe = { .connection = db->connection, .mem = mem };
	struct fault fault = { .outcome = OUT_DONE };
	PGresult *pg;

	if (db->open && db->connection->pg) {
		for (int i = 0; (pg = PQgetResult(db->connection->pg)); i++) {
			if (PQresultStatus(pg) == PGRES_FATAL_ERROR)
				db->pinning = false;
			PQclear(pg);
			if (i == DROPPED_MOST)
				connection_stop(db->connection);
		}
		pipeline_end(&pipe, &fault);
		if (pipe.lost)
			connection_close(db->connection);
		else if (db->pinning && fault.outcome == OUT_DONE)
			connection_pinned(db->connection, false);
	}
	db->open = db->pinning = false;
	mem_free(mem);
}

bool
db_settle(struct db *db, struct mem *mem)
{
	struct connection *connection = db->connection;
	const char *values[] = { connection->lost, connection->name };
	struct db_step step = { statement_backend_end, values, 2 };
	struct db_result *rows = NULL;
	struct fault fault;

	for (int i = 0; i < SETTLE_TRIES; i++) {
		if (db_run(db, mem, NULL, DB_LOCK, &step, 1, &rows, &fault) !=
			OUT_DONE ||
		    !rows || *db_value(rows, 0, 0) != 't')
			return false;
		if (*db_value(rows, 0, 1) == 't')
			return true;
		poll(NULL, 0, SETTLE_PAUSE_MS);
	}
	return false;
}

int
db_rest(struct db *db, long idle_ms)
{
	struct connection *connection = db->connection;

	if (!connection->pg || !connection_counted(connection))
		return -1;
	if (idle_ms < REST_MS && !connection_wanted(connection))
		return REST_TICK_MS;
	connection_close(connection);
	return -1;
}

size_t
db_rows(const struct db_result *result)
{
	return (size_t)PQntuples(result->pg);
}

const char *
db_value(const struct db_result *result, size_t row, size_t column)
{
	if (PQgetisnull(result->pg, (int)row, (int)column))
		return NULL;
	return PQgetvalue(result->pg, (int)row, (int)column);
}

unsigned
db_type(const struct db_result *result, size_t column)
{
	return PQftype(result->pg, (int)column);
}
