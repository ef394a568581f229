/*
 * connection: one libpq connection in pipeline mode: opening, pinning, noticing
 * that it has died, and the names of its prepared statements. The inside of
 * store/db; nobody else includes it.
 */
#ifndef STORE_CONNECTION_H
#define STORE_CONNECTION_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "base/mem.h"
#include "store/db.h"

/* Which server process a connection talks to: pids come back, starts do not. */
struct backend {
	char pid[16], start[64];
};

struct connection {
	PGconn *pg; /* NULL: none */
	struct backend backend;
	struct backend lost; /* the backend of the last lost connection */
};

/* None yet; allocated in mem and closed when that is freed. The options must
 * live as long. */
struct connection *connection_new(struct mem *, const struct db_options *);

/* Makes sure that there is a live connection, opening one where there is none
 * or where the server has closed it while it was idle. False: none to be had
 * (logged). */
bool connection_ready(struct connection *);

/* Closes it; the next connection_ready opens another. */
void connection_close(struct connection *);

/* Closes it after its answer was lost, keeping its backend in mind. */
void connection_lose(struct connection *);

/* The name of the prepared statement for a text, written to name. *fresh: the
 * caller has to send a Parse with that name first, and call
 * connection_unprepare if the Parse fails. False: run it unnamed; too many
 * texts are prepared. */
bool connection_prepare(
    struct connection *, const char *sql, char name[16], bool *fresh);

void connection_unprepare(struct connection *, const char *sql);

#endif
