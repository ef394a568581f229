#include "store/connection.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "format/seal.h"
#include "store/slots.h"
#include "store/statements.h"

/* Beyond this many statements a connection runs further texts unnamed, so that
 * varied requests cannot fill the server's memory. */
enum {
	PREPARED_MAX = 512,
	NONCE = 16,
	END_MS = 500
};

struct prepared {
	const char *sql;
	unsigned number; /* its name is "s" and this; never used twice */
};

/* What connection.h shows, and what it does not. */
struct inside {
	struct connection outside;
	const struct db_options *options;
	struct slots *slots; /* NULL: nobody counts */
	char begun_with[16]; /* the backend's pid, as it was told at first */
	const char *pins[4];
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
	if (options->connections > 0)
		in->slots = slots_new(mem, options->folders,
		    mem_printf(mem, "connections-%s", options->site),
		    options->connections);
	mem_release(mem, release, &in->outside);
	return &in->outside;
}

/* The server counts a backend until it has ended, so that a slot which is given
 * back earlier could be one too many. */
static void
end_wholly(PGconn *pg)
{
	int fd = dup(PQsocket(pg));
	struct pollfd end = { fd, POLLIN, 0 };
	char rest[512];

	PQfinish(pg);
	if (fd < 0)
		return;
	shutdown(fd, SHUT_WR);
	while (poll(&end, 1, END_MS) == 1 && read(fd, rest, sizeof rest) > 0)
		continue;
	close(fd);
}

void
connection_close(struct connection *connection)
{
	struct inside *in = (struct inside *)connection;

	if (connection->pg && in->slots)
		end_wholly(connection->pg);
	else if (connection->pg)
		PQfinish(connection->pg);
	if (in->slots)
		slots_give(in->slots);
	connection->pg = NULL;
	connection->pinned = connection->renew = false;
	mem_free(in->texts);
	in->texts = NULL;
	in->n = 0;
}

bool
connection_counted(const struct connection *connection)
{
	return ((const struct inside *)connection)->slots != NULL;
}

bool
connection_wanted(const struct connection *connection)
{
	return slots_wanted(((const struct inside *)connection)->slots);
}

void
connection_lose(struct connection *connection)
{
	memcpy(connection->lost, connection->name, sizeof connection->lost);
	connection_close(connection);
}

static void
ignore_notice(void *context, const char *message)
{
	(void)context;
	(void)message;
}

struct db_step
connection_pins(struct connection *connection)
{
	struct inside *in = (struct inside *)connection;

	in->pins[0] = in->options->time_zone;
	in->pins[1] = in->options->search_path;
	in->pins[2] = in->options->statement_timeout;
	in->pins[3] = in->begun_with;
	return (struct db_step){ statement_pins, in->pins, 4 };
}

void
connection_pinned(struct connection *connection, bool pooled)
{
	connection->pinned = !pooled;
}

/* A name to know the backend by after the connection was lost. */
static void
name_it(struct connection *connection)
{
	struct mem *mem = mem_new();

	snprintf(connection->name, sizeof connection->name, "ifmatch-%.*s",
	    NONCE, seal_nonce(mem));
	mem_free(mem);
}

/* Whether libpq reads a conninfo as it was meant. What it says of another one
 * repeats a part of it, be that of a password. */
static bool
is_legible(const char *conninfo)
{
	PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
	bool legible = options != NULL;

	for (PQconninfoOption *one = options; one && one->keyword; one++)
		if (strcmp(one->keyword, "host") == 0 && one->val)
			legible =
			    strchr(one->val, '@') == NULL || *one->val == '@';
	PQconninfoFree(options);
	return legible;
}

static bool
connect_anew(struct inside *in)
{
	/* what stands before dbname is a default that conninfo overrides */
	const char *keys[] = { "connect_timeout", "tcp_user_timeout", "dbname",
		"application_name", "client_encoding", NULL };
	const char *values[] = { "5", "30000", in->options->conninfo,
		in->outside.name, "UTF8", NULL };

	connection_close(&in->outside);
	if (in->slots && !slots_take(in->slots))
		return false;
	name_it(&in->outside);
	in->outside.pg = PQconnectdbParams(keys, values, 1);
	if (PQstatus(in->outside.pg) != CONNECTION_OK) {
		log_line(LOG_ERROR, "no connection to the database: %s",
		    is_legible(in->options->conninfo)
			? PQerrorMessage(in->outside.pg)
			: "what \"database\" says is expected as KEY=VALUE "
			  "KEY=VALUE ..., a value with spaces in '...', or as "
			  "a postgresql:// URI, a password's @ in it as %40");
		connection_close(&in->outside);
		return false;
	}
	PQsetNoticeProcessor(in->outside.pg, ignore_notice, NULL);
	snprintf(in->begun_with, sizeof in->begun_with, "%d",
	    PQbackendPID(in->outside.pg));
	if (!PQenterPipelineMode(in->outside.pg)) {
		connection_close(&in->outside);
		return false;
	}
	in->texts = mem_new();
	return true;
}

/* Unasked, a server tells its end, in two pieces that need not arrive together,
 * or that its settings are others now: either way begin anew. */
static bool
spoke_idle(PGconn *pg)
{
	struct pollfd fd = { PQsocket(pg), POLLIN, 0 };

	return poll(&fd, 1, 0) > 0;
}

bool
connection_ready(struct connection *connection)
{
	if (connection->pg && !connection->renew &&
	    PQstatus(connection->pg) == CONNECTION_OK &&
	    !spoke_idle(connection->pg))
		return true;
	return connect_anew((struct inside *)connection);
}

bool
connection_prepare(
    struct connection *connection, const char *sql, char name[16], bool *fresh)
{
	struct inside *in = (struct inside *)connection;
	size_t i;

	if (!connection->pinned)
		return false;
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

void
connection_stop(struct connection *connection)
{
	char error[256];
	PGcancel *cancel = PQgetCancel(connection->pg);

	if (!cancel || !PQcancel(cancel, error, sizeof error))
		log_line(LOG_WARN, "a statement could not be stopped: %s",
		    cancel ? error : "no connection");
	PQfreeCancel(cancel);
}

void
connection_await(struct connection *connection)
{
	const struct db_options *options =
	    ((struct inside *)connection)->options;
	long most = strtol(options->statement_timeout, NULL, 10);
	struct pollfd fd = { PQsocket(connection->pg), POLLIN, 0 };

	while (PQisBusy(connection->pg)) {
		int ready =
		    poll(&fd, 1, most > 0 && most <= INT_MAX ? (int)most : -1);

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready == 0) {
			connection_stop(connection);
			return;
		}
		if (!PQconsumeInput(connection->pg))
			return;
	}
}
