#include "app/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/check.h"
#include "app/config.h"
#include "app/firstrun.h"
#include "app/importcommand.h"
#include "app/locate.h"
#include "app/manual.h"
#include "app/serve.h"
#include "app/standing.h"
#include "app/user.h"
#include "base/log.h"
#include "base/words.h"
#include "web/cgi.h"
#include "web/gateway.h"
#include "web/listen.h"
#include "web/server.h"

enum {
	EXIT_USAGE = 2
};

struct verb {
	const char *name;
	const char *arguments;
	const char *help;
	int (*run)(const struct verb *, int argc, char **argv);
};

/* What a pool's workers are told. */
struct plan {
	const char *program;
	const struct config *config; /* as it was when the pool began */
};

static int
usage(const struct verb *verb)
{
	fprintf(stderr, "usage: ifmatch %s%s%s\n", verb->name,
	    *verb->arguments == '\0' ? "" : " ", verb->arguments);
	return EXIT_USAGE;
}

/* The configuration for a command; NULL: said what is wrong. */
static struct config *
load(struct mem *mem, const char *program)
{
	struct config *config = mem_alloc(mem, sizeof *config);
	const char *message;

	if (config_load(mem, program, config, &message) == CONFIG_LOADED)
		return config;
	log_line(LOG_ERROR, "%s", message);
	return NULL;
}

static int
run_check(const struct verb *verb, int argc, char **argv)
{
	struct mem *mem;
	struct config *config;
	int status = EXIT_FAILURE;

	if (argc != 2 && !(argc == 4 && strcmp(argv[2], "--url") == 0))
		return usage(verb);
	mem = mem_new();
	config = load(mem, argv[0]);
	if (config != NULL)
		status = check_run(config, argc == 4 ? argv[3] : NULL, stdout);
	if (status == EXIT_USAGE)
		fputs("ifmatch: that is no URL such as "
		      "https://www.example.org/records\n",
		    stderr);
	mem_free(mem);
	return status;
}

static int
serve_from(const struct config *config, int listener)
{
	struct app *app = app_new(config, false);
	struct gateway gateway = { .serve = app_serve,
		.rest = app_rest,
		.context = app,
		.body_limit = config->body_limit };
	int status = gateway_run(&gateway, listener);

	app_free(app);
	return status;
}

/* A worker of the pool. It reads the configuration anew, as SIGHUP asks; one
 * that is wrong by now must not end the service. */
static int
work(void *context, int listener)
{
	const struct plan *plan = context;
	struct mem *mem = mem_new();
	const struct config *config = load(mem, plan->program);
	int status =
	    serve_from(config == NULL ? plan->config : config, listener);

	mem_free(mem);
	return status;
}

static int
run_serve(const struct verb *verb, int argc, char **argv)
{
	struct mem *mem;
	struct plan plan = { .program = argv[0] };
	int status = EXIT_FAILURE;
	int listener;

	if (argc != 3)
		return usage(verb);
	mem = mem_new();
	plan.config = load(mem, argv[0]);
	listener = plan.config == NULL ? -1 : listen_open(argv[2]);
	if (listener >= 0) {
		log_line(
		    LOG_INFO, "listening on %s", listen_name(mem, listener));
		status =
		    server_run(listener, plan.config->workers, work, &plan);
	}
	mem_free(mem);
	return status;
}

/* Runs what reads the configuration and arguments of its own, and is negative
 * where it does not understand them. */
static int
run_configured(const struct verb *verb, int argc, char **argv,
    int (*run)(const struct config *, int, char **, FILE *, FILE *),
    const char *arguments)
{
	struct mem *mem = mem_new();
	struct config *config = load(mem, argv[0]);
	int status = EXIT_FAILURE;

	if (config != NULL)
		status = run(config, argc - 2, argv + 2, stdin, stdout);
	mem_free(mem);
	if (status >= 0)
		return status;
	fprintf(stderr, "usage: ifmatch %s %s\n", verb->name, arguments);
	return EXIT_USAGE;
}

static int
run_user(const struct verb *verb, int argc, char **argv)
{
	return run_configured(verb, argc, argv, user_run, user_arguments);
}

static int
run_import(const struct verb *verb, int argc, char **argv)
{
	return run_configured(
	    verb, argc, argv, importcommand_run, importcommand_arguments);
}

