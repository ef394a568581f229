#include "store/rows.h"

#include <stdlib.h>
#include <string.h>

#include "store/look.h"
#include "store/narrow.h"
#include "store/page.h"
#include "store/sqlstate.h"

enum {
	COUNTED_MAX = 1000
};

struct rows {
	struct db *db;
	struct scope scope; /* narrowed to what is shown */
	size_t n_order;
	bool filtered;
	const struct db_result *result; /* of the last row */
	const char *const *key;		/* its key */
};

static enum outcome
unknown_column(struct mem *mem, struct fault *fault, const char *name)
{
	fault_set(fault, OUT_INVALID, mem_printf(mem, "parameter %s", name),
	    WORD_F_UNKNOWN_COLUMN, name, NULL);
	fault->sqlstate = "42703";
	return fault->outcome;
}

static enum outcome
check_columns(
    struct mem *mem, const struct rows_query *query, struct fault *fault)
{
	const struct scope *scope = query->scope;
	const char *unknown;

	for (size_t i = 0; i < query->n_filters; i++)
		if (!narrow_check(scope, &query->filters[i], &unknown))
			return unknown_column(mem, fault, unknown);
	for (size_t i = 0; i < query->n_order; i++) {
		const char *name = query->order[i].column;
		const struct column *column = table_column(scope->table, name);

		if (!column || !scope->read[table_index(scope->table, column)])
			return unknown_column(mem, fault, name);
	}
	return OUT_DONE;
}

/* An operator that the type of a filter's column does not have is the query's
 * fault; what a view's own text fails at is nobody's here. */
static enum outcome
judge(bool filtered, struct fault *fault)
{
	const char *state = fault->sqlstate;
	bool unknown = filtered && (sqlstate_is(fault, "42883") ||
				       sqlstate_is(fault, "42725"));

	if (unknown)
		fault_set(fault, OUT_INVALID, NULL, WORD_F_VALUE,
		    fault->primary, NULL);
	else if (sqlstate_is(fault, "21000"))
		fault_set(fault, OUT_BROKEN, NULL, WORD_F_BROKEN,
		    fault->primary, NULL);
	fault->sqlstate = state;
	return fault->outcome;
}

static struct scope
shown_of(struct mem *mem, const struct rows_query *query)
{
	struct scope scope = *query->scope;

	if (!query->shown)
		return scope;
	scope.read = mem_array(mem, scope.table->n_columns, sizeof *scope.read);
	for (size_t i = 0; i < scope.table->n_columns; i++)
		scope.read[i] = query->scope->read[i] && query->shown[i];
	return scope;
}

enum outcome
rows_open(struct db *db, struct mem *mem, const struct rows_query *query,
    struct rows **rows, struct fault *fault)
{
	struct db_step step;

	if (check_columns(mem, query, fault) != OUT_DONE)
		return fault->outcome;
	*rows = mem_alloc(mem, sizeof **rows);
	**rows = (struct rows){
		.db = db,
		.scope = shown_of(mem, query),
		.n_order = query->n_order,
		.filtered = query->n_filters > 0,
	};
	step = page_rows(mem, query, &(*rows)->scope);
	if (db_open(db, mem, query->person, &step, fault) != OUT_DONE)
		return judge(query->n_filters > 0, fault);
	return OUT_DONE;
}

enum outcome
rows_next(
    struct rows *rows, struct mem *mem, struct row **row, struct fault *fault)
{
	struct db_result *result;
	enum outcome outcome = db_pull(rows->db, mem, &result, fault);

	*row = result ? look_row(mem, &rows->scope, result, 0) : NULL;
	rows->result = result;
	rows->key = *row ? (*row)->key : NULL;
	if (*row)
		return look_fresh(*row, fault);
	return outcome == OUT_DONE ? outcome : judge(rows->filtered, fault);
}

const char *const *
rows_place(struct rows *rows, struct mem *mem)
{
	const struct table *table = rows->scope.table;
	size_t field = STMT_KEY + table->n_key;
	const char **place;

	if (!rows->key)
		return NULL;
	for (size_t i = 0; i < table->n_columns; i++)
		field += rows->scope.read[i];
	place = mem_array(mem, rows->n_order + table->n_key, sizeof *place);
	for (size_t i = 0; i < rows->n_order; i++) {
		const char *value = db_value(rows->result, 0, field + i);

		place[i] = value ? mem_string(mem, value) : NULL;
	}
	for (size_t i = 0; i < table->n_key; i++)
		place[rows->n_order + i] = mem_string(mem, rows->key[i]);
	return place;
}

void
rows_close(struct rows *rows)
{
	db_drop(rows->db);
}

/* The first "Plan Rows" is that of the whole. */
static long long
plan_rows(const struct db_result *result)
{
	static const char name[] = "\"Plan Rows\":";
	const char *rows = strstr(db_value(result, 0, 0), name);

	return rows ? strtoll(rows + sizeof name - 1, NULL, 10) : 0;
}

static enum outcome
planned(struct db *db, struct mem *mem, const struct rows_query *query,
    long long *count, struct fault *fault)
{
	struct db_step step = page_plan(mem, query);
	struct db_result *result;

	if (db_run(db, mem, query->person, DB_READ, &step, 1, &result, fault) !=
	    OUT_DONE)
		return judge(query->n_filters > 0, fault);
	*count = plan_rows(result);
	return OUT_DONE;
}

/* The planner's guess is no less than what was counted. */
static enum outcome
estimated(struct db *db, struct mem *mem, const struct rows_query *query,
    long long *count, struct fault *fault)
{
	long long counted = *count;
	enum outcome outcome = planned(db, mem, query, count, fault);

	if (*count < counted)
		*count = counted;
	return outcome;
}

enum outcome
rows_count(struct db *db, struct mem *mem, const struct rows_query *query,
    enum rows_count how, long long *count, bool *exact, struct fault *fault)
{
	struct db_step step;
	struct db_result *result;

	*count = 0;
	*exact = false;
	if (check_columns(mem, query, fault) != OUT_DONE)
		return fault->outcome;
	/* the planner knows of rows that this person may not see */
	if (how == ROWS_PLANNED && !query->scope->table->row_security)
		return planned(db, mem, query, count, fault);
	step = page_count(mem, query, how == ROWS_EXACT ? -1 : COUNTED_MAX + 1);
	if (db_run(db, mem, query->person, DB_READ, &step, 1, &result, fault) !=
	    OUT_DONE)
		return judge(query->n_filters > 0, fault);
	*count = strtoll(db_value(result, 0, 0), NULL, 10);
	*exact = how == ROWS_EXACT || *count <= COUNTED_MAX;
	return *exact ? OUT_DONE : estimated(db, mem, query, count, fault);
}

void
rows_tally(
    struct mem *mem, const struct rows_query *query, struct db_single *singles)
{
	singles[0] = (struct db_single){
		.step = page_count(mem, query, COUNTED_MAX + 1),
		.outcome = OUT_BUSY,
	};
	singles[1] = (struct db_single){
		.step = page_plan(mem, query),
		.outcome = OUT_BUSY,
	};
}

bool
rows_tallied(const struct db_single *singles, long long *count, bool *exact)
{
	long long plan;

	if (singles[0].outcome != OUT_DONE)
		return false;
	*count = strtoll(db_value(singles[0].result, 0, 0), NULL, 10);
	*exact = *count <= COUNTED_MAX;
	if (*exact)
		return true;
	if (singles[1].outcome != OUT_DONE)
		return false;
	plan = plan_rows(singles[1].result);
	if (plan > *count)
		*count = plan;
	return true;
}
