#include "store/account.h"

#include <string.h>

#include "base/log.h"
#include "store/sqlstate.h"
#include "store/statements.h"

enum {
	VALUES_MAX = 4
};

struct accounts {
	struct mem *mem;
	struct db *db;
	const char *home; /* the schema, quoted; NULL: not found yet */
	const char *gates[ACCOUNT__MAX];
};

struct accounts *
accounts_new(struct mem *mem, struct db *db)
{
	struct accounts *accounts = mem_alloc(mem, sizeof *accounts);

	accounts->mem = mem;
	accounts->db = db;
	return accounts;
}

/* A statement of ours with the schema in place of @home@. */
static char *
placed(struct mem *mem, const char *home, const char *sql)
{
	static const char mark[] = "@home@";
	struct text *text = mem_text_open(mem);
	const char *at;

	while ((at = strstr(sql, mark)) != NULL) {
		fwrite(sql, 1, (size_t)(at - sql), text->out);
		fputs(home, text->out);
		sql = at + strlen(mark);
	}
	fputs(sql, text->out);
	return mem_text(text);
}

static void
complain(const char *home, const char *role)
{
	if (!home)
		log_line(LOG_ERROR, "accounts = on, but the accounts are not "
				    "there: run sql/accounts.sql");
	else
		log_line(LOG_ERROR,
		    "the accounts may not be used; their owner may say: "
		    "SELECT %s.accounts_for('%s')",
		    home, role);
}

static enum outcome
ready(struct accounts *accounts, struct mem *mem, struct fault *fault)
{
	struct db_step step = { statement_account_home, NULL, 0 };
	struct db_result *rows;
	const char *home;

	if (accounts->home)
		return OUT_DONE;
	if (db_run(accounts->db, mem, NULL, DB_READ, &step, 1, &rows, fault) !=
	    OUT_DONE)
		return fault->outcome;
	home = db_rows(rows) > 0 ? db_value(rows, 0, 0) : NULL;
	if (!home || strcmp(db_value(rows, 0, 1), "t") != 0) {
		complain(home, home ? db_value(rows, 0, 2) : NULL);
		return fault_set(
		    fault, OUT_BROKEN, NULL, WORD_F_BROKEN, NULL, NULL);
	}
	accounts->home = mem_string(accounts->mem, home);
	accounts->gates[ACCOUNT_NAME] =
	    placed(accounts->mem, home, statement_gate_account);
	accounts->gates[ACCOUNT_SESSION] =
	    placed(accounts->mem, home, statement_gate_session);
	accounts->gates[ACCOUNT_TOKEN] =
	    placed(accounts->mem, home, statement_gate_token);
	return OUT_DONE;
}

enum outcome
account_run(struct accounts *accounts, struct mem *mem,
    const struct person *person, enum db_mode mode, const struct db_step *steps,
    size_t n, struct db_result **results, struct fault *fault)
{
	struct db_step *ours = mem_array(mem, n, sizeof *ours);
	struct person asked = { 0 };

	if (ready(accounts, mem, fault) != OUT_DONE)
		return fault->outcome;
	for (size_t i = 0; i < n; i++) {
		ours[i] = steps[i];
		ours[i].sql = placed(mem, accounts->home, steps[i].sql);
	}
	if (person)
		asked = *person;
	asked.role = NULL;
	db_run(accounts->db, mem, &asked, mode, ours, n, results, fault);
	/* moved or dropped while we were running */
	if (sqlstate_stale_catalog(fault))
		accounts->home = NULL;
	return fault->outcome;
}

enum outcome
account_run_one(struct accounts *accounts, struct mem *mem,
    const struct person *person, enum db_mode mode, const char *sql,
    const char *const *values, int n, struct db_result **rows,
    struct fault *fault)
{
	struct db_step step = { sql, values, n };

	if (rows)
		*rows = NULL;
	return account_run(accounts, mem, person, mode, &step, 1, rows, fault);
}

