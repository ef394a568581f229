#include "store/db.h"

#include <libpq-fe.h>
#include <poll.h>
#include <string.h>

#include "base/log.h"
#include "store/connection.h"
#include "store/sqlstate.h"
#include "store/statements.h"

enum {
	SETTLE_TRIES = 100,
	SETTLE_PAUSE_MS = 20
};

struct db {
	struct connection *connection;
	bool open;  /* a list is being pulled */
	bool renew; /* its prepared statements are out of date */
};

struct db_result {
	PGresult *pg;
};

/* What of one pipeline is still to be answered, in the order sent. */
struct command {
	const char *prepares;	   /* the text, where this is a Parse alone */
	struct db_result **result; /* NULL: rows not wanted */
	bool role;		   /* becomes the person's */
	bool sync;
};

struct pipeline {
	struct db *db;
	struct mem *mem;
	struct command *commands;
	size_t n;
	struct db_result *gate; /* of the person's gate, once it is passed */
	bool lost;		/* the connection, before the last answer */
};

struct db *
db_new(struct mem *mem, const struct db_options *options)
{
	struct db *db = mem_alloc(mem, sizeof *db);

	db->connection = connection_new(mem, options);
	return db;
}

static enum outcome
ready(struct db *db, struct fault *fault)
{
	if (db->open)
		db_drop(db);
	if (db->renew)
		connection_close(db->connection);
	db->renew = false;
	if (connection_ready(db->connection))
		return OUT_DONE;
	return fault_set(
	    fault, OUT_BUSY, NULL, WORD_F_DATABASE_AWAY, NULL, NULL);
}

static void
await(struct pipeline *pipe, struct command command)
{
	pipe->commands = mem_grow(
	    pipe->mem, pipe->commands, pipe->n, sizeof *pipe->commands);
	pipe->commands[pipe->n++] = command;
}

static void
send_step(struct pipeline *pipe, const struct db_step *step,
    struct db_result **result)
{
	PGconn *pg = pipe->db->connection->pg;
	char name[16];
	bool fresh;

	if (connection_prepare(pipe->db->connection, step->sql, name, &fresh)) {
		if (fresh) {
			PQsendPrepare(pg, name, step->sql, 0, NULL);
			await(pipe, (struct command){ .prepares = step->sql });
		}
		PQsendQueryPrepared(
		    pg, name, step->n, step->values, NULL, NULL, 0);
	} else {
		PQsendQueryParams(
		    pg, step->sql, step->n, NULL, step->values, NULL, NULL, 0);
	}
	await(pipe, (struct command){ .result = result });
}

static void
send_person(
    struct pipeline *pipe, const struct person *person, enum db_mode mode)
{
	static const struct person nobody = { 0 };
	const struct person *who = person ? person : &nobody;
	const char *const values[] = { who->name, who->groups, who->role };
	struct db_step step = { mode == DB_READ ? statement_person_read
						: statement_person_write,
		values, 3 };

	if (who->gate) {
		const char *const asked[] = { who->gate->what,
			who->gate->epoch };
		struct db_step gate = { who->gate->sql, asked, 2 };

		send_step(pipe, &gate, &pipe->gate);
	}
	send_step(pipe, &step, NULL);
	pipe->commands[pipe->n - 1].role = who->role != NULL;
}

static void
note_gate(const struct pipeline *pipe, const struct person *person)
{
	if (!pipe->gate || !person || !person->gate)
		return;
	person->gate->passed = true;
	person->gate->latest = db_value(pipe->gate, 0, 1);
}

static void
send_sync(struct pipeline *pipe)
{
	if (!PQpipelineSync(pipe->db->connection->pg))
		pipe->lost = true;
	await(pipe, (struct command){ .sync = true });
}

static void
release_result(void *pg)
{
	PQclear(pg);
}

static struct db_result *
keep(struct mem *mem, PGresult *pg)
{
	struct db_result *result = mem_alloc(mem, sizeof *result);

	result->pg = pg;
	mem_release(mem, release_result, pg);
	return result;
}

