#include "store/catalog.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/array.h"
#include "store/introspect.h"
#include "store/statements.h"

enum {
	KEPT_SECONDS = 30
};

/* One relation that is exposed; its table is read when it is first asked for.
 */
struct entry {
	const char *name; /* in the URL */
	const char *oid;
	const struct exposure *exposure;
	struct table *table; /* NULL: not read yet */
};

struct catalog {
	const struct exposure *exposures;
	size_t n_exposures;
	struct person reader; /* nobody, in the role */
	struct mem *mem;      /* of everything below; NULL: nothing read */
	time_t read_at;
	time_t doubted_at;
	struct entry *entries; /* by name */
	size_t n;
	const char **names;
	struct exposure_problems problems;
};

static void
forget(void *at)
{
	struct catalog *catalog = at;

	mem_free(catalog->mem);
	catalog->mem = NULL;
	catalog->entries = NULL;
	catalog->names = NULL;
	catalog->n = 0;
	catalog->problems = (struct exposure_problems){ 0 };
}

struct catalog *
catalog_new(struct mem *mem, const struct exposure *exposures, size_t n,
    const char *role)
{
	struct catalog *catalog = mem_alloc(mem, sizeof *catalog);

	catalog->exposures = exposures;
	catalog->n_exposures = n;
	catalog->reader.role = role;
	mem_release(mem, forget, catalog);
	return catalog;
}

void
catalog_refresh(struct catalog *catalog, bool stale)
{
	if (stale || time(NULL) - catalog->read_at > KEPT_SECONDS)
		forget(catalog);
}

bool
catalog_doubt(struct catalog *catalog)
{
	time_t now = time(NULL);

	if (catalog->doubted_at == now)
		return false;
	catalog->doubted_at = now;
	forget(catalog);
	return true;
}

const struct exposure_problem *
catalog_problems(const struct catalog *catalog, size_t *n)
{
	*n = catalog->problems.n;
	return catalog->problems.list;
}

/* The schemas or the tables of the exposures, as a text[]. */
static char *
names_array(
    struct mem *mem, const struct exposure *exposures, size_t n, bool schema)
{
	const char **names = mem_array(mem, n, sizeof *names);

	for (size_t i = 0; i < n; i++)
		names[i] = schema ? exposures[i].schema : exposures[i].table;
	return array_text(mem, names, n);
}