enum outcome
account_gate(struct accounts *accounts, enum account_kind kind,
    const char *what, const char *epoch, struct gate *gate, struct fault *fault)
{
	if (!accounts->home) {
		struct mem *mem = mem_new();
		enum outcome outcome = ready(accounts, mem, fault);

		mem_free(mem);
		if (outcome != OUT_DONE)
			return outcome;
	}
	*gate = (struct gate){
		.sql = accounts->gates[kind], .what = what, .epoch = epoch
	};
	return OUT_DONE;
}

enum outcome
account_pass(struct accounts *accounts, struct mem *mem, struct gate *gate,
    struct fault *fault)
{
	struct person person = { .gate = gate };

	return db_run(
	    accounts->db, mem, &person, DB_READ, NULL, 0, NULL, fault);
}

static bool
is_true(const char *value)
{
	return value && strcmp(value, "t") == 0;
}

struct account *
account_take(struct mem *mem, const struct db_result *rows, size_t i)
{
	struct account *account = mem_alloc(mem, sizeof *account);

	*account = (struct account){
		.name = db_value(rows, i, 0),
		.display = db_value(rows, i, 1),
		.password = db_value(rows, i, 2),
		.groups = db_value(rows, i, 3),
		.admin = is_true(db_value(rows, i, 4)),
		.disabled = is_true(db_value(rows, i, 5)),
		.epoch = db_value(rows, i, 6),
	};
	return account;
}

enum outcome
account_find(struct accounts *accounts, struct mem *mem, enum account_kind kind,
    const char *what, struct account **account, struct fault *fault)
{
	static const char *const texts[ACCOUNT__MAX] = {
		[ACCOUNT_NAME] = statement_account_named,
		[ACCOUNT_SESSION] = statement_account_of_session,
		[ACCOUNT_TOKEN] = statement_account_of_token,
		[ACCOUNT_INVITATION] = statement_account_of_invitation,
	};
	struct db_result *rows;

	*account = NULL;
	if (account_run_one(accounts, mem, NULL, DB_READ, texts[kind], &what, 1,
		&rows, fault) != OUT_DONE)
		return fault->outcome;
	if (db_rows(rows) > 0)
		*account = account_take(mem, rows, 0);
	return OUT_DONE;
}

enum outcome
account_list(struct accounts *accounts, struct mem *mem, struct account ***list,
    size_t *n, struct fault *fault)
{
	struct db_result *rows;

	*n = 0;
	if (account_run_one(accounts, mem, NULL, DB_READ,
		statement_account_list, NULL, 0, &rows, fault) != OUT_DONE)
		return fault->outcome;
	*n = db_rows(rows);
	*list = mem_array(mem, *n, sizeof **list);
	for (size_t i = 0; i < *n; i++)
		(*list)[i] = account_take(mem, rows, i);
	return OUT_DONE;
}

enum outcome
account_names(struct accounts *accounts, struct mem *mem,
    struct account_name **names, size_t *n, const char **epoch,
    struct fault *fault)
{
	struct db_result *rows;

	*n = 0;
	if (account_run_one(accounts, mem, NULL, DB_READ,
		statement_account_names, NULL, 0, &rows, fault) != OUT_DONE)
		return fault->outcome;
	*names = mem_array(mem, db_rows(rows), sizeof **names);
	*epoch = db_value(rows, 0, 0);
	for (size_t i = 0; i < db_rows(rows); i++)
		if (db_value(rows, i, 1))
			(*names)[(*n)++] =
			    (struct account_name){ db_value(rows, i, 1),
				    db_value(rows, i, 2) };
	return OUT_DONE;
}

enum outcome
account_any(
    struct accounts *accounts, struct mem *mem, bool *any, struct fault *fault)
{
	struct db_result *rows;

	*any = true;
	if (account_run_one(accounts, mem, NULL, DB_READ, statement_account_any,
		NULL, 0, &rows, fault) == OUT_DONE)
		*any = is_true(db_value(rows, 0, 0));
	return fault->outcome;
}