static int
run_sample(const struct verb *verb, int argc, char **argv)
{
	(void)argv;
	if (argc != 2)
		return usage(verb);
	config_sample(stdout);
	return EXIT_SUCCESS;
}

static int
run_settings(const struct verb *verb, int argc, char **argv)
{
	(void)argv;
	if (argc != 2)
		return usage(verb);
	manual_write(stdout);
	return EXIT_SUCCESS;
}

static int
run_version(const struct verb *verb, int argc, char **argv)
{
	(void)verb;
	(void)argc;
	(void)argv;
	puts("ifmatch " IFMATCH_VERSION);
	return EXIT_SUCCESS;
}

static int run_help(const struct verb *, int argc, char **argv);

static const struct verb verbs[] = {
	{ "check", "[--url URL]",
	    "shows what is on offer, and what the web server at URL does",
	    run_check },
	{ "serve", "LISTEN",
	    "serves FastCGI on unix:PATH or HOST:PORT until SIGTERM",
	    run_serve },
	{ "user", "VERB ...", "looks after accounts: see ifmatch user",
	    run_user },
	{ "import", "TABLE FILE",
	    "saves a CSV file's rows, each under its own version", run_import },
	{ "sample", "", "prints a documented configuration", run_sample },
	{ "settings", "",
	    "prints the reference of the configuration, for mandoc or man -l",
	    run_settings },
	{ "--version", "", "prints the version", run_version },
	{ "--help", "", "prints this", run_help },
};

enum {
	N_VERBS = sizeof verbs / sizeof *verbs
};

static int
run_help(const struct verb *verb, int argc, char **argv)
{
	(void)verb;
	(void)argc;
	(void)argv;
	puts("ifmatch maps URLs to PostgreSQL rows, and guards every write "
	     "by a version.\nStarted by a web server it serves FastCGI or "
	     "CGI; else:\n");
	for (size_t i = 0; i < N_VERBS; i++)
		printf("  ifmatch %-9s %-12s %s\n", verbs[i].name,
		    verbs[i].arguments, verbs[i].help);
	puts("\nThe configuration is $IFMATCH_CONFIG, or a file named like "
	     "the program with\n\".ini\" behind, in a folder above it up to "
	     "the home folder, or beside it.");
	return EXIT_SUCCESS;
}

/* One request, as plain CGI. */
static int
serve_once(const char *program)
{
	struct mem *mem = mem_new();
	struct config config;
	struct firstrun missing = { .name = locate_name(mem, program) };
	struct gateway gateway = { .serve = firstrun_serve,
		.context = &missing,
		.body_limit = FIRSTRUN_BODY };
	struct app *app = NULL;
	int status;

	missing.why = config_load(mem, program, &config, &missing.message);
	missing.line = config.wrong_line;
	if (missing.why == CONFIG_LOADED) {
		app = app_new(&config, true);
		gateway = (struct gateway){ .serve = app_serve,
			.context = app,
			.body_limit = config.body_limit };
	}
	status = cgi_run(&gateway);
	if (app != NULL)
		app_free(app);
	mem_free(mem);
	return status;
}

/* Requests from the socket that the web server has opened. */
static int
serve_standing(const char *program)
{
	struct standing *standing = standing_new(program);
	struct gateway gateway = { .serve = standing_serve,
		.rest = standing_rest,
		.context = standing,
		.body_limit = standing_body_limit(standing) };
	int status = gateway_run(&gateway, 0);

	standing_free(standing);
	return status;
}

int
command_run(int argc, char **argv)
{
	enum gateway_kind kind = gateway_kind();
	const char *program = argc > 0 ? argv[0] : NULL;

	/* A CGI program's arguments come from the client (RFC 3875 4.4). */
	if (kind == GATEWAY_CGI && getenv("SCRIPT_FILENAME") != NULL &&
	    (program == NULL || strchr(program, '/') == NULL))
		program = getenv("SCRIPT_FILENAME");
	if (kind == GATEWAY_CGI)
		return serve_once(program);
	if (kind == GATEWAY_FASTCGI && argc < 2)
		return serve_standing(program);
	if (argc < 2)
		return run_help(NULL, argc, argv);
	for (size_t i = 0; i < N_VERBS; i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return verbs[i].run(&verbs[i], argc, argv);
	fprintf(stderr, "ifmatch: there is no verb %s; see ifmatch --help\n",
	    argv[1]);
	return EXIT_USAGE;
}