/* Fills the fault from a failed result, unless an earlier one has. */
static void
note_error(struct pipeline *pipe, const PGresult *pg, struct fault *fault)
{
	struct mem *mem = pipe->mem;

	if (fault->outcome != OUT_DONE)
		return;
	sqlstate_fault(fault,
	    mem_string(mem, PQresultErrorField(pg, PG_DIAG_SQLSTATE)),
	    mem_string(mem, PQresultErrorField(pg, PG_DIAG_MESSAGE_PRIMARY)));
	if (sqlstate_stale_plan(fault))
		pipe->db->renew = true;
	/* the detail of a violation shows values of columns and tables that
	 * may be hidden */
	if (!fault->sqlstate || (strncmp(fault->sqlstate, "23", 2) != 0 &&
				    strcmp(fault->sqlstate, "44000") != 0))
		fault->detail = mem_string(
		    mem, PQresultErrorField(pg, PG_DIAG_MESSAGE_DETAIL));
	fault->hint =
	    mem_string(mem, PQresultErrorField(pg, PG_DIAG_MESSAGE_HINT));
	fault->column =
	    mem_string(mem, PQresultErrorField(pg, PG_DIAG_COLUMN_NAME));
	fault->relation =
	    mem_string(mem, PQresultErrorField(pg, PG_DIAG_TABLE_NAME));
	fault->constraint =
	    mem_string(mem, PQresultErrorField(pg, PG_DIAG_CONSTRAINT_NAME));
	if (fault->outcome == OUT_BROKEN || fault->outcome == OUT_DENIED)
		log_line(LOG_ERROR, "%s", PQresultErrorMessage(pg));
}

/* A role that is not there, or not the connection's to be. */
static void
note_role(struct fault *fault)
{
	if (!sqlstate_is(fault, "22023") && !sqlstate_is(fault, "42501"))
		return;
	log_line(
	    LOG_ERROR, "cannot act as the person's role: %s", fault->primary);
	fault_set(fault, OUT_DENIED, NULL, WORD_F_NOBODY, NULL, NULL);
}

static void
receive_rows(
    struct pipeline *pipe, const struct command *command, struct fault *fault)
{
	PGresult *pg;
	bool parsed = false;

	while ((pg = PQgetResult(pipe->db->connection->pg)) != NULL) {
		if (PQresultStatus(pg) == PGRES_FATAL_ERROR)
			note_error(pipe, pg, fault);
		if (command->role && fault->outcome != OUT_DONE)
			note_role(fault);
		parsed |= PQresultStatus(pg) == PGRES_COMMAND_OK;
		if (PQresultStatus(pg) == PGRES_TUPLES_OK && command->result)
			*command->result = keep(pipe->mem, pg);
		else
			PQclear(pg);
		if (PQstatus(pipe->db->connection->pg) != CONNECTION_OK)
			break;
	}
	if (command->prepares && !parsed)
		connection_unprepare(pipe->db->connection, command->prepares);
}

/* An error of the commit (a deferred constraint) comes ahead of the answer to
 * the Sync, with a NULL between them. */
static void
receive_sync(struct pipeline *pipe, struct fault *fault)
{
	enum {
		NULLS = 3
	};

	for (int nulls = 0; nulls < NULLS;) {
		PGresult *pg = PQgetResult(pipe->db->connection->pg);
		ExecStatusType status = PQresultStatus(pg);

		if (PQstatus(pipe->db->connection->pg) != CONNECTION_OK)
			nulls = NULLS;
		if (!pg)
			nulls++;
		else if (status == PGRES_FATAL_ERROR)
			note_error(pipe, pg, fault);
		PQclear(pg);
		if (pg && status == PGRES_PIPELINE_SYNC)
			return;
	}
	pipe->lost = true;
}

/* Reads all answers up to the next Sync, from command i on. Returns the number
 * of the command behind it. */
static size_t
receive(struct pipeline *pipe, size_t i, struct fault *fault)
{
	for (; i < pipe->n && !pipe->lost; i++) {
		if (pipe->commands[i].sync) {
			receive_sync(pipe, fault);
			return i + 1;
		}
		receive_rows(pipe, &pipe->commands[i], fault);
		if (PQstatus(pipe->db->connection->pg) != CONNECTION_OK)
			pipe->lost = true;
	}
	return i;
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
	db->open = false;
	if (mode == DB_WRITE)
		return fault_set(
		    fault, OUT_UNKNOWN, NULL, WORD_F_UNKNOWN, NULL, NULL);
	return fault_set(
	    fault, OUT_BUSY, NULL, WORD_F_DATABASE_AWAY, NULL, NULL);
}

