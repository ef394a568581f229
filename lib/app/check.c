#include "app/check.h"

#include <string.h>
#include <time.h>

#include "app/frontcheck.h"
#include "app/frontcurl.h"
#include "app/probe.h"
#include "app/rights.h"
#include "app/site.h"
#include "store/account.h"
#include "store/statements.h"

enum {
	EXIT_NO_URL = 2
};

struct check {
	const struct config *config;
	struct mem *mem;
	struct db *db;
	struct catalog *catalog;
	enum language language;
	const char *role, *protect; /* SQL names; NULL: not known */
	struct check_report *report;
};

/* A word as a finding; arg and advice may be NULL. */
static void
add(struct check *check, struct findings *findings, enum finding_level level,
    enum word word, const char *arg, const char *advice)
{
	const char *const args[3] = { arg, NULL, NULL };

	finding_add(check->mem, findings, level,
	    words_fill(check->mem, check->language, word, args), advice);
}

/* What the database said, or else what the fault says. */
static const char *
reason(const struct check *check, const struct fault *fault)
{
	return fault->primary ? fault->primary
			      : words_text(check->language, fault->message);
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

static void
read_names(struct check *check)
{
	struct db_step step = { statement_check_names, NULL, 0 };
	struct db_result *rows;
	struct fault fault;

	if (db_run(check->db, check->mem, NULL, DB_READ, &step, 1, &rows,
		&fault) != OUT_DONE)
		return;
	check->role = db_value(rows, 0, 0);
	check->protect = db_value(rows, 0, 1);
}

/* How a table gets a key. */
static const char *
key_advice(struct mem *mem, const struct table *table)
{
	if (table->kind != 'r' && table->kind != 'p')
		return "key = COLUMN";
	return mem_printf(mem,
	    table_column(table, "id")
		? "ALTER TABLE %s ADD PRIMARY KEY (id);"
		: "ALTER TABLE %s ADD COLUMN id bigint GENERATED ALWAYS AS "
		  "IDENTITY PRIMARY KEY;",
	    table->ident);
}

/* What of the usual rights the program's role has not got. */
static void
judge_rights(struct check *check, struct check_table *checked)
{
	static const struct {
		enum right right;
		const char *name;
	} rights[] = { { RIGHT_CREATE, "INSERT" }, { RIGHT_UPDATE, "UPDATE" },
		{ RIGHT_DELETE, "DELETE" } };
	const struct table *table = checked->table;
	const char *missing = NULL;

	if (table->guard == GUARD_NONE || !(table->rights & RIGHT_READ) ||
	    (table->kind != 'r' && table->kind != 'p'))
		return;
	for (size_t i = 0; i < sizeof rights / sizeof *rights; i++)
		if (!(table->rights & rights[i].right))
			missing = missing ? mem_printf(check->mem, "%s, %s",
						missing, rights[i].name)
					  : rights[i].name;
	if (missing)
		add(check, &checked->findings, FINDING_PLAIN,
		    WORD_CHECK_NO_WRITE, NULL,
		    mem_printf(check->mem, "GRANT %s ON %s TO %s;", missing,
			table->ident, table->role));
}

static void
judge_table(struct check *check, struct check_table *checked)
{
	const struct table *table = checked->table;
	const char *const args[3] = { table->why_arg, NULL, NULL };

	if (!(table->rights & RIGHT_READ))
		add(check, &checked->findings, FINDING_PLAIN,
		    WORD_CHECK_NO_READ, NULL,
		    mem_printf(check->mem, "GRANT SELECT ON %s TO %s;",
			table->ident, table->role));
	if (table->guard == GUARD_NONE)
		add(check, &checked->findings, FINDING_PLAIN,
		    WORD_CHECK_READ_ONLY,
		    words_fill(check->mem, check->language, table->why, args),
		    table->why == WORD_WHY_NO_KEY
			? key_advice(check->mem, table)
			: table->advice);
	judge_rights(check, checked);
}

/* What on a protected table could get between our trigger and the rows. */
static void
judge_protection(struct check *check, struct check_table *checked)
{
	const struct table *table = checked->table;
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
	for (size_t i = 0; i < db_rows(rows); i++)
		finding_add(check->mem, &checked->findings, FINDING_WRONG,
		    db_value(rows, i, 0), NULL);
}

static void
check_one(struct check *check, struct check_table *checked, const char *name)
{
	struct fault fault;

	checked->name = mem_string(check->mem, name);
	if (catalog_table(check->catalog, check->db, name, &checked->table,
		&fault) != OUT_DONE) {
		checked->table = NULL;
		add(check, &checked->findings, FINDING_WRONG,
		    WORD_CHECK_UNREADABLE, reason(check, &fault), NULL);
		return;
	}
	judge_table(check, checked);
	judge_protection(check, checked);
}

static void
check_tables(struct check *check)
{
	struct check_report *report = check->report;
	const char *const *names;
	struct fault fault;
	size_t n;

	if (catalog_names(check->catalog, check->db, &names, &n, &fault) !=
	    OUT_DONE) {
		add(check, &report->before, FINDING_WRONG,
		    WORD_CHECK_UNREACHABLE, reason(check, &fault), NULL);
		return;
	}
	report->n = n;
	report->tables = mem_array(check->mem, n, sizeof *report->tables);
	for (size_t i = 0; i < n; i++)
		check_one(check, &report->tables[i], names[i]);
}

/* Whether our trigger would do a table good that is fine without it. */
static bool
could_be_protected(const struct table *table)
{
	return table && table->guard != GUARD_VERSION &&
	       table->guard != GUARD_NONE &&
	       (table->kind == 'r' || table->kind == 'p');
}

static void
advise_protection(struct check *check)
{
	struct text *advice = mem_text_open(check->mem);
	size_t n = 0;

	for (size_t i = 0; i < check->report->n; i++) {
		const struct table *table = check->report->tables[i].table;

		if (!could_be_protected(table))
			continue;
		fprintf(advice->out, "%sSELECT %s(%s);", n > 0 ? "\n" : "",
		    check->protect ? check->protect : "ifmatch.protect",
		    literal(check->mem, table->ident));
		n++;
	}
	if (n > 0)
		add(check, &check->report->after, FINDING_NOTE,
		    WORD_CHECK_UNPROTECTED, mem_printf(check->mem, "%zu", n),
		    mem_text(advice));
}

static void
check_problems(struct check *check)
{
	size_t n;
	const struct exposure_problem *problems =
	    catalog_problems(check->catalog, &n);

	for (size_t i = 0; i < n; i++)
		finding_add(check->mem, &check->report->after, FINDING_WRONG,
		    config_complaint(check->mem, check->config,
			problems[i].line, "%s", problems[i].text),
		    NULL);
}

static void
check_settings(struct check *check)
{
	const struct config *config = check->config;
	struct findings *before = &check->report->before;

	add(check, before, FINDING_PLAIN, WORD_CHECK_CONFIGURATION,
	    config->file, NULL);
	if (config->n_tables == 0)
		add(check, before, FINDING_NOTE, WORD_CHECK_NO_TABLES, NULL,
		    NULL);
	if (!rights_given(config))
		add(check, before, FINDING_NOTE, WORD_CHECK_NOBODY, NULL, NULL);
	if (!config->secret)
		add(check, before, FINDING_NOTE, WORD_CHECK_NO_SECRET, NULL,
		    NULL);
}

/* Our own accounts, where the site has them. */
static void
check_accounts(struct check *check)
{
	struct findings *before = &check->report->before;
	bool setup = check->config->setup_code != NULL;
	struct fault fault;
	bool any;

	if (!check->config->accounts)
		return;
	if (account_any(accounts_new(check->mem, check->db), check->mem, &any,
		&fault) == OUT_BROKEN)
		add(check, before, FINDING_WRONG, WORD_CHECK_NO_ACCOUNTS, NULL,
		    mem_printf(check->mem, "SELECT ifmatch.accounts_for(%s);",
			literal(
			    check->mem, check->role ? check->role : "ROLE")));
	else if (fault.outcome == OUT_DONE && any && setup)
		add(check, before, FINDING_NOTE, WORD_CHECK_SETUP_DONE, NULL,
		    NULL);
	else if (fault.outcome == OUT_DONE && !any)
		add(check, before, FINDING_NOTE,
		    setup ? WORD_CHECK_SETUP : WORD_CHECK_NO_SETUP, NULL, NULL);
}

struct check_report *
check_make(struct mem *mem, const struct config *config,
    struct catalog *catalog, struct db *db, enum language language)
{
	struct check check = {
		.config = config,
		.mem = mem,
		.db = db,
		.catalog = catalog,
		.language = language,
		.report = mem_alloc(mem, sizeof *check.report),
	};

	read_names(&check);
	check_settings(&check);
	check_accounts(&check);
	check_tables(&check);
	check_problems(&check);
	advise_protection(&check);
	return check.report;
}

/* What becomes of requests to the site at origin and base. Returns whether all
 * is well. */
static bool
run_front(struct mem *mem, const struct config *config, const char *origin,
    const char *base, FILE *out)
{
	struct findings findings = { 0 };
	struct front_plan *plan;
	struct front_reply *replies;

	fprintf(out, "%s%s\n", origin, base);
	if (!config->secret) {
		finding_add(mem, &findings, FINDING_WRONG,
		    words_text(LANGUAGE_EN, WORD_CHECK_NO_SECRET), NULL);
	} else {
		plan = frontplan_make(mem, config, base,
		    probe_token(mem, config->secret, time(NULL)));
		replies = frontcurl_run(mem, origin, plan);
		if (replies)
			findings = frontcheck_judge(mem, config, plan, replies,
			    origin, base, LANGUAGE_EN);
		else
			finding_add(mem, &findings, FINDING_WRONG,
			    words_text(LANGUAGE_EN, WORD_FRONT_NO_CURL), NULL);
	}
	finding_lines(out, &findings, "  ", LANGUAGE_EN);
	return !finding_any_wrong(&findings);
}

int
check_run(const struct config *config, const char *url, FILE *out)
{
	struct mem *mem = mem_new();
	struct check_report *report;
	const char *origin, *base;
	int status = EXIT_NO_URL;

	if (!url || frontcurl_url(mem, url, &origin, &base)) {
		report = check_make(mem, config,
		    catalog_new(mem, site_exposures(mem, config),
			config->n_tables, NULL),
		    db_new(mem, site_options(mem, config)), LANGUAGE_EN);
		check_lines(out, report);
		status = check_wrong(report);
		if (url && !run_front(mem, config, origin, base, out))
			status = 1;
	}
	mem_free(mem);
	return status;
}
