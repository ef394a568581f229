#include "web/server.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "web/listen.h"

enum {
	QUICK_SECONDS = 1,
	QUICK_MOST = 10,
	KILL_SECONDS = 9
};

struct child {
	pid_t pid; /* 0: none */
	int64_t started;
	unsigned generation;
	bool leaving; /* asked to, for another generation */
};

struct pool {
	int listener;
	int n;
	server_worker *work;
	void *context;
	struct child *children;
	unsigned generation; /* counts SIGHUPs */
	int quick_deaths;    /* in a row */
	int64_t last_start;
	sigset_t waited, before;
};

static int64_t
seconds(void)
{
	return clock_milliseconds() / 1000;
}

static void
run_child(const struct pool *pool, pid_t parent)
{
	/* the signals stay blocked: one that comes while the worker begins is
	 * taken when it waits for requests */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		exit(1);
	exit(pool->work(pool->context, pool->listener));
}

static void
start(struct pool *pool, struct child *child)
{
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid == 0)
		run_child(pool, parent);
	pool->last_start = seconds();
	if (pid < 0) {
		log_line(
		    LOG_ERROR, "cannot start a worker: %s", strerror(errno));
		pool->quick_deaths = QUICK_MOST;
		pid = 0;
	}
	*child = (struct child){
		.pid = pid,
		.started = pool->last_start,
		.generation = pool->generation,
	};
}

static void
note_death(struct pool *pool, struct child *child, int status)
{
	if (WIFSIGNALED(status))
		log_line(LOG_ERROR, "worker %ld died of signal %d",
		    (long)child->pid, WTERMSIG(status));
	else if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
		log_line(LOG_ERROR, "worker %ld ended with status %d",
		    (long)child->pid, WEXITSTATUS(status));
	if (child->leaving || seconds() - child->started > QUICK_SECONDS)
		pool->quick_deaths = 0;
	else
		pool->quick_deaths++;
	child->pid = 0;
}

static void
reap(struct pool *pool)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < pool->n; i++)
			if (pool->children[i].pid == pid)
				note_death(pool, &pool->children[i], status);
}

/* Starts what is missing, as fast as deaths allow. Returns whether all run. */
static bool
fill(struct pool *pool)
{
	for (int i = 0; i < pool->n; i++) {
		if (pool->children[i].pid != 0)
			continue;
		if (pool->quick_deaths >= QUICK_MOST &&
		    seconds() <= pool->last_start)
			return false;
		start(pool, &pool->children[i]);
		if (pool->children[i].pid == 0)
			return false;
	}
	return true;
}

/* Asks the next worker of an older generation to leave, one at a time. */
static void
renew(struct pool *pool)
{
	struct child *old = NULL;

	for (int i = 0; i < pool->n; i++) {
		if (pool->children[i].leaving)
			return;
		if (pool->children[i].generation != pool->generation)
			old = &pool->children[i];
	}
	if (old == NULL)
		return;
	old->leaving = true;
	kill(old->pid, SIGTERM);
}

static bool
any_left(const struct pool *pool)
{
	for (int i = 0; i < pool->n; i++)
		if (pool->children[i].pid != 0)
			return true;
	return false;
}

static void
signal_all(const struct pool *pool, int signal)
{
	for (int i = 0; i < pool->n; i++)
		if (pool->children[i].pid != 0)
			kill(pool->children[i].pid, signal);
}

static void
stop(struct pool *pool)
{
	static const struct timespec tick = { .tv_sec = 1 };
	int64_t deadline = seconds() + KILL_SECONDS;

	listen_remove(pool->listener);
	close(pool->listener);
	for (int i = 0; i < pool->n; i++)
		pool->children[i].leaving = true;
	signal_all(pool, SIGTERM);
	for (reap(pool); any_left(pool); reap(pool)) {
		if (seconds() > deadline)
			signal_all(pool, SIGKILL);
		sigtimedwait(&pool->waited, NULL, &tick);
	}
}

static void
prepare_signals(struct pool *pool)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP, SIGCHLD };
	struct sigaction plain = { .sa_handler = SIG_DFL };

	sigemptyset(&pool->waited);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		sigaddset(&pool->waited, signals[i]);
		/* An ignored signal would never be seen. */
		sigaction(signals[i], &plain, NULL);
	}
	sigprocmask(SIG_BLOCK, &pool->waited, &pool->before);
}

int
server_run(int listener, int n, server_worker *work, void *context)
{
	static const struct timespec tick = { .tv_sec = 1 };
	struct mem *mem = mem_new();
	struct pool pool = { .listener = listener,
		.n = n,
		.work = work,
		.context = context,
		.children = mem_array(mem, (size_t)n, sizeof(struct child)) };
	int signal;

	prepare_signals(&pool);
	do {
		bool full;

		reap(&pool);
		full = fill(&pool);
		if (full)
			renew(&pool);
		signal = full ? sigwaitinfo(&pool.waited, NULL)
			      : sigtimedwait(&pool.waited, NULL, &tick);
		if (signal == SIGHUP)
			pool.generation++;
	} while (signal != SIGTERM && signal != SIGINT);
	stop(&pool);
	sigprocmask(SIG_SETMASK, &pool.before, NULL);
	mem_free(mem);
	return 0;
}
