#include "app/importcommand.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/import.h"
#include "app/site.h"
#include "store/catalog.h"
#include "view/error.h"
#include "view/sheetjson.h"

const char importcommand_arguments[] = "TABLE FILE [--dry-run | --good]";

static int
complain(struct call *call)
{
	fprintf(stderr, "ifmatch: %s%s%s\n",
	    call->fault.primary ? call->fault.primary : "",
	    call->fault.primary ? ": " : "",
	    error_sentence(call->mem, &call->site, &call->fault));
	return EXIT_FAILURE;
}

/* All that the database and the table's section let be done. */
static struct scope *
whole_scope(struct mem *mem, const struct table *table)
{
	struct scope *scope = mem_alloc(mem, sizeof *scope);
	size_t n = table->n_columns;

	scope->table = table;
	scope->rights = table->rights;
	scope->read = mem_array(mem, n, sizeof *scope->read);
	scope->insert = mem_array(mem, n, sizeof *scope->insert);
	scope->update = mem_array(mem, n, sizeof *scope->update);
	for (size_t i = 0; i < n; i++) {
		const struct column *column = &table->columns[i];
		bool version = table->version && table->version_column == i;
		bool free = !column->kept && !version && !column->read_only;

		scope->read[i] =
		    column->selectable && (!column->hidden || column->key_part);
		scope->insert[i] = scope->read[i] && column->insertable && free;
		scope->update[i] = scope->read[i] && column->updatable && free;
	}
	return scope;
}

/* The whole of a file; NULL: errno says why not. */
static const char *
read_file(struct mem *mem, const char *name, FILE *in, size_t *len)
{
	FILE *file = strcmp(name, "-") == 0 ? in : fopen(name, "re");
	struct text *text = mem_text_open(mem);
	char buffer[BUFSIZ];
	size_t n;
	bool failed;

	if (!file)
		return NULL;
	while ((n = fread(buffer, 1, sizeof buffer, file)) > 0)
		fwrite(buffer, 1, n, text->out);
	failed = ferror(file) != 0;
	if (file != in)
		fclose(file);
	mem_text(text);
	*len = text->len;
	return failed ? NULL : text->at;
}

/* What a save notes as the person: who runs the command. */
static const char *
own_name(void)
{
	const struct passwd *own = getpwuid(geteuid());

	return own ? own->pw_name : NULL;
}

static int
import_file(struct call *call, const char *name, const char *bytes, size_t len,
    enum import_mode mode, FILE *out)
{
	struct catalog *catalog =
	    catalog_new(call->mem, site_exposures(call->mem, call->config),
		call->config->n_tables, NULL);
	const struct table *table;
	struct sheet sheet;
	struct text *text = mem_text_open(call->mem);

	if (catalog_table(catalog, call->db, name, &table, &call->fault) !=
	    OUT_DONE)
		return complain(call);
	call->scope = whole_scope(call->mem, table);
	if (sheet_read(call, bytes, len, &sheet) != OUT_DONE ||
	    import_run(call, &sheet, mode, NULL) != OUT_DONE)
		return complain(call);
	sheetjson_text(text->out, call->mem, &call->site, call->scope, &sheet);
	mem_text(text);
	fwrite(text->at, 1, text->len, out);
	return sheet.counts[SHEET_STALE] + sheet.counts[SHEET_REFUSED] == 0
		   ? EXIT_SUCCESS
		   : EXIT_FAILURE;
}

int
importcommand_run(
    const struct config *config, int argc, char **argv, FILE *in, FILE *out)
{
	struct mem *mem = mem_new();
	struct call call = { .config = config, .mem = mem };
	enum import_mode mode = IMPORT_WHOLE;
	const char *bytes;
	size_t len;
	int status = -1;

	call.who.name = own_name();
	call.site.language = LANGUAGE_EN;
	call.site.time_zone = config->time_zone;
	if (argc == 3 && strcmp(argv[2], "--dry-run") == 0)
		mode = IMPORT_REHEARSE;
	else if (argc == 3 && strcmp(argv[2], "--good") == 0)
		mode = IMPORT_GOOD;
	if (argc == 2 || mode != IMPORT_WHOLE) {
		call.db = db_new(mem, site_options(mem, config));
		bytes = read_file(mem, argv[1], in, &len);
		if (bytes) {
			status =
			    import_file(&call, argv[0], bytes, len, mode, out);
		} else {
			fprintf(stderr, "ifmatch: %s: %s\n", argv[1],
			    strerror(errno));
			status = EXIT_FAILURE;
		}
	}
	mem_free(mem);
	return status;
}
