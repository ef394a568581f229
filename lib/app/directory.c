#include "app/directory.h"

#include <string.h>

#include "store/account.h"

enum {
	KEPT_SECONDS = 30
};

struct directory {
	struct mem *mem; /* of what is below; NULL: nothing was read */
	time_t read_at;
	const char *epoch;
	struct people people;
};

static void
forget(void *at)
{
	struct directory *directory = at;

	mem_free(directory->mem);
	*directory = (struct directory){ 0 };
}

struct directory *
directory_new(struct mem *mem)
{
	struct directory *directory = mem_alloc(mem, sizeof *directory);

	mem_release(mem, forget, directory);
	return directory;
}

static void
load(struct call *call, struct directory *directory)
{
	struct account_name *names = NULL;
	struct fault ignored;
	size_t n;

	directory->mem = mem_new();
	directory->read_at = time(NULL);
	(void)account_names(call->accounts, directory->mem, &names, &n,
	    &directory->epoch, &ignored);
	directory->people.items =
	    mem_array(directory->mem, n, sizeof *directory->people.items);
	for (size_t i = 0; i < n; i++)
		directory->people.items[directory->people.n++] =
		    (struct people_name){ names[i].account, names[i].display };
}

void
directory_show(struct call *call)
{
	struct directory *directory = call->directory;

	if (!call->accounts || call->format != FORMAT_HTML)
		return;
	if (time(NULL) - directory->read_at > KEPT_SECONDS)
		forget(directory);
	if (!directory->mem)
		load(call, directory);
	call->site.people = &directory->people;
}

bool
directory_outdated(struct call *call)
{
	struct directory *directory = call->directory;
	const struct gate *gate = call->who.gate;

	if (!call->site.people || !gate || !gate->latest ||
	    (directory->epoch && strcmp(gate->latest, directory->epoch) == 0))
		return false;
	forget(directory);
	call->site.people = NULL;
	return true;
}