static int
by_name(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static bool
known(const struct catalog *catalog, const char *oid)
{
	for (size_t i = 0; i < catalog->n; i++)
		if (strcmp(catalog->entries[i].oid, oid) == 0)
			return true;
	return false;
}

/* Takes in the relations found; the statement gives exact ones first. */
static void
take_in(struct catalog *catalog, const struct db_result *rows)
{
	struct mem *mem = catalog->mem;
	bool *found = mem_array(mem, catalog->n_exposures, sizeof *found);

	for (size_t i = 0; i < db_rows(rows); i++) {
		const char *oid = db_value(rows, i, 0);
		size_t at = strtoul(db_value(rows, i, 3), NULL, 10) - 1;
		const struct exposure *exposure = &catalog->exposures[at];

		found[at] = true;
		if (known(catalog, oid))
			continue;
		catalog->entries = mem_grow(mem, catalog->entries, catalog->n,
		    sizeof *catalog->entries);
		catalog->entries[catalog->n++] = (struct entry){
			.name = exposure->table && exposure->name
				    ? exposure->name
				    : mem_string(mem, db_value(rows, i, 2)),
			.oid = mem_string(mem, oid),
			.exposure = exposure,
		};
	}
	for (size_t i = 0; i < catalog->n_exposures; i++)
		if (!found[i])
			exposure_complain(&catalog->problems,
			    catalog->exposures[i].line,
			    mem_printf(mem,
				"there is no table %s.%s in the database",
				catalog->exposures[i].schema,
				catalog->exposures[i].table
				    ? catalog->exposures[i].table
				    : "*"));
}

static unsigned
line_of_name(const struct exposure *exposure)
{
	return exposure->lines.name ? exposure->lines.name : exposure->line;
}

/* One name for two tables: neither is exposed, so that none is taken for the
 * other. */
static void
drop_twins(struct catalog *catalog)
{
	size_t kept = 0;

	for (size_t i = 0, next; i < catalog->n; i = next) {
		struct entry *entry = &catalog->entries[i];

		for (next = i + 1;
		     next < catalog->n &&
		     strcmp(entry->name, catalog->entries[next].name) == 0;
		     next++)
			;
		if (next == i + 1)
			catalog->entries[kept++] = *entry;
		else
			exposure_complain(&catalog->problems,
			    line_of_name(catalog->entries[next - 1].exposure),
			    mem_printf(catalog->mem,
				"the name %s stands for %zu tables; give each "
				"its own with \"name = ...\"",
				entry->name, next - i));
	}
	catalog->n = kept;
}

static enum outcome
read_names(struct catalog *catalog, struct db *db, struct fault *fault)
{
	struct mem *scratch;
	const char *values[2];
	struct db_step step = { statement_exposed, values, 2 };
	struct db_result *rows;
	enum outcome outcome;

	if (catalog->mem)
		return OUT_DONE;
	scratch = mem_new();
	values[0] = names_array(
	    scratch, catalog->exposures, catalog->n_exposures, true);
	values[1] = names_array(
	    scratch, catalog->exposures, catalog->n_exposures, false);
	/* faults point into the arena that outlives this call */
	catalog->mem = catalog->problems.mem = mem_new();
	outcome = db_learn(
	    db, catalog->mem, &catalog->reader, NULL, &step, 1, &rows, fault);
	mem_free(scratch);
	if (outcome != OUT_DONE) {
		catalog->read_at = 0;
		catalog->names = mem_array(catalog->mem, 1, sizeof(char *));
		return outcome;
	}
	catalog->read_at = time(NULL);
	take_in(catalog, rows);
	if (catalog->n > 0)
		qsort(catalog->entries, catalog->n, sizeof *catalog->entries,
		    by_name);
	drop_twins(catalog);
	catalog->names =
	    mem_array(catalog->mem, catalog->n, sizeof *catalog->names);
	for (size_t i = 0; i < catalog->n; i++)
		catalog->names[i] = catalog->entries[i].name;
	return OUT_DONE;
}

enum outcome
catalog_names(struct catalog *catalog, struct db *db, const char *const **names,
    size_t *n, struct fault *fault)
{
	enum outcome outcome = read_names(catalog, db, fault);

	*names = catalog->names;
	*n = catalog->n;
	return outcome;
}

static enum outcome
read_table(struct catalog *catalog, struct db *db, struct entry *entry,
    struct fault *fault)
{
	struct guard_facts facts;
	struct table *table;
	enum outcome outcome = introspect(db, catalog->mem, &catalog->reader,
	    entry->oid, &table, &facts, fault);

	if (outcome != OUT_DONE)
		return outcome;
	entry->table = table;
	table->name = entry->name;
	table->exposure = (size_t)(entry->exposure - catalog->exposures);
	exposure_apply(entry->exposure, table, &facts, &catalog->problems);
	return OUT_DONE;
}

static enum outcome
table_of(struct catalog *catalog, struct db *db, struct entry *entry,
    const struct table **table, struct fault *fault)
{
	enum outcome outcome = OUT_DONE;

	if (!entry->table)
		outcome = read_table(catalog, db, entry, fault);
	*table = entry->table;
	return outcome;
}

enum outcome
catalog_table(struct catalog *catalog, struct db *db, const char *name,
    const struct table **table, struct fault *fault)
{
	struct entry wanted = { .name = name }, *entry;
	enum outcome outcome = read_names(catalog, db, fault);

	if (outcome != OUT_DONE)
		return outcome;
	entry = catalog->n ? bsearch(&wanted, catalog->entries, catalog->n,
				 sizeof *entry, by_name)
			   : NULL;
	if (!entry)
		return fault_set(fault, OUT_ABSENT, "table",
		    WORD_F_ABSENT_TABLE, name, NULL);
	return table_of(catalog, db, entry, table, fault);
}

enum outcome
catalog_relation(struct catalog *catalog, struct db *db, unsigned oid,
    const struct table **table, struct fault *fault)
{
	enum outcome outcome = read_names(catalog, db, fault);

	for (size_t i = 0; outcome == OUT_DONE && i < catalog->n; i++)
		if (strtoul(catalog->entries[i].oid, NULL, 10) == oid)
			return table_of(
			    catalog, db, &catalog->entries[i], table, fault);
	if (outcome != OUT_DONE)
		return outcome;
	return fault_set(
	    fault, OUT_ABSENT, "table", WORD_F_ABSENT_TABLE, "", NULL);
}