enum outcome
account_attempt(struct accounts *accounts, struct mem *mem, const char *name,
    const char *address, const char **wait, struct fault *fault)
{
	const char *values[] = { name, address };
	struct db_result *rows;

	if (account_run_one(accounts, mem, NULL, DB_WRITE,
		statement_account_attempt, values, 2, &rows, fault) == OUT_DONE)
		*wait = db_value(rows, 0, 0);
	return fault->outcome;
}

enum outcome
account_fine(struct accounts *accounts, struct mem *mem, const char *name,
    const char *address, struct fault *fault)
{
	const char *values[] = { name, address };

	return account_run_one(accounts, mem, NULL, DB_WRITE,
	    statement_account_fine, values, 2, NULL, fault);
}

enum outcome
account_change(struct accounts *accounts, struct mem *mem,
    const struct person *person, const char *sql, const char *const *values,
    int n, struct fault *fault)
{
	struct db_result *rows;

	if (account_run_one(accounts, mem, person, DB_WRITE, sql, values, n,
		&rows, fault) != OUT_DONE)
		return fault->outcome;
	if (db_rows(rows) == 0)
		return fault_set(
		    fault, OUT_ABSENT, NULL, WORD_F_ABSENT, NULL, NULL);
	return OUT_DONE;
}

enum outcome
account_first(struct accounts *accounts, struct mem *mem, const char *name,
    const char *password, struct fault *fault)
{
	const char *values[] = { name, password };
	struct db_step steps[] = { { statement_account_lock, NULL, 0 },
		{ statement_account_first, values, 2 } };
	struct db_result *results[2] = { NULL, NULL };

	if (account_run(accounts, mem, NULL, DB_WRITE, steps, 2, results,
		fault) != OUT_DONE)
		return fault->outcome;
	if (db_rows(results[1]) == 0)
		return fault_set(
		    fault, OUT_CONFLICT, NULL, WORD_F_UNIQUE, NULL, NULL);
	return OUT_DONE;
}

enum outcome
account_add(struct accounts *accounts, struct mem *mem, const char *name,
    const char *display, const char *password, bool admin, struct fault *fault)
{
	const char *values[VALUES_MAX] = { name, display, password,
		admin ? "t" : "f" };
	enum outcome outcome = account_change(accounts, mem, NULL,
	    statement_account_add, values, VALUES_MAX, fault);

	if (outcome == OUT_ABSENT)
		return fault_set(
		    fault, OUT_CONFLICT, NULL, WORD_F_UNIQUE, NULL, NULL);
	return outcome;
}

enum outcome
account_set_password(struct accounts *accounts, struct mem *mem,
    const char *name, const char *password, const char *session,
    struct fault *fault)
{
	const char *values[] = { name, password, session };

	return account_change(
	    accounts, mem, NULL, statement_account_password, values, 3, fault);
}

enum outcome
account_disable(struct accounts *accounts, struct mem *mem, const char *name,
    bool disabled, struct fault *fault)
{
	const char *values[] = { name, disabled ? "t" : "f" };

	return account_change(
	    accounts, mem, NULL, statement_account_disable, values, 2, fault);
}

enum outcome
account_redeem(struct accounts *accounts, struct mem *mem, const char *hash,
    const char *password, struct fault *fault)
{
	const char *values[] = { hash, password };

	return account_change(
	    accounts, mem, NULL, statement_account_redeem, values, 2, fault);
}

enum outcome
account_begin(struct accounts *accounts, struct mem *mem, const char *session,
    const char *name, long seconds, const char *instead, struct fault *fault)
{
	const char *values[] = { session, name, mem_printf(mem, "%ld", seconds),
		instead };

	return account_change(
	    accounts, mem, NULL, statement_session_begin, values, 4, fault);
}

enum outcome
account_end(struct accounts *accounts, struct mem *mem, const char *session,
    struct fault *fault)
{
	return account_run_one(accounts, mem, NULL, DB_WRITE,
	    statement_session_end, &session, 1, NULL, fault);
}
