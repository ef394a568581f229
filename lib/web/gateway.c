#include "web/gateway.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/body.h"
#include "web/listen.h"
#include "web/record.h"
#include "web/reply.h"

enum {
	CONNECTIONS = 256,	/* kept or silent ones, each worker */
	FIRST_BYTE_MS = 100,	/* how long a new connection may hold us up */
	SILENT_DRAIN_MS = 2000, /* the same, when the worker is about to end */
	DRAIN_SECONDS = 5
};

/* Set by a signal, read between requests: signals are blocked at all other
 * times, since libfcgi takes an interrupted read for the end of the body. */
static volatile sig_atomic_t stopping;

struct connection {
	FCGX_Request fcgi;
	bool waiting;		 /* in the epoll set */
	bool silent;		 /* has not sent its first byte */
	unsigned long since;	 /* greater where it has waited less */
	struct connection *next; /* of those not in use */
};

struct worker {
	const struct gateway *gateway;
	int listener;
	int epoll;
	struct connection *all;	   /* CONNECTIONS of them */
	struct connection *unused; /* never empty while none is served */
	size_t n_silent;
	unsigned long n_waited;
};

enum gateway_kind
gateway_kind(void)
{
	int listening = 0;
	socklen_t len = sizeof listening;

	if (getsockopt(0, SOL_SOCKET, SO_ACCEPTCONN, &listening, &len) == 0 &&
	    listening != 0)
		return GATEWAY_FASTCGI;
	if (getenv("REQUEST_METHOD") != NULL ||
	    getenv("GATEWAY_INTERFACE") != NULL)
		return GATEWAY_CGI;
	return GATEWAY_NONE;
}

static void
ask_to_stop(int signal)
{
	(void)signal;
	stopping = 1;
}

/* Blocks the signals that end us; allowed is the mask that lets them in. */
static void
catch_signals(sigset_t *allowed)
{
	static const int signals[] = { SIGTERM, SIGUSR1, SIGINT, SIGHUP };
	struct sigaction stop = { .sa_handler = ask_to_stop };
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t blocked;

	sigemptyset(&blocked);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaddset(&blocked, signals[i]);
	sigprocmask(SIG_BLOCK, &blocked, allowed);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		sigdelset(allowed, signals[i]);
		sigaction(signals[i], &stop, NULL);
	}
	sigaction(SIGPIPE, &ignore, NULL);
}

static void
keep_line(void *context, const char *line)
{
	fprintf(context, "%s\n", line);
}

static size_t
read_fcgi(void *context, char *to, size_t n)
{
	int got = FCGX_GetStr(to, (int)n, context);

	return got < 0 ? 0 : (size_t)got;
}

static bool
write_fcgi(void *context, const char *data, size_t len)
{
	enum {
		PIECE = 1 << 20
	};

	for (size_t n; len > 0; data += n, len -= n) {
		n = len < PIECE ? len : PIECE;
		if (FCGX_PutStr(data, (int)n, context) != (int)n)
			return false;
	}
	return true;
}

/* Serves the request that libfcgi has read. False: the connection is closed. */
static bool
serve_request(const struct gateway *gateway, FCGX_Request *fcgi)
{
	const char *role = FCGX_GetParam("FCGI_ROLE", fcgi->envp);
	const char *method = FCGX_GetParam("REQUEST_METHOD", fcgi->envp);
	struct request request = { .environment =
				       (const char *const *)fcgi->envp };
	struct response response;
	struct text *lines;
	bool responder, read_all, sent;

	responder = role != NULL && strcmp(role, "RESPONDER") == 0;
	if (!responder)
		record_refuse_role(fcgi->ipcFd, fcgi->requestId);
	if (method == NULL || !responder) {
		FCGX_Detach(fcgi);
		FCGX_Free(fcgi, 1);
		return false;
	}
	request.mem = mem_new();
	lines = mem_text_open(request.mem);
	log_to(keep_line, lines->out);
	read_all = body_read(&request, read_fcgi, fcgi->in, gateway->body_limit,
	    body_length(&request));
	if (FCGX_GetError(fcgi->in) != 0)
		request.body_state = BODY_CUT;
	response_begin(&response, request.mem);
	gateway->serve(gateway->context, &request, &response);
	sent = reply_send(
	    &response, strcmp(method, "HEAD") == 0, write_fcgi, fcgi->out);
	log_to(NULL, NULL);
	/* nginx counts what was logged ahead of the head as part of it */
	if (sent)
		FCGX_FClose(fcgi->out);
	mem_text(lines);
	FCGX_PutStr(lines->at, (int)lines->len, fcgi->err);
	mem_free(request.mem);

	/* Where all was read, closing need not wait for the peer; else it
	 * must, or what is unread destroys the reply. */
	fcgi->detached = read_all;
	if (!read_all)
		fcgi->keepConnection = 0;
	/* Without the end of the stream the server sees that it was cut. */
	if (sent)
		FCGX_Finish_r(fcgi);
	else
		FCGX_Free(fcgi, 1);
	return fcgi->ipcFd >= 0;
}

static void
drop(struct worker *worker, struct connection *connection)
{
	if (connection->fcgi.ipcFd >= 0) {
		FCGX_Detach(&connection->fcgi);
		FCGX_Free(&connection->fcgi, 1);
	}
	connection->waiting = false;
	connection->next = worker->unused;
	worker->unused = connection;
}

