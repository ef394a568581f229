#include "store/look.h"

#include <stdlib.h>
#include <string.h>

#include "store/sqlstate.h"
#include "store/stmt.h"

enum {
	SEE,
	LOCK,
	COMPARE,
	SINGLES
};

/* What the database itself makes JSON is JSON whatever its type. */
static bool
retyped(
    const struct column *column, const struct db_result *result, size_t field)
{
	return column->json != COLUMN_OTHER &&
	       db_type(result, field) != column->type_oid;
}

struct row *
look_row(struct mem *mem, const struct scope *scope,
    const struct db_result *result, size_t at)
{
	const struct table *table = scope->table;
	struct row *row = mem_alloc(mem, sizeof *row);
	const char *modified = db_value(result, at, STMT_MODIFIED);
	const char **key = mem_array(mem, table->n_key, sizeof *key);
	const char **values = mem_array(mem, table->n_columns, sizeof *values);
	size_t field = STMT_KEY;

	row->state = db_value(result, at, STMT_STATE);
	if (modified && !scope->no_date)
		row->modified = (time_t)strtoll(modified, NULL, 10);
	if (!scope->no_date)
		row->changed_at = db_value(result, at, STMT_CHANGED_AT);
	if (!scope->no_author)
		row->changed_by = db_value(result, at, STMT_CHANGED_BY);
	for (size_t i = 0; i < table->n_key; i++)
		key[i] = db_value(result, at, field++);
	for (size_t i = 0; i < table->n_columns; i++)
		if (scope->read[i]) {
			row->stale |=
			    retyped(&table->columns[i], result, field);
			values[i] = db_value(result, at, field++);
		}
	row->key = table->n_key ? key : NULL;
	row->values = values;
	return row;
}

enum outcome
look_fresh(const struct row *row, struct fault *fault)
{
	if (!row->stale)
		return OUT_DONE;
	fault_set(fault, OUT_BUSY, NULL, WORD_F_TRY_AGAIN, NULL, NULL);
	fault->sqlstate = "0A000";
	return fault->outcome;
}

static bool
is_true(const struct db_result *result, size_t field)
{
	const char *value = db_value(result, 0, field);

	return value && *value == 't';
}

/* Whether the row's lock could be had: only that tells a row that may be
 * changed from one that row-level security lets be seen. */
