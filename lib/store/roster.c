#include "store/roster.h"

#include <string.h>

#include "store/array.h"
#include "store/statements.h"

static const char *
truth(bool value)
{
	return value ? "t" : "f";
}

enum outcome
roster_add(struct accounts *accounts, struct mem *mem, const struct person *by,
    const struct roster_entry *entry, struct fault *fault)
{
	const char *values[] = { entry->name, entry->display,
		truth(entry->admin), truth(entry->disabled),
		array_text(mem, entry->groups, entry->n_groups) };
	struct db_result *rows;

	if (account_run_one(accounts, mem, by, DB_WRITE, statement_roster_add,
		values, 5, &rows, fault) != OUT_DONE)
		return fault->outcome;
	if (db_rows(rows) == 0)
		return fault_set(fault, OUT_CONFLICT, NULL,
		    WORD_F_ACCOUNT_TAKEN, entry->name, NULL);
	return OUT_DONE;
}

/* Why a change has found nothing to change. */
static enum outcome
judge(const struct roster_entry *entry, const struct account *now,
    struct fault *fault)
{
	if (!now)
		return fault_set(
		    fault, OUT_ABSENT, NULL, WORD_F_ABSENT, NULL, NULL);
	if (strcmp(now->epoch, entry->epoch) != 0)
		return fault_set(
		    fault, OUT_STALE, "_etag", WORD_F_STALE, NULL, NULL);
	return fault_set(
	    fault, OUT_CONFLICT, NULL, WORD_F_LAST_ADMIN, NULL, NULL);
}

enum outcome
roster_change(struct accounts *accounts, struct mem *mem,
    const struct person *by, const struct roster_entry *entry,
    struct account **now, struct fault *fault)
{
	enum {
		LOCK,
		CHANGE,
		LOOK,
		STEPS
	};
	const char *values[] = { entry->name, entry->epoch, entry->display,
		truth(entry->admin), truth(entry->disabled),
		array_text(mem, entry->groups, entry->n_groups) };
	const struct db_step steps[STEPS] = {
		[LOCK] = { statement_account_lock, NULL, 0 },
		[CHANGE] = { statement_roster_change, values, 6 },
		[LOOK] = { statement_account_named, values, 1 },
	};
	struct db_result *results[STEPS];

	*now = NULL;
	if (account_run(accounts, mem, by, DB_WRITE, steps, STEPS, results,
		fault) != OUT_DONE)
		return fault->outcome;
	if (db_rows(results[LOOK]) > 0)
		*now = account_take(mem, results[LOOK], 0);
	return db_rows(results[CHANGE]) > 0 ? OUT_DONE
					    : judge(entry, *now, fault);
}

enum outcome
roster_invite(struct accounts *accounts, struct mem *mem,
    const struct person *by, const char *name, const char *hash, long seconds,
    struct fault *fault)
{
	const char *values[] = { hash, name, mem_printf(mem, "%ld", seconds) };

	return account_change(
	    accounts, mem, by, statement_account_invite, values, 3, fault);
}

enum outcome
roster_end(struct accounts *accounts, struct mem *mem, const struct person *by,
    const char *name, const char *but, struct fault *fault)
{
	const char *values[] = { name, but };

	return account_run_one(accounts, mem, by, DB_WRITE,
	    statement_roster_end, values, 2, NULL, fault);
}

enum outcome
roster_hold(struct accounts *accounts, struct mem *mem, const struct person *by,
    const char *name, struct roster_holdings *holdings, struct fault *fault)
{
	const struct db_step steps[] = { { statement_roster_tokens, &name, 1 },
		{ statement_roster_sessions, &name, 1 } };
	struct db_result *results[2];

	*holdings = (struct roster_holdings){ 0 };
	if (account_run(accounts, mem, by, DB_READ, steps, 2, results, fault) !=
	    OUT_DONE)
		return fault->outcome;
	holdings->n = db_rows(results[0]);
	holdings->tokens =
	    mem_array(mem, holdings->n, sizeof *holdings->tokens);
	for (size_t i = 0; i < holdings->n; i++)
		holdings->tokens[i] = (struct roster_token){
			.id = db_value(results[0], i, 0),
			.label = db_value(results[0], i, 1),
			.made_at = db_value(results[0], i, 2),
		};
	holdings->sessions = db_value(results[1], 0, 0);
	return OUT_DONE;
}

enum outcome
roster_token_add(struct accounts *accounts, struct mem *mem,
    const struct person *by, const char *name, const char *hash,
    const char *label, struct fault *fault)
{
	const char *values[] = { name, hash, label };

	return account_run_one(accounts, mem, by, DB_WRITE,
	    statement_roster_token_add, values, 3, NULL, fault);
}

enum outcome
roster_token_drop(struct accounts *accounts, struct mem *mem,
    const struct person *by, const char *name, const char *id,
    struct fault *fault)
{
	const char *values[] = { name, id };

	return account_run_one(accounts, mem, by, DB_WRITE,
	    statement_roster_token_drop, values, 2, NULL, fault);
}
