#include "app/check.h"

#include <string.h>

#include "app/site.h"
#include "store/catalog.h"
#include "store/statements.h"

struct check {
	const struct config *config;
	struct mem *mem;
	struct db *db;
	struct catalog *catalog;
	FILE *out;
	bool wrong;
};

static const struct {
	enum right right;
	const char *name;
} rights[] = {
	{ RIGHT_READ, "read" },
	{ RIGHT_CREATE, "create" },
	{ RIGHT_UPDATE, "update" },
	{ RIGHT_DELETE, "delete" },
};

static void
print_key(struct check *check, const struct table *table)
{
	fputs(table->n_key ? "  key: " : "  key: none", check->out);
	for (size_t i = 0; i < table->n_key; i++)
		fprintf(check->out, "%s%s", i > 0 ? ", " : "",
		    table->columns[table->key[i]].name);
	putc('\n', check->out);
}

static void
print_rights(struct check *check, const struct table *table)
{
	const char *before = "";

	fputs("  rights: ", check->out);
	for (size_t i = 0; i < sizeof rights / sizeof *rights; i++)
		if (table->rights & rights[i].right) {
			fprintf(check->out, "%s%s", before, rights[i].name);
			before = ", ";
		}
	fputs(*before ? "\n" : "none\n", check->out);
}

/* A text as SQL's literal: an identifier may hold quotes itself. */
static char *
literal(struct mem *mem, const char *value)
{
	struct text *text = mem_text_open(mem);

	putc('\'', text->out);
	for (; *value; value++) {
		if (*value == '\'')
			putc('\'', text->out);
		putc(*value, text->out);
	}
	putc('\'', text->out);
	return mem_text(text);
}

/* Lines of the configuration or of SQL, set off. */
static void
print_advice(struct check *check, const char *advice)
{
	while (advice && *advice) {
		size_t len = strcspn(advice, "\n");

		fprintf(check->out, "      %.*s\n", (int)len, advice);
		advice += len + (advice[len] != '\0');
	}
}

static void
print_missing(struct check *check, const struct table *table)
{
	const char *args[3] = { table->why_arg };

	if (!(table->rights & RIGHT_READ))
		fprintf(check->out,
		    "  may not be read; if it should:\n"
		    "      GRANT SELECT ON %s TO %s;\n",
		    table->ident, table->role);
	if (table->guard == GUARD_NONE) {
		fprintf(check->out, "  read-only: %s\n",
		    words_fill(check->mem, LANGUAGE_EN, table->why, args));
		print_advice(check, table->advice);
	} else if (table->guard != GUARD_VERSION &&
		   (table->kind == 'r' || table->kind == 'p')) {
		fprintf(check->out,
		    "  who changed a row and when is not known; with "
		    "sql/ifmatch.sql it would be:\n"
		    "      SELECT ifmatch.protect(%s);\n",
		    literal(check->mem, table->ident));
	}
}

/* What on a protected table could get between our trigger and the rows. */
static void
print_warnings(struct check *check, const struct table *table)
{
	const char *values[2] = { mem_printf(check->mem, "%u", table->oid) };
	struct db_step highest = { mem_printf(check->mem,
				       "SELECT max(t.version) FROM %s AS t",
				       table->ident),
		NULL, 0 };
	struct db_step warnings = { statement_protected_warnings, values, 2 };
	struct db_result *rows;
	struct fault fault;

	if (table->guard != GUARD_VERSION || table->kind == 'v' ||
	    db_run(check->db, check->mem, NULL, DB_READ, &highest, 1, &rows,
		&fault) != OUT_DONE)
		return;
	values[1] = db_value(rows, 0, 0);
	if (db_run(check->db, check->mem, NULL, DB_READ, &warnings, 1, &rows,
		&fault) != OUT_DONE)
		return;
	for (size_t i = 0; i < db_rows(rows); i++) {
		fprintf(check->out, "  warning: %s\n", db_value(rows, i, 0));
		check->wrong = true;
	}
}

static void
print_table(struct check *check, const char *name)
{
	const struct table *table;
	struct fault fault;

	if (catalog_table(check->catalog, check->db, name, &table, &fault) !=
	    OUT_DONE) {
		fprintf(check->out, "%s\n  cannot be read: %s\n", name,
		    fault.primary ? fault.primary
				  : words_text(LANGUAGE_EN, fault.message));
		check->wrong = true;
		return;
	}
	fprintf(check->out, "%s (%s)\n", table->name, table->ident);
	print_key(check, table);
	fprintf(check->out, "  guard: %s%s%s\n", table_guard_name(table),
	    table->version ? " in " : "", table->version ? table->version : "");
	print_rights(check, table);
	print_missing(check, table);
	print_warnings(check, table);
}

static void
print_problems(struct check *check)
{
	size_t n;
	const struct catalog_problem *problems =
	    catalog_problems(check->catalog, &n);

	for (size_t i = 0; i < n; i++)
		fprintf(check->out, "%s\n",
		    config_complaint(check->mem, check->config,
			problems[i].line, "%s", problems[i].text));
	check->wrong |= n > 0;
}

static void
print_settings(struct check *check)
{
	const struct config *config = check->config;

	fprintf(check->out, "configuration: %s\n", config->file);
	if (config->n_tables == 0)
		fputs("nothing is on offer: no [table ...] section\n",
		    check->out);
	if (config->anonymous == CONFIG_NONE &&
	    (config->authenticated == CONFIG_NONE || !config->remote_user))
		fputs("nobody is allowed in: see anonymous and remote_user\n",
		    check->out);
	if (!config->secret)
		fputs("without \"secret\" browsers that send neither "
		      "Sec-Fetch-Site nor Origin cannot save\n",
		    check->out);
}

int
check_run(const struct config *config, FILE *out)
{
	struct mem *mem = mem_new();
	struct check check = { .config = config, .mem = mem, .out = out };
	const char *const *names;
	struct fault fault;
	size_t n;

	check.db = db_new(mem, site_options(mem, config));
	check.catalog =
	    catalog_new(mem, site_exposures(mem, config), config->n_tables);
	print_settings(&check);
	if (catalog_names(check.catalog, check.db, &names, &n, &fault) !=
	    OUT_DONE) {
		fprintf(out, "%s\n",
		    fault.primary ? fault.primary
				  : words_text(LANGUAGE_EN, fault.message));
		check.wrong = true;
		n = 0;
	}
	for (size_t i = 0; i < n; i++)
		print_table(&check, names[i]);
	print_problems(&check);
	mem_free(mem);
	return check.wrong;
}
