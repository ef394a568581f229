#include "store/catalog.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
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
	struct catalog_problem *problems;
	size_t n_problems;
};

static void
forget(void *at)
{
	struct catalog *catalog = at;

	mem_free(catalog->mem);
	catalog->mem = NULL;
	catalog->entries = NULL;
	catalog->names = NULL;
	catalog->n = catalog->n_problems = 0;
	catalog->problems = NULL;
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

static void
complain(struct catalog *catalog, unsigned line, char *text)
{
	catalog->problems = mem_grow(catalog->mem, catalog->problems,
	    catalog->n_problems, sizeof *catalog->problems);
	catalog->problems[catalog->n_problems++] =
	    (struct catalog_problem){ line, text };
}

const struct catalog_problem *
catalog_problems(const struct catalog *catalog, size_t *n)
{
	*n = catalog->n_problems;
	return catalog->problems;
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
			complain(catalog, catalog->exposures[i].line,
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
			complain(catalog,
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
	catalog->mem = mem_new();
	outcome = db_run(db, catalog->mem, &catalog->reader, DB_READ, &step, 1,
	    &rows, fault);
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

/* Complains of a column that is not there, unless all of a schema is meant. */
static void
miss(struct catalog *catalog, const struct entry *entry, unsigned line,
    const char *name)
{
	enum {
		LISTED = 12
	};
	const struct table *table = entry->table;
	struct text *text;

	if (!entry->exposure->table)
		return;
	text = mem_text_open(catalog->mem);
	fprintf(text->out, "the table %s has no column %s: expected one of ",
	    table->name, name);
	for (size_t i = 0; i < table->n_columns && i < LISTED; i++)
		fprintf(text->out, "%s%s", i > 0 ? ", " : "",
		    table->columns[i].name);
	fputs(table->n_columns > LISTED ? ", ..." : "", text->out);
	complain(catalog, line, mem_text(text));
}

/* The columns that rights name. Whom a right is meant for whose column is not
 * there cannot be told, so nobody is given any. */
static void
check_named(struct catalog *catalog, const struct entry *entry)
{
	const struct exposure *exposure = entry->exposure;

	for (size_t i = 0; i < exposure->n_named; i++) {
		const struct exposure_name *named = &exposure->named[i];

		if (table_column(entry->table, named->name))
			continue;
		miss(catalog, entry, named->line, named->name);
		log_line(LOG_ERROR,
		    "line %u of the configuration: the table %s is not "
		    "offered: it has no column %s",
		    named->line, entry->name, named->name);
		entry->table->withheld = true;
	}
}

/* The columns that a label names in braces. */
static void
check_label(struct catalog *catalog, const struct entry *entry)
{
	const char *at = entry->table->label;

	while (at && (at = strchr(at, '{')) != NULL) {
		size_t len = strcspn(++at, "}");
		char *name = mem_copy(catalog->mem, at, len);

		if (at[len] && !table_column(entry->table, name))
			miss(
			    catalog, entry, entry->exposure->lines.label, name);
		at += len;
	}
}

/* What the configuration says of the version and the date of a change. */
static void
check_wish(struct catalog *catalog, const struct entry *entry)
{
	const struct exposure *exposure = entry->exposure;
	const struct guard_wish *wish = &exposure->wish;
	const struct table *table = entry->table;
	const char *args[3] = { table->why_arg };

	if (wish->version_column && table->why == WORD_WHY_NO_VERSION)
		miss(catalog, entry, exposure->lines.version,
		    wish->version_column);
	if (wish->version_column && table->why == WORD_WHY_VERSION_TYPE)
		complain(catalog, exposure->lines.version,
		    words_fill(catalog->mem, LANGUAGE_EN, table->why, args));
	if (wish->modified && !table_column(table, wish->modified))
		miss(catalog, entry, exposure->lines.modified, wish->modified);
}

/* Marks the columns that a list of the configuration names. */
static void
mark(struct catalog *catalog, const struct entry *entry,
    const char *const *names, size_t n, bool hide)
{
	const struct exposure *exposure = entry->exposure;
	struct table *table = entry->table;

	for (size_t i = 0; i < n; i++) {
		const struct column *found = table_column(table, names[i]);
		struct column *column;

		if (!found) {
			miss(catalog, entry,
			    hide ? exposure->lines.hidden
				 : exposure->lines.read_only,
			    names[i]);
			continue;
		}
		column = &table->columns[table_index(table, found)];
		column->hidden |= hide;
		column->read_only |= !hide;
	}
}

/* Marks those that a list proposes to edit in place. */
static void
mark_grid(struct catalog *catalog, const struct entry *entry)
{
	const struct exposure *exposure = entry->exposure;
	struct table *table = entry->table;

	for (size_t i = 0; i < exposure->n_grid; i++) {
		const struct column *found =
		    table_column(table, exposure->grid[i]);

		if (found)
			table->columns[table_index(table, found)].in_grid =
			    true;
		else
			miss(catalog, entry, exposure->lines.grid,
			    exposure->grid[i]);
	}
}

/* A configured key stands in for one that the catalogue does not know. */
static void
set_key(struct catalog *catalog, const struct entry *entry)
{
	const struct exposure *exposure = entry->exposure;
	struct table *table = entry->table;

	if (exposure->n_key == 0)
		return;
	/* nothing says that such a key is one row's alone */
	table->plain[TABLE_UPDATE] = table->plain[TABLE_DELETE] = false;
	table->n_key = 0;
	table->key =
	    mem_array(catalog->mem, exposure->n_key, sizeof *table->key);
	for (size_t i = 0; i < exposure->n_key; i++) {
		const struct column *column =
		    table_column(table, exposure->key[i]);

		if (column)
			table->key[table->n_key++] = table_index(table, column);
		else
			miss(catalog, entry, exposure->lines.key,
			    exposure->key[i]);
	}
}

/* What the guard, the key and rules take away from the rights. */
static void
narrow(struct table *table)
{
	for (size_t i = 0; i < table->n_key; i++) {
		table->columns[table->key[i]].key_part = (int)i + 1;
		if (!table->columns[table->key[i]].selectable)
			table->n_key = 0;
	}
	if (table->guard == GUARD_NONE || table->n_key == 0)
		table->rights &= RIGHT_READ | RIGHT_EXPORT;
	if (table->ruled[TABLE_INSERT])
		table->rights &= ~(unsigned)RIGHT_CREATE;
	if (table->ruled[TABLE_UPDATE])
		table->rights &= ~(unsigned)RIGHT_UPDATE;
	if (table->ruled[TABLE_DELETE])
		table->rights &= ~(unsigned)RIGHT_DELETE;
}

static enum outcome
read_table(struct catalog *catalog, struct db *db, struct entry *entry,
    struct fault *fault)
{
	const struct exposure *exposure = entry->exposure;
	struct guard_facts facts;
	struct table *table;
	enum outcome outcome = introspect(db, catalog->mem, &catalog->reader,
	    entry->oid, &table, &facts, fault);

	if (outcome != OUT_DONE)
		return outcome;
	entry->table = table;
	table->name = entry->name;
	table->label = exposure->label;
	table->exposure = (size_t)(exposure - catalog->exposures);
	table->counter = exposure->counter;
	table->filtered_writes = exposure->filtered_writes;
	table->merges = exposure->merges;
	set_key(catalog, entry);
	for (size_t i = 0; i < table->n_key; i++)
		table->columns[table->key[i]].key_part = (int)i + 1;
	guard_decide(catalog->mem, table, &facts, &exposure->wish);
	mark(catalog, entry, exposure->hidden, exposure->n_hidden, true);
	mark(catalog, entry, exposure->read_only, exposure->n_read_only, false);
	mark_grid(catalog, entry);
	check_named(catalog, entry);
	check_label(catalog, entry);
	check_wish(catalog, entry);
	narrow(table);
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
