/*
 * listen: the socket that a pool of workers accepts from.
 */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include <stdbool.h>

#include "base/mem.h"

/* Opens a listening socket, backlog 1024: "unix:PATH" (mode 0660, an old socket
 * there is replaced unless somebody listens on it) or "HOST:PORT" (IPv4 or
 * [IPv6]; port 0 picks one). -1 with a line logged where that fails. */
int listen_open(const char *address);

/* The address that a socket from listen_open is bound to, in the same form. */
char *listen_name(struct mem *, int listener);

/* Accepts a connection from a non-blocking listening socket; -1: errno EAGAIN
 * where none waits, EACCES where FCGI_WEB_SERVER_ADDRS does not name the peer
 * (it is closed). A peer that stalls for a minute makes reads and writes of the
 * connection fail. */
int listen_accept(int listener);

/* Removes the path of a unix socket; does nothing for others. */
void listen_remove(int listener);

#endif
