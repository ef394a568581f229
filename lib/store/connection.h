/*
 * connection: one libpq connection in pipeline mode: opening, pinning, noticing
 * that it has died, the names of its prepared statements, and its slot where
 * connections are counted. The inside of store/db; nobody else includes it.
 */
#ifndef STORE_CONNECTION_H
#define STORE_CONNECTION_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "base/mem.h"
#include "store/db.h"

struct connection {
	PGconn *pg;    /* NULL: none */
	char name[32]; /* its application_name, which nobody else has */
	char lost[32]; /* that of the last lost one */
	bool pinned;   /* what connection_pins sets is set for good */
	bool renew;    /* another one would do better: the next one is new */
};

/* None yet; allocated in mem and closed when that is freed. The options must
 * live as long. */
struct connection *connection_new(struct mem *, const struct db_options *);

/* Makes sure that there is a live connection, opening one where there is none
 * or where the server has closed it while it was idle, within two seconds where
 * they are counted. False: none to be had (logged). */
bool connection_ready(struct connection *);

/* What every transaction of a connection that is not pinned begins with. Once
 * its transaction has ended well, connection_pinned says so. Behind a pooler
 * no connection is ever pinned, nor any statement prepared. */
struct db_step connection_pins(struct connection *);

void connection_pinned(struct connection *, bool pooled);

/* Closes it; the next connection_ready opens another. */
void connection_close(struct connection *);

/* Whether connections are counted, and another process waits for one. */
bool connection_counted(const struct connection *);
bool connection_wanted(const struct connection *);

/* Closes it after its answer was lost, keeping its name in mind. */
void connection_lose(struct connection *);

/* The name of the prepared statement for a text, written to name. *fresh: the
 * caller has to send a Parse with that name first, and call
 * connection_unprepare if the Parse fails. False: run it unnamed; too many
 * texts are prepared, or the connection is not pinned. */
bool connection_prepare(
    struct connection *, const char *sql, char name[16], bool *fresh);

void connection_unprepare(struct connection *, const char *sql);

/* Waits until the next answer is there to be got, or the connection is lost.
 * Where that takes longer than one statement may, the server is asked to stop:
 * then the answer is that it did. */
void connection_await(struct connection *);

/* Asks the server to stop what it is at. What it was at still has its answer.
 */
void connection_stop(struct connection *);

#endif
