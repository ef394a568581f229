/*
 * server: a pool of worker processes over one listening socket.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

/* Runs in a worker; its return value is the worker's exit status. SIGTERM,
 * SIGINT, SIGHUP and SIGCHLD are blocked: gateway_run lets in what it takes. */
typedef int server_worker(void *context, int listener);

/* Forks n workers over the listener and stays as their parent: starts another
 * for each that dies (not faster than one a second after ten quick deaths in a
 * row), on SIGTERM or SIGINT closes the listener, removes a unix socket's path,
 * sends the workers SIGTERM, waits for them (after 9 s SIGKILL) and returns 0.
 * SIGHUP replaces the workers one by one, so that a new configuration is read.
 */
int server_run(int listener, int n, server_worker *, void *context);

#endif
