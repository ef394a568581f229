#include "store/pipeline.h"

#include <string.h>

#include "base/log.h"
#include "store/sqlstate.h"
#include "store/statements.h"

static void
await(struct pipeline *pipe, struct command command)
{
	pipe->commands = mem_grow(
	    pipe->mem, pipe->commands, pipe->n, sizeof *pipe->commands);
	pipe->commands[pipe->n++] = command;
}

void
pipeline_step(struct pipeline *pipe, const struct db_step *step,
    struct db_result **result)
{
	PGconn *pg = pipe->connection->pg;
	char name[16];
	bool fresh;

	if (connection_prepare(pipe->connection, step->sql, name, &fresh)) {
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

void
pipeline_prepare(struct pipeline *pipe, const char *sql)
{
	char name[16];
	bool fresh;

	if (!connection_prepare(pipe->connection, sql, name, &fresh) || !fresh)
		return;
	PQsendPrepare(pipe->connection->pg, name, sql, 0, NULL);
	await(pipe, (struct command){ .prepares = sql });
}

/* What every transaction begins with. */
void
pipeline_person(
    struct pipeline *pipe, const struct person *person, enum db_mode mode)
{
	static const struct person nobody = { 0 };
	static const char *const statements[] = {
		[DB_READ] = statement_person_read,
		[DB_LIST] = statement_person_list,
		[DB_LOCK] = statement_person_write,
		[DB_WRITE] = statement_person_write,
	};
	const struct person *who = person ? person : &nobody;
	const char *const values[] = { who->name, who->groups, who->role };
	struct db_step step = { statements[mode], values, 3 };

	if (!pipe->connection->pinned) {
		const struct db_step pins = connection_pins(pipe->connection);

		pipeline_step(pipe, &pins, &pipe->pins);
	}
	if (who->gate) {
		const char *const asked[] = { who->gate->what,
			who->gate->epoch };
		struct db_step gate = { who->gate->sql, asked, 2 };

		pipeline_step(pipe, &gate, &pipe->gate);
	}
	pipeline_step(pipe, &step, NULL);
	pipe->commands[pipe->n - 1].role = who->role != NULL;
}

void
pipeline_gate(const struct pipeline *pipe, const struct person *person)
{
	if (!pipe->gate || !person || !person->gate)
		return;
	person->gate->passed = true;
	person->gate->latest = db_value(pipe->gate, 0, 1);
}

bool
pipeline_pooled(const struct pipeline *pipe)
{
	return *db_value(pipe->pins, 0, 0) == 't';
}

/* After a transaction that has ended well. */
void
pipeline_pins(struct pipeline *pipe)
{
	if (pipe->pins && !pipe->lost)
		connection_pinned(pipe->connection, pipeline_pooled(pipe));
}

void
pipeline_sync(struct pipeline *pipe)
{
	if (!PQpipelineSync(pipe->connection->pg))
		pipe->lost = true;
	await(pipe, (struct command){ .sync = true });
}

static void
release_result(void *pg)
{
	PQclear(pg);
}

struct db_result *
pipeline_keep(struct mem *mem, PGresult *pg)
{
	struct db_result *result = mem_alloc(mem, sizeof *result);

	result->pg = pg;
	mem_release(mem, release_result, pg);
	return result;
}

/* Fills the fault from a failed result, unless an earlier one has. */
void
pipeline_error(struct pipeline *pipe, const PGresult *pg, struct fault *fault)
{
	struct mem *mem = pipe->mem;

	if (fault->outcome != OUT_DONE)
		return;
	sqlstate_fault(fault,
	    mem_string(mem, PQresultErrorField(pg, PG_DIAG_SQLSTATE)),
	    mem_string(mem, PQresultErrorField(pg, PG_DIAG_MESSAGE_PRIMARY)));
	/* a new session may take writes again, or find the host that does */
	if (sqlstate_stale_plan(fault) || sqlstate_is(fault, "25006"))
		pipe->connection->renew = true;
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

/* What was kept of the catalogue holds no more. */
static void
note_check(struct fault *fault)
{
	if (sqlstate_is(fault, "22012"))
		fault->sqlstate = SQLSTATE_CHANGED;
}

void
pipeline_rows(
    struct pipeline *pipe, const struct command *command, struct fault *fault)
{
	PGresult *pg;
	bool parsed = false;

	while ((pg = PQgetResult(pipe->connection->pg)) != NULL) {
		if (PQresultStatus(pg) == PGRES_FATAL_ERROR)
			pipeline_error(pipe, pg, fault);
		if (command->role && fault->outcome != OUT_DONE)
			note_role(fault);
		if (command->check && fault->outcome != OUT_DONE)
			note_check(fault);
		parsed |= PQresultStatus(pg) == PGRES_COMMAND_OK;
		if (PQresultStatus(pg) == PGRES_TUPLES_OK && command->result)
			*command->result = pipeline_keep(pipe->mem, pg);
		else
			PQclear(pg);
		if (PQstatus(pipe->connection->pg) != CONNECTION_OK)
			break;
	}
	if (command->prepares && !parsed)
		connection_unprepare(pipe->connection, command->prepares);
}

/* An error of the commit (a deferred constraint) comes ahead of the answer to
 * the Sync, with a NULL between them. */
void
pipeline_end(struct pipeline *pipe, struct fault *fault)
{
	enum {
		NULLS = 3
	};

	for (int nulls = 0; nulls < NULLS;) {
		PGresult *pg = PQgetResult(pipe->connection->pg);
		ExecStatusType status = PQresultStatus(pg);

		if (PQstatus(pipe->connection->pg) != CONNECTION_OK)
			nulls = NULLS;
		if (!pg)
			nulls++;
		else if (status == PGRES_FATAL_ERROR)
			pipeline_error(pipe, pg, fault);
		PQclear(pg);
		if (pg && status == PGRES_PIPELINE_SYNC)
			return;
	}
	pipe->lost = true;
}

/* Reads all answers up to the next Sync, from command i on. Returns the number
 * of the command behind it. */
size_t
pipeline_receive(struct pipeline *pipe, size_t i, struct fault *fault)
{
	for (; i < pipe->n && !pipe->lost; i++) {
		if (pipe->commands[i].sync) {
			pipeline_end(pipe, fault);
			return i + 1;
		}
		pipeline_rows(pipe, &pipe->commands[i], fault);
		if (PQstatus(pipe->connection->pg) != CONNECTION_OK)
			pipe->lost = true;
	}
	return i;
}
