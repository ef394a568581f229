#include "app/site.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/locate.h"
#include "format/hash.h"

static const struct exposure_name *
named(struct mem *mem, const struct config_table *said)
{
	const struct config_names *const lists[] = { &said->reads,
		&said->updates };
	struct exposure_name *all =
	    mem_array(mem, said->reads.n + said->updates.n, sizeof *all);
	size_t n = 0;

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < lists[k]->n; i++)
			all[n++] =
			    (struct exposure_name){ lists[k]->items[i].name,
				    lists[k]->items[i].list.line };
	return all;
}

struct exposure *
site_exposures(struct mem *mem, const struct config *config)
{
	struct exposure *all = mem_array(mem, config->n_tables, sizeof *all);

	for (size_t i = 0; i < config->n_tables; i++) {
		const struct config_table *said = &config->tables[i];

		all[i] = (struct exposure){
			.schema = said->schema,
			.table = said->table,
			.name = said->name.text,
			.label = said->label.text,
			.hidden = said->hidden.items,
			.n_hidden = said->hidden.n,
			.read_only = said->read_only.items,
			.n_read_only = said->read_only.n,
			.key = said->key.items,
			.n_key = said->key.n,
			.grid = said->grid.items,
			.n_grid = said->grid.n,
			.wish = { .version_column = said->version_column.text,
			    .bump_trigger = said->bump == CONFIG_BUMP_TRIGGER,
			    .modified = said->modified.text },
			.named = named(mem, said),
			.n_named = said->reads.n + said->updates.n,
			.counter = said->counter,
			.filtered_writes = said->filtered_writes,
			.merges = said->on_conflict == CONFIG_MERGE,
			.line = said->line,
			.lines = { .name = said->name.line,
			    .label = said->label.line,
			    .hidden = said->hidden.line,
			    .read_only = said->read_only.line,
			    .key = said->key.line,
			    .grid = said->grid.line,
			    .version = said->version_column.line,
			    .modified = said->modified.line },
		};
	}
	return all;
}

static void
write_schema(FILE *out, const char *schema)
{
	fputs(", \"", out);
	for (; *schema; schema++) {
		if (*schema == '"')
			putc('"', out);
		putc(*schema, out);
	}
	putc('"', out);
}

static bool
seen_before(const struct config *config, size_t i)
{
	const char *schema = config->tables[i].schema;

	if (strcmp(schema, config->schema) == 0)
		return true;
	for (size_t k = 0; k < i; k++)
		if (strcmp(schema, config->tables[k].schema) == 0)
			return true;
	return false;
}

/* Where a folder of our own may lie: as configured, else in the home folder,
 * else among what is temporary, under a name that is the user's. */
static const char *const *
folders(struct mem *mem, const struct config *config)
{
	const char **paths = mem_array(mem, 3, sizeof *paths);
	const char *home = locate_home(mem);
	size_t n = 0;

	if (config->folder) {
		paths[n++] = config->folder;
		return paths;
	}
	if (*home)
		paths[n++] = mem_printf(mem, "%s/.cache/ifmatch", home);
	paths[n] =
	    mem_printf(mem, "/tmp/ifmatch-%lu", (unsigned long)geteuid());
	return paths;
}

/* Two sites have two configurations; one that is found by two paths is one. */
static const char *
site_name(struct mem *mem, const struct config *config)
{
	char real[PATH_MAX];
	const char *path = realpath(config->file, real) ? real : config->file;

	return mem_printf(mem, "%.16s", hash_text(mem, path, strlen(path)));
}

struct db_options *
site_options(struct mem *mem, const struct config *config)
{
	struct db_options *options = mem_alloc(mem, sizeof *options);
	struct text *path = mem_text_open(mem);

	/* pg_catalog first: nothing may shadow its operators */
	fputs("pg_catalog", path->out);
	write_schema(path->out, config->schema);
	for (size_t i = 0; i < config->n_tables; i++)
		if (!seen_before(config, i))
			write_schema(path->out, config->tables[i].schema);
	fputs(", pg_temp", path->out);
	options->conninfo = config->database;
	options->time_zone = config->time_zone;
	options->search_path = mem_text(path);
	options->statement_timeout =
	    mem_printf(mem, "%ldms", config->statement_timeout);
	options->connections = config->connections;
	options->site = site_name(mem, config);
	options->folders = folders(mem, config);
	return options;
}
