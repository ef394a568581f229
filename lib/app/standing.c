#include "app/standing.h"

#include <signal.h>
#include <sys/stat.h>

#include "app/config.h"
#include "app/firstrun.h"
#include "app/locate.h"
#include "app/serve.h"
#include "base/log.h"

enum {
	LOOK_MS = 3000 /* how often a process that waits looks around */
};

/* What changes whenever a file is replaced or written to. */
struct stamp {
	dev_t device;
	ino_t number;
	off_t size;
	struct timespec at;
};

struct standing {
	const char *program; /* as it was called */
	struct mem *mem;
	const char *path; /* where it lies; NULL: not known */
	struct stamp program_stamp, config_stamp;
	struct mem *loaded; /* what config_load has left */
	struct app *app;    /* NULL: see missing */
	const char *file;   /* the configuration's, where there is an app */
	size_t body_limit;
	struct firstrun missing;
};

static struct stamp
stamp_of(const struct stat *status)
{
	return (struct stamp){ status->st_dev, status->st_ino, status->st_size,
		status->st_mtim };
}

static bool
same(const struct stamp *a, const struct stamp *b)
{
	return a->device == b->device && a->number == b->number &&
	       a->size == b->size && a->at.tv_sec == b->at.tv_sec &&
	       a->at.tv_nsec == b->at.tv_nsec;
}

static void
drop(struct standing *standing)
{
	if (standing->app != NULL)
		app_free(standing->app);
	if (standing->loaded != NULL)
		mem_free(standing->loaded);
	standing->app = NULL;
	standing->loaded = NULL;
}

/* Reads the configuration and takes it up where it can be used; where it cannot
 * what there was before stays. */
static bool
load(struct standing *standing)
{
	struct mem *mem = mem_new();
	struct config *config = mem_alloc(mem, sizeof *config);
	struct firstrun missing = { .name = "" };

	missing.why =
	    config_load(mem, standing->program, config, &missing.message);
	if (missing.why != CONFIG_LOADED && standing->app != NULL) {
		log_line(LOG_ERROR, "%s", missing.message);
		mem_free(mem);
		return false;
	}
	drop(standing);
	standing->loaded = mem;
	if (missing.why == CONFIG_LOADED) {
		standing->app = app_new(config, false);
		standing->file = config->file;
		standing->body_limit = config->body_limit;
		return true;
	}
	missing.name = locate_name(mem, standing->program);
	missing.line = config->wrong_line;
	standing->missing = missing;
	return false;
}

struct standing *
standing_new(const char *program)
{
	struct mem *mem = mem_new();
	struct standing *standing = mem_alloc(mem, sizeof *standing);
	struct stat status;

	standing->mem = mem;
	standing->program = program;
	standing->body_limit = FIRSTRUN_BODY;
	standing->path = locate_program(mem, program);
	if (standing->path != NULL && stat(standing->path, &status) == 0)
		standing->program_stamp = stamp_of(&status);
	if (load(standing) && stat(standing->file, &status) == 0)
		standing->config_stamp = stamp_of(&status);
	return standing;
}

void
standing_free(struct standing *standing)
{
	drop(standing);
	mem_free(standing->mem);
}

size_t
standing_body_limit(const struct standing *standing)
{
	return standing->body_limit;
}

/* An upload that is still under way cannot be run yet. */
static bool
has_new_program(const struct standing *standing)
{
	struct stat status;
	struct stamp stamp;

	if (standing->path == NULL || stat(standing->path, &status) != 0 ||
	    (status.st_mode & S_IXUSR) == 0)
		return false;
	stamp = stamp_of(&status);
	return !same(&stamp, &standing->program_stamp);
}

static bool
has_new_config(struct standing *standing)
{
	struct stat status;
	struct stamp stamp;

	if (standing->app == NULL)
		return load(standing);
	if (stat(standing->file, &status) != 0)
		return false;
	stamp = stamp_of(&status);
	if (same(&stamp, &standing->config_stamp))
		return false;
	standing->config_stamp = stamp;
	return load(standing);
}

void
standing_serve(
    void *context, struct request *request, struct response *response)
{
	struct standing *standing = context;
	bool config = has_new_config(standing);

	if (config || has_new_program(standing))
		raise(SIGUSR1);
	if (standing->app != NULL)
		app_serve(standing->app, request, response);
	else
		firstrun_serve(&standing->missing, request, response);
}

int
standing_rest(void *context, long idle_ms)
{
	struct standing *standing = context;
	int wait =
	    standing->app == NULL ? -1 : app_rest(standing->app, idle_ms);

	/* an old program that waits would serve once more some day */
	if (has_new_program(standing))
		raise(SIGUSR1);
	return wait < 0 || wait > LOOK_MS ? LOOK_MS : wait;
}