static bool
is_idle(const struct connection *connection)
{
	char byte;

	return connection->waiting && !connection->silent &&
	       recv(connection->fcgi.ipcFd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <
		   0;
}

/* Closes the connection that was kept open the longest without another request:
 * whoever keeps one expects that, and not that a new one is closed. */
static void
make_room(struct worker *worker)
{
	struct connection *oldest = NULL;

	for (size_t i = 0; i < CONNECTIONS; i++) {
		struct connection *one = &worker->all[i];

		if ((oldest == NULL || one->since < oldest->since) &&
		    is_idle(one))
			oldest = one;
	}
	if (oldest != NULL)
		drop(worker, oldest);
}

/* Has a connection wait for its next request; the last unused place is kept
 * for a new one. */
static void
wait_for(struct worker *worker, struct connection *connection)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP,
		.data.ptr = connection };

	connection->since = worker->n_waited++;
	if (connection->waiting)
		return;
	if (connection->silent && worker->unused == NULL)
		make_room(worker);
	if ((stopping && !connection->silent) || worker->unused == NULL ||
	    epoll_ctl(worker->epoll, EPOLL_CTL_ADD, connection->fcgi.ipcFd,
		&event) != 0) {
		drop(worker, connection);
		return;
	}
	connection->waiting = true;
	if (connection->silent)
		worker->n_silent++;
}

static void
serve_connection(struct worker *worker, struct connection *connection)
{
	char byte;

	if (connection->waiting && connection->silent)
		worker->n_silent--;
	connection->silent = false;
	if (record_answer(connection->fcgi.ipcFd)) {
		wait_for(worker, connection);
		return;
	}
	/* FCGX_Accept_r reads this very connection: it has no listening
	 * socket. */
	if (recv(connection->fcgi.ipcFd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <=
		0 ||
	    FCGX_Accept_r(&connection->fcgi) != 0 ||
	    !serve_request(worker->gateway, &connection->fcgi) || stopping)
		drop(worker, connection);
	else
		wait_for(worker, connection);
}

/* Accepts one connection and serves it, or lets it wait where it is silent.
 * False: none is there. */
static bool
accept_one(struct worker *worker)
{
	struct connection *connection = worker->unused;
	int fd = listen_accept(worker->listener);
	struct pollfd pollfd = { .fd = fd, .events = POLLIN };

	if (fd < 0 && (errno == EMFILE || errno == ENFILE)) {
		log_line(LOG_ERROR, "cannot accept: %s", strerror(errno));
		poll(NULL, 0, FIRST_BYTE_MS);
	}
	if (fd < 0)
		return errno == EINTR || errno == ECONNABORTED ||
		       errno == EACCES;
	worker->unused = connection->next;
	FCGX_InitRequest(&connection->fcgi, -1, 0);
	connection->fcgi.ipcFd = fd;
	connection->fcgi.keepConnection = 1; /* else accepting closes it */
	connection->waiting = false;
	connection->silent = poll(&pollfd, 1, FIRST_BYTE_MS) <= 0;
	if (connection->silent)
		wait_for(worker, connection);
	else
		serve_connection(worker, connection);
	return true;
}

static void
handle(struct worker *worker, const struct epoll_event *event)
{
	if (event->data.ptr == NULL)
		accept_one(worker);
	else
		serve_connection(worker, event->data.ptr);
}

/* Serves what has reached us already: the listener's queue, and requests on
 * connections that are open. */
static void
drain(struct worker *worker)
{
	time_t deadline = time(NULL) + DRAIN_SECONDS;
	struct epoll_event event;

	while (time(NULL) < deadline && accept_one(worker))
		continue;
	epoll_ctl(worker->epoll, EPOLL_CTL_DEL, worker->listener, NULL);
	while (epoll_wait(worker->epoll, &event, 1,
		   worker->n_silent > 0 ? SILENT_DRAIN_MS : 0) > 0)
		handle(worker, &event);
}

static bool
worker_begin(struct worker *worker, struct mem *mem)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLEXCLUSIVE };
	int flags = fcntl(worker->listener, F_GETFL);

	worker->all = mem_array(mem, CONNECTIONS, sizeof *worker->all);
	for (size_t i = 0; i < CONNECTIONS; i++) {
		worker->all[i].next = worker->unused;
		worker->unused = &worker->all[i];
	}
	worker->epoll = epoll_create1(EPOLL_CLOEXEC);
	return FCGX_Init() == 0 && worker->epoll >= 0 && flags >= 0 &&
	       fcntl(worker->listener, F_SETFL, flags | O_NONBLOCK) == 0 &&
	       epoll_ctl(
		   worker->epoll, EPOLL_CTL_ADD, worker->listener, &event) == 0;
}

static void
wait_and_handle(struct worker *worker, const sigset_t *allowed)
{
	const struct gateway *gateway = worker->gateway;
	int64_t idle_since = clock_milliseconds();
	struct epoll_event event;
	int n, timeout;

	do {
		timeout = gateway->rest
			      ? gateway->rest(gateway->context,
				    (long)(clock_milliseconds() - idle_since))
			      : -1;
		n = epoll_pwait(worker->epoll, &event, 1, timeout, allowed);
	} while (n == 0 && !stopping);
	if (n == 1)
		handle(worker, &event);
}

int
gateway_run(const struct gateway *gateway, int listener)
{
	struct worker worker = { .gateway = gateway, .listener = listener };
	struct mem *mem = mem_new();
	sigset_t allowed;

	if (!worker_begin(&worker, mem)) {
		log_line(LOG_ERROR, "cannot serve: %s", strerror(errno));
		mem_free(mem);
		return 1;
	}
	catch_signals(&allowed); /* behind FCGX_Init, which sets its own */
	while (!stopping)
		wait_and_handle(&worker, &allowed);
	drain(&worker);
	close(worker.epoll);
	close(listener);
	mem_free(mem);
	return 0;
}
