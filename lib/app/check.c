#include "app/check.h"

#include <string.h>
#include <time.h>

#include "app/checktable.h"
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

	checktable_add(check, before, FINDING_PLAIN, WORD_CHECK_CONFIGURATION,
	    config->file, NULL);
	if (config->n_tables == 0)
		checktable_add(check, before, FINDING_NOTE,
		    WORD_CHECK_NO_TABLES, NULL, NULL);
	if (!rights_given(config))
		checktable_add(
		    check, before, FINDING_NOTE, WORD_CHECK_NOBODY, NULL, NULL);
	if (!config->secret)
		checktable_add(check, before, FINDING_NOTE,
		    WORD_CHECK_NO_SECRET, NULL, NULL);
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
		checktable_add(check, before, FINDING_WRONG,
		    WORD_CHECK_NO_ACCOUNTS, NULL,
		    mem_printf(check->mem, "SELECT ifmatch.accounts_for(%s);",
			checktable_literal(
			    check->mem, check->role ? check->role : "ROLE")));
	else if (fault.outcome == OUT_DONE && any && setup)
		checktable_add(check, before, FINDING_NOTE,
		    WORD_CHECK_SETUP_DONE, NULL, NULL);
	else if (fault.outcome == OUT_DONE && !any)
		checktable_add(check, before, FINDING_NOTE,
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
	checktable_read(&check);
	check_problems(&check);
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