static enum outcome
judge_lock(const struct db_single *lock, struct fault *fault)
{
	if (lock->outcome == OUT_DONE && db_rows(lock->result) > 0)
		return OUT_DONE;
	if (lock->outcome == OUT_BUSY) {
		*fault = lock->fault;
		return lock->outcome;
	}
	return fault_set(fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
}

static enum outcome
judge_expectation(const struct write *write, const struct db_result *seen,
    struct fault *fault)
{
	if (db_value(seen, 0, STMT_FAILS))
		return fault_set(fault, OUT_STALE,
		    db_value(seen, 0, STMT_FAILS), WORD_F_STALE, NULL, NULL);
	if (write->expect.absent)
		return fault_set(fault, OUT_STALE,
		    write->expect.part && !write->expect.states
			? write->expect.part
			: "header If-None-Match",
		    WORD_F_EXISTS, NULL, NULL);
	if (!is_true(seen, STMT_PERMITS))
		return fault_set(fault, OUT_UNGUARDED, "header If-Match",
		    WORD_F_UNGUARDED, NULL, NULL);
	return OUT_DONE;
}

/* The first member that differs and may not be set is the body's fault. */
static enum outcome
judge_members(const struct write *write, const struct db_single *compare,
    struct fault *fault)
{
	const struct table *table = write->scope->table;
	bool differs;

	if (compare->outcome != OUT_DONE || db_rows(compare->result) == 0)
		return OUT_DONE;
	differs = is_true(compare->result, write->n_members);
	for (size_t i = 0; i < write->n_members; i++) {
		size_t at = write->members[i].column;
		const struct column *column = &table->columns[at];

		if (!is_true(compare->result, i))
			continue;
		differs = true;
		if (write->scope->update[at])
			continue;
		fault_set(fault,
		    !scope_bars(write->scope, at) &&
			    (column->updatable || column->generated ||
				column->identity == 'a')
			? OUT_INVALID
			: OUT_DENIED,
		    "body", WORD_F_COLUMN_READ_ONLY, column->name, NULL);
		fault->column = column->name;
		return fault->outcome;
	}
	return differs ? OUT_DONE : OUT_UNCHANGED;
}

/* A key that is no value of its column's type names no row. */
static enum outcome
judge_key(struct mem *mem, const struct write *write, struct fault *fault)
{
	struct text *key = mem_text_open(mem);

	if (!sqlstate_value(fault) && !sqlstate_is(fault, "23514"))
		return fault->outcome;
	for (size_t i = 0; i < write->scope->table->n_key; i++)
		fprintf(key->out, "%s%s", i > 0 ? "," : "", write->key[i]);
	return fault_set(
	    fault, OUT_ABSENT, "key", WORD_F_ABSENT_KEY, mem_text(key), NULL);
}

/* Makes the statements of a look; returns how many. */
static size_t
make_steps(struct mem *mem, const struct write *write, enum right right,
    struct db_single singles[SINGLES])
{
	singles[SEE].step = stmt_look(mem, write);
	/* the lock needs a right that whoever only deletes may lack */
	if (!(write->scope->rights & right) ||
	    !(write->scope->rights & RIGHT_UPDATE))
		return LOCK;
	singles[LOCK].step = stmt_lock(mem, write);
	if (write->n_members == 0 && !write->replace)
		return COMPARE;
	singles[COMPARE].step = stmt_compare(mem, write);
	return SINGLES;
}

/* Those of a look that locks nothing. */
static size_t
make_unlocked(
    struct mem *mem, const struct write *write, struct db_single singles[2])
{
	singles[SEE].step = stmt_look(mem, write);
	if (write->n_members == 0)
		return 1;
	singles[1].step = stmt_compare(mem, write);
	return 2;
}

/* What the answers say; lock and compare may be NULL. */
static enum outcome
judge(struct mem *mem, const struct looked *item, const struct db_single *see,
    const struct db_single *lock, const struct db_single *compare,
    struct written *written, struct fault *fault)
{
	const struct write *write = item->write;
	enum outcome outcome;

	*written = (struct written){ 0 };
	if (see->outcome != OUT_DONE) {
		*fault = see->fault;
		return judge_key(mem, write, fault);
	}
	if (db_rows(see->result) == 0)
		return fault_set(
		    fault, OUT_ABSENT, "key", WORD_F_ABSENT, NULL, NULL);
	written->row = look_row(mem, write->scope, see->result, 0);
	if (look_fresh(written->row, fault) != OUT_DONE)
		return fault->outcome;
	if (db_rows(see->result) > 1)
		return fault_set(
		    fault, OUT_CONFLICT, "key", WORD_F_AMBIGUOUS, NULL, NULL);
	if (!(write->scope->rights & item->right))
		return fault_set(
		    fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	if (lock && judge_lock(lock, fault) != OUT_DONE)
		return fault->outcome;
	outcome = judge_expectation(write, see->result, fault);
	if (compare && (outcome == OUT_STALE || outcome == OUT_UNGUARDED)) {
		struct fault ignored;

		written->already_equal =
		    judge_members(write, compare, &ignored) == OUT_UNCHANGED;
	}
	if (outcome == OUT_DONE && compare)
		outcome = judge_members(write, compare, fault);
	else if (outcome == OUT_DONE && item->right == RIGHT_UPDATE &&
		 write->n_members == 0 && !write->replace)
		outcome = OUT_UNCHANGED;
	return outcome;
}

static enum outcome
judge_item(
    struct mem *mem, struct looked *item, const struct db_single *singles)
{
	if (item->unlocked)
		return judge(mem, item, &singles[SEE], NULL,
		    item->n > 1 ? &singles[1] : NULL, &item->written,
		    &item->fault);
	return judge(mem, item, &singles[SEE],
	    item->n > LOCK ? &singles[LOCK] : NULL,
	    item->n > COMPARE ? &singles[COMPARE] : NULL, &item->written,
	    &item->fault);
}

enum outcome
look(struct db *db, struct mem *mem, const struct write *write,
    enum right right, struct written *written, struct fault *fault)
{
	struct looked one = { .write = write, .right = right };

	look_several(db, mem, write->person, &one, 1);
	*written = one.written;
	*fault = one.fault;
	return one.outcome;
}

void
look_several(struct db *db, struct mem *mem, const struct person *person,
    struct looked *items, size_t n)
{
	struct db_single *singles =
	    mem_array(mem, n * SINGLES + 1, sizeof *singles);
	struct db_single *at = singles;
	enum outcome outcome;
	struct fault fault;

	for (size_t i = 0; i < n; i++) {
		items[i].n =
		    items[i].unlocked
			? make_unlocked(mem, items[i].write, at)
			: make_steps(mem, items[i].write, items[i].right, at);
		at += items[i].n;
	}
	outcome = db_run_each(
	    db, mem, person, DB_LOCK, singles, (size_t)(at - singles), &fault);
	at = singles;
	for (size_t i = 0; i < n; i++) {
		struct looked *item = &items[i];

		item->fault = fault;
		item->outcome =
		    outcome != OUT_DONE ? outcome : judge_item(mem, item, at);
		at += item->n;
	}
}
