#include "store/connection.h"

#include <poll.h>
#include <string.h>

#include "base/log.h"
#include "store/statements.h"

/* Beyond this many statements a connection runs further texts unnamed, so that
 * varied requests cannot fill the server's memory. */
enum {
	PREPARED_MAX = 512
};

struct prepared {
	const char *sql;
	unsigned number; /* its name is "s" and this; never used twice */
};

/* What connection.h shows, and what it does not. */
struct inside {
	struct connection outside;
	const struct db_options *options;
	struct mem *texts; /* of the prepared statements */
	struct prepared prepared[PREPARED_MAX];
	size_t n;
	unsigned next_number;
};

static void
release(void *connection)
{
	connection_close(connection);
}

struct connection *
connection_new(struct mem *mem, const struct db_options *options)
{
	struct inside *in = mem_alloc(mem, sizeof *in);

	in->options = options;
	mem_release(mem, release, &in->outside);
	return &in->outside;
}

void
connection_close(struct connection *connection)
{
	struct inside *in = (struct inside *)connection;

	if (connection->pg)
		PQfinish(connection->pg);
	connection->pg = NULL;
	mem_free(in->texts);
	in->texts = NULL;
	in->n = 0;
}

void
connection_lose(struct connection *connection)
{
	connection->lost = connection->backend;
	connection_close(connection);
}

static void
ignore_notice(void *context, const char *message)
{
	(void)context;
	(void)message;
}

/* Sets what the texts of values depend on, once a connection. */
static bool
pin(struct inside *in)
{
	struct backend *backend = &in->outside.backend;
	const char *values[] = { in->options->time_zone,
		in->options->search_path, in->options->statement_timeout };
	PGresult *pg = PQexecParams(
	    in->outside.pg, statement_pins, 3, NULL, values, NULL, NULL, 0);
	bool fine = PQresultStatus(pg) == PGRES_TUPLES_OK;

	memset(backend, 0, sizeof *backend);
	if (!fine)
		log_line(LOG_ERROR, "cannot set up the connection: %s",
		    PQresultErrorMessage(pg));
	if (fine && PQntuples(pg) == 1) {
		snprintf(backend->pid, sizeof backend->pid, "%s",
		    PQgetvalue(pg, 0, 0));
		snprintf(backend->start, sizeof backend->start, "%s",
		    PQgetvalue(pg, 0, 1));
	}
	PQclear(pg);
	return fine;
}

static bool
connect_anew(struct inside *in)
{
	/* what stands before dbname is a default that conninfo overrides */
	const char *keys[] = { "connect_timeout", "tcp_user_timeout",
		"fallback_application_name", "dbname", "client_encoding",
		NULL };
	const char *values[] = { "5", "30000", "ifmatch", in->options->conninfo,
		"UTF8", NULL };

	connection_close(&in->outside);
	in->outside.pg = PQconnectdbParams(keys, values, 1);
	if (PQstatus(in->outside.pg) != CONNECTION_OK) {
		log_line(LOG_ERROR, "no connection to the database: %s",
		    PQerrorMessage(in->outside.pg));
		connection_close(&in->outside);
		return false;
	}
	PQsetNoticeProcessor(in->outside.pg, ignore_notice, NULL);
	if (!pin(in) || !PQenterPipelineMode(in->outside.pg)) {
		connection_close(&in->outside);
		return false;
	}
	in->texts = mem_new();
	return true;
}

static bool
died_idle(PGconn *pg)
{
	struct pollfd fd = { PQsocket(pg), POLLIN, 0 };

	if (poll(&fd, 1, 0) <= 0)
		return false;
	return !PQconsumeInput(pg) || PQstatus(pg) != CONNECTION_OK;
}

bool
connection_ready(struct connection *connection)
{
	if (connection->pg && PQstatus(connection->pg) == CONNECTION_OK &&
	    !died_idle(connection->pg))
		return true;
	return connect_anew((struct inside *)connection);
}

bool
connection_prepare(
    struct connection *connection, const char *sql, char name[16], bool *fresh)
{
	struct inside *in = (struct inside *)connection;
	size_t i;

	for (i = 0; i < in->n; i++)
		if (strcmp(in->prepared[i].sql, sql) == 0)
			break;
	*fresh = i == in->n;
	if (i == PREPARED_MAX)
		return false;
	if (*fresh) {
		in->prepared[in->n].sql = mem_string(in->texts, sql);
		in->prepared[in->n++].number = in->next_number++;
	}
	snprintf(name, 16, "s%u", in->prepared[i].number);
	return true;
}

void
connection_unprepare(struct connection *connection, const char *sql)
{
	struct inside *in = (struct inside *)connection;

	for (size_t i = 0; i < in->n; i++)
		if (strcmp(in->prepared[i].sql, sql) == 0) {
			in->prepared[i] = in->prepared[--in->n];
			return;
		}
}
