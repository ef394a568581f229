#include "app/roles.h"

#include <string.h>

#include "app/site.h"

enum {
	KEPT = 16
};

struct seen {
	struct mem *mem; /* of this one; NULL: free */
	const char *role;
	struct catalog *catalog;
	unsigned long used;
};

struct roles {
	const struct exposure *exposures;
	size_t n_exposures;
	struct seen seen[KEPT];
	unsigned long uses;
};

static void
release(void *at)
{
	struct roles *roles = at;

	for (size_t i = 0; i < KEPT; i++)
		mem_free(roles->seen[i].mem);
}

struct roles *
roles_new(struct mem *mem, const struct config *config)
{
	struct roles *roles = mem_alloc(mem, sizeof *roles);

	roles->exposures = site_exposures(mem, config);
	roles->n_exposures = config->n_tables;
	mem_release(mem, release, roles);
	return roles;
}

static bool
same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* The role's place, or that of the one not asked for longest. */
static struct seen *
place_of(struct roles *roles, const char *role)
{
	struct seen *oldest = &roles->seen[0];

	for (size_t i = 0; i < KEPT; i++) {
		struct seen *seen = &roles->seen[i];

		if (seen->mem && same(seen->role, role))
			return seen;
		if (seen->used < oldest->used)
			oldest = seen;
	}
	return oldest;
}

struct catalog *
roles_catalog(struct roles *roles, const char *role)
{
	struct seen *seen = place_of(roles, role);

	if (!seen->mem || !same(seen->role, role)) {
		mem_free(seen->mem);
		seen->mem = mem_new();
		seen->role = mem_string(seen->mem, role);
		seen->catalog = catalog_new(seen->mem, roles->exposures,
		    roles->n_exposures, seen->role);
	}
	seen->used = ++roles->uses;
	catalog_refresh(seen->catalog, false);
	return seen->catalog;
}
