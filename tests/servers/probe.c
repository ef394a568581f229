/*
 * Says what reached it of what the tests ask about, and the body's length. Runs
 * as CGI, as FastCGI on fd 0, or as a pool on the socket named by its argument.
 * The query asks for more: "status=412+Reason", "crash", "hang", or "nothing",
 * which is also all that it says where it is built with SILENT.
 */
#include <fcgi_stdio.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum {
	WORKERS = 2
};

#ifdef SILENT
static const bool silent = true;
#else
static const bool silent = false;
#endif

static const char *const shown[] = {
	"REQUEST_METHOD=", "CONTENT_TYPE=", "HTTP_IF_", "HTTP_AUTHORIZATION="
};

/* One more byte in the file that counts how often a request was executed. */
static void
count(void)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 16);
	int fd;

	if (n < 0)
		return;
	memcpy(path + n, ".count", sizeof ".count");
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
	if (write(fd, ".", 1) == 1)
		close(fd);
}

static void
answer(const char *query)
{
	const char *length = getenv("CONTENT_LENGTH");
	long most = length && *length ? atol(length) : 0;
	long n = 0;

	while ((most < 0 || n < most) && getchar() != EOF)
		n++;
	if (strcmp(query, "crash") == 0) {
		count();
		_exit(7);
	}
	if (strcmp(query, "hang") == 0) {
		count();
		pause();
	}
	if (silent || strcmp(query, "nothing") == 0)
		return;
	if (strncmp(query, "status=", 7) == 0)
		printf("Status: %.3s %s\r\n", query + 7,
		    strlen(query) > 11 ? query + 11 : "");
	else
		printf("Status: 200 OK\r\n");
	printf("Content-Type: text/plain\r\nCache-Control: no-store\r\n\r\n");
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		for (char **at = environ; *at; at++)
			if (strncmp(*at, shown[i], strlen(shown[i])) == 0)
				printf("%s\n", *at);
	printf("body=%ld\n", n);
}

static void
pool(const char *path)
{
	int fd = FCGX_OpenSocket(path, 64);

	dup2(fd, 0);
	for (int n = 0;; n++) {
		if (n >= WORKERS)
			wait(NULL);
		if (fork() == 0)
			break;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

int
main(int argc, char **argv)
{
	/* as CGI, a query without "=" comes as an argument */
	if (argc > 1 && getenv("GATEWAY_INTERFACE") == NULL)
		pool(argv[1]);
	while (FCGI_Accept() >= 0) {
		const char *query = getenv("QUERY_STRING");

		answer(query ? query : "");
	}
	return 0;
}