static enum outcome
try_run(struct db *db, struct mem *mem, const struct person *person,
    enum db_mode mode, const struct db_step *steps, size_t n,
    struct db_result **results, bool *again, struct fault *fault)
{
	struct pipeline pipe = { .db = db, .mem = mem };

	*again = false;
	if (ready(db, fault) != OUT_DONE)
		return fault->outcome;
	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	send_person(&pipe, person, mode);
	for (size_t i = 0; i < n; i++)
		send_step(&pipe, &steps[i], results ? &results[i] : NULL);
	send_sync(&pipe);
	receive(&pipe, 0, fault);
	note_gate(&pipe, person);
	if (pipe.lost) {
		*again = mode != DB_WRITE;
		return lost_outcome(db, mode, fault);
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
	struct pipeline pipe = { .db = db, .mem = mem };
	size_t at = 0;

	if (ready(db, fault) != OUT_DONE)
		return fault->outcome;
	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	for (size_t i = 0; i < n; i++) {
		send_person(&pipe, person, mode);
		send_step(&pipe, &singles[i].step, &singles[i].result);
		send_sync(&pipe);
	}
	for (size_t i = 0; i < n; i++) {
		fault_set(
		    &singles[i].fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
		at = receive(&pipe, at, &singles[i].fault);
		singles[i].outcome = singles[i].fault.outcome;
	}
	note_gate(&pipe, person);
	return pipe.lost ? lost_outcome(db, mode, fault) : OUT_DONE;
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
	struct pipeline pipe = { .db = db, .mem = mem };
	size_t rows;

	if (ready(db, fault) != OUT_DONE)
		return fault->outcome;
	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	send_person(&pipe, person, DB_READ);
	send_step(&pipe, step, NULL);
	rows = pipe.n - 1;
	send_sync(&pipe);
	for (size_t i = 0; i < rows; i++)
		receive_rows(&pipe, &pipe.commands[i], fault);
	note_gate(&pipe, person);
	if (pipe.lost || PQstatus(db->connection->pg) != CONNECTION_OK)
		return lost_outcome(db, DB_READ, fault);
	db->open = true;
	if (fault->outcome != OUT_DONE) {
		db_drop(db);
		return fault->outcome;
	}
	PQsetSingleRowMode(db->connection->pg);
	mem_release(mem, release_list, db);
	return OUT_DONE;
}

enum outcome
db_pull(struct db *db, struct mem *mem, struct db_result **result,
    struct fault *fault)
{
	struct pipeline pipe = { .db = db, .mem = mem };
	PGresult *pg = db->open ? PQgetResult(db->connection->pg) : NULL;

	*result = NULL;
	if (pg && PQresultStatus(pg) == PGRES_SINGLE_TUPLE) {
		*result = keep(mem, pg);
		return OUT_DONE;
	}
	fault_set(fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
	if (pg && PQresultStatus(pg) == PGRES_FATAL_ERROR)
		note_error(&pipe, pg, fault);
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
	struct pipeline pipe = { .db = db, .mem = mem };
	struct fault fault = { .outcome = OUT_DONE };
	PGresult *pg;

	if (db->open && db->connection->pg) {
		while ((pg = PQgetResult(db->connection->pg)) != NULL)
			PQclear(pg);
		receive_sync(&pipe, &fault);
		if (pipe.lost)
			connection_close(db->connection);
	}
	db->open = false;
	mem_free(mem);
}

bool
db_settle(struct db *db, struct mem *mem)
{
	const char *values[] = { db->connection->lost.pid,
		db->connection->lost.start };
	struct db_step step = { statement_backend_end, values, 2 };
	struct db_result *rows = NULL;
	struct fault fault;

	for (int i = 0; i < SETTLE_TRIES; i++) {
		if (db_run(db, mem, NULL, DB_LOCK, &step, 1, &rows, &fault) !=
			OUT_DONE ||
		    !rows)
			return false;
		if (db_rows(rows) == 0)
			return true;
		poll(NULL, 0, SETTLE_PAUSE_MS);
	}
	return false;
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
