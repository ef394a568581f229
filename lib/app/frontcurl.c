#include "app/frontcurl.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ARGUMENTS_MOST = 32,
	REPLY_MOST = 64 << 10
};

bool
frontcurl_url(
    struct mem *mem, const char *url, const char **origin, const char **base)
{
	const char *host = strstr(url, "://");
	size_t scheme = host ? (size_t)(host - url) : 0;
	size_t len = strlen(url);
	const char *path;

	if (!host || strpbrk(url, "?#@ \"<>\\"))
		return false;
	if (!(scheme == 4 && strncasecmp(url, "http", 4) == 0) &&
	    !(scheme == 5 && strncasecmp(url, "https", 5) == 0))
		return false;
	host += 3;
	path = host + strcspn(host, "/");
	while (len > (size_t)(path - url) && url[len - 1] == '/')
		len--;
	*origin = mem_copy(mem, url, (size_t)(path - url));
	*base = mem_copy(mem, path, len - (size_t)(path - url));
	return path > host;
}

/* One run of curl: its arguments, and what it reads and writes. */
struct run {
	char *arguments[ARGUMENTS_MOST];
	size_t n;
	FILE *body, *output, *errors;
};

static void
add(struct mem *mem, struct run *run, const char *argument)
{
	run->arguments[run->n++] = mem_string(mem, argument);
}

static void
add_arguments(struct mem *mem, struct run *run, const char *origin,
    const struct front_probe *probe)
{
	/* no configuration of the user's, no waiting for "100 Continue" */
	static const char *const always[] = { "curl", "-q", "-s", "-S", "-i",
		"-g", "--path-as-is", "--max-time", "60", "-H", "Expect:" };

	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		add(mem, run, always[i]);
	if (strcmp(probe->method, "HEAD") == 0) {
		add(mem, run, "--head");
	} else {
		add(mem, run, "-X");
		add(mem, run, probe->method);
	}
	if (!probe->bare)
		add(mem, run, "--netrc-optional");
	if (probe->coded)
		add(mem, run, "--compressed");
	for (size_t i = 0; i < probe->n_fields; i++) {
		add(mem, run, "-H");
		add(mem, run,
		    mem_printf(mem, "%s: %s", probe->fields[i].name,
			probe->fields[i].value));
	}
	if (probe->size > 0) {
		add(mem, run, "-H");
		add(mem, run, "Content-Type: application/octet-stream");
		add(mem, run, "--data-binary");
		add(mem, run, "@-");
	}
	add(mem, run, "--url");
	add(mem, run, mem_printf(mem, "%s%s", origin, probe->path));
}

/* Runs curl to its end. False: it could not be started. */
static bool
execute(struct run *run, int *status)
{
	posix_spawn_file_actions_t actions;
	pid_t child;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fileno(run->body), 0);
	posix_spawn_file_actions_adddup2(&actions, fileno(run->output), 1);
	posix_spawn_file_actions_adddup2(&actions, fileno(run->errors), 2);
	error = posix_spawnp(
	    &child, "curl", &actions, NULL, run->arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error != 0)
		return false;
	while (waitpid(child, status, 0) < 0)
		if (errno != EINTR)
			return false;
	return true;
}

static char *
read_all(struct mem *mem, FILE *file)
{
	char *text = mem_alloc(mem, REPLY_MOST + 1);

	rewind(file);
	text[fread(text, 1, REPLY_MOST, file)] = '\0';
	return text;
}

/* A field of the head, or NULL. */
static char *
field_of(struct mem *mem, const char *head, const char *end, const char *name)
{
	size_t len = strlen(name);

	for (const char *line = head; line && line < end;) {
		if (strncasecmp(line, name, len) == 0 && line[len] == ':') {
			line += len + 1;
			line += strspn(line, " \t");
			return mem_copy(mem, line, strcspn(line, "\r\n"));
		}
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return NULL;
}

/* Reads "HTTP/1.1 200 OK" and what follows, behind heads that are only
 * forerunners of the one that counts. */
static void
read_reply(struct mem *mem, const char *text, struct front_reply *reply)
{
	const char *end, *space;

	do {
		space =
		    strncmp(text, "HTTP/", 5) == 0 ? strchr(text, ' ') : NULL;
		end = strstr(text, "\r\n\r\n");
		reply->status = space ? (int)strtol(space, NULL, 10) : 0;
		if (!end)
			end = text + strlen(text);
		reply->tag = field_of(mem, text, end, "ETag");
		reply->coding = field_of(mem, text, end, "Content-Encoding");
		text = *end ? end + 4 : end;
	} while (reply->status >= 100 && reply->status < 200);
	reply->body = text;
}

static bool
send_probe(struct mem *mem, const char *origin, const struct front_probe *probe,
    struct front_reply *reply)
{
	struct run run = {
		.body = tmpfile(), .output = tmpfile(), .errors = tmpfile()
	};
	bool started = false;
	int status = -1;

	*reply = (struct front_reply){ .body = "" };
	/* a body of zeros, without writing them */
	if (run.body && run.output && run.errors &&
	    ftruncate(fileno(run.body), (off_t)probe->size) == 0) {
		add_arguments(mem, &run, origin, probe);
		started = execute(&run, &status);
	}
	if (started && status >= 0) {
		read_reply(mem, read_all(mem, run.output), reply);
		if (reply->status == 0)
			reply->body = read_all(mem, run.errors);
	}
	if (run.body)
		fclose(run.body);
	if (run.output)
		fclose(run.output);
	if (run.errors)
		fclose(run.errors);
	return started;
}

struct front_reply *
frontcurl_run(
    struct mem *mem, const char *origin, const struct front_plan *plan)
{
	struct front_reply *replies = mem_array(mem, plan->n, sizeof *replies);

	for (size_t i = 0; i < plan->n; i++)
		if (!send_probe(mem, origin, &plan->probes[i], &replies[i]))
			return NULL;
	return replies;
}
