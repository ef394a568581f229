#include "store/row.h"

#include <string.h>

#include "store/blame.h"
#include "store/listed.h"
#include "store/look.h"
#include "store/sqlstate.h"
#include "store/stmt.h"
#include "store/submission.h"

/* The steps of the longest write. */
enum {
	STEPS_MAX = 5
};

typedef size_t make_steps(
    struct mem *, const struct write *, struct db_step *, size_t *row);

/* One kind of write. */
struct kind {
	make_steps *make;
	enum right right;
};

enum outcome
row_get(struct db *db, struct mem *mem, const struct read *read,
    struct row **row, struct fault *fault)
{
	struct db_step step = stmt_get(mem, read);
	struct db_result *result;

	*row = NULL;
	if (db_run(db, mem, read->person, DB_READ, &step, 1, &result, fault) !=
	    OUT_DONE) {
		if (sqlstate_value(fault) || sqlstate_is(fault, "23514"))
			return fault_set(fault, OUT_ABSENT, "key",
			    WORD_F_ABSENT_KEY, read->key[0], NULL);
		return fault->outcome;
	}
	if (db_rows(result) == 0)
		return fault_set(
		    fault, OUT_ABSENT, "key", WORD_F_ABSENT, NULL, NULL);
	if (db_rows(result) > 1)
		return fault_set(
		    fault, OUT_CONFLICT, "key", WORD_F_AMBIGUOUS, NULL, NULL);
	*row = look_row(mem, read->scope, result, 0);
	return look_fresh(*row, fault);
}

/* The row as it was read again, or, where the person no longer sees it or a
 * trigger has taken it away, as it was written: that a tag must not tell. */
static struct row *
stored_row(struct mem *mem, const struct write *write,
    struct db_result *const *results, size_t at)
{
	struct row *row;

	if (db_rows(results[at]) > 0)
		return look_row(mem, write->scope, results[at], 0);
	row = look_row(mem, write->scope, results[0], 0);
	row->stale = true;
	return row;
}

/* The steps that come ahead of a write. Returns how many. */
static size_t
ahead(struct mem *mem, const struct write *write, struct db_step *steps)
{
	size_t n = 0;

	if (submission_kept(write))
		steps[n++] = submission_begin(mem, write);
	if (write->listed)
		steps[n++] = listed_lock(mem, write);
	return n;
}

/* Sends the write. OUT_DONE with the row in written, OUT_UNCHANGED where it
 * touched nothing, or the fault. */
static enum outcome
attempt(struct db *db, struct mem *mem, const struct write *write,
    const struct kind *kind, struct written *written, struct fault *fault)
{
	struct db_step steps[STEPS_MAX];
	struct db_result *results[STEPS_MAX];
	size_t first = ahead(mem, write, steps);
	size_t row, n = kind->make(mem, write, steps + first, &row);

	if (n == 0)
		return OUT_UNCHANGED;
	db_run(
	    db, mem, write->person, DB_WRITE, steps, first + n, results, fault);
	if (sqlstate_not_one(fault))
		return OUT_UNCHANGED;
	if (submission_repeated(fault))
		return submission_find(db, mem, write, written, fault);
	if (fault->outcome != OUT_DONE)
		return fault->outcome;
	if (row == 0 && db_rows(results[first]) == 0)
		return OUT_UNCHANGED;
	if (kind->right != RIGHT_DELETE)
		written->row = stored_row(mem, write, results + first, row);
	return OUT_DONE;
}

/* After a lost answer: what the row itself says, once the lost backend is known
 * to have ended. Only a row whose expected state was one and the same before
 * can tell. */
static enum outcome
resolve(struct db *db, struct mem *mem, const struct write *write,
    const struct kind *kind, struct written *written, struct fault *fault)
{
	struct fault lost = *fault, seen;
	bool stated = write->expect.states || write->expect.absent;
	enum outcome outcome;

	if (submission_kept(write))
		return submission_settle(db, mem, write, written, fault);
	if (!write->key || !stated || !db_settle(db, mem))
		return lost.outcome;
	outcome = look(db, mem, write, kind->right, written, &seen);
	if (outcome == OUT_ABSENT && kind->right == RIGHT_DELETE)
		return OUT_DONE;
	if (outcome == OUT_STALE && written->already_equal &&
	    !write->scope->table->counter)
		return OUT_DONE;
	if (outcome == OUT_DONE ||
	    (outcome == OUT_ABSENT && kind->right == RIGHT_CREATE))
		return fault_set(
		    fault, OUT_BUSY, NULL, WORD_F_DATABASE_AWAY, NULL, NULL);
	*fault = lost;
	return lost.outcome;
}

static enum outcome
nothing_done(const struct table *table, struct fault *fault)
{
	if (table->row_security)
		return fault_set(
		    fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	return fault_set(fault, OUT_CONFLICT, NULL, WORD_F_REFUSED, NULL, NULL);
}

/* A write of an existing row: at most twice, with a look after each time that
 * it touched nothing. */
static enum outcome
change(struct db *db, struct mem *mem, const struct write *write,
    const struct kind *kind, struct written *written, struct fault *fault)
{
	enum {
		TRIES = 2
	};

	for (int i = 0; i < TRIES; i++) {
		enum outcome seen,
		    outcome = attempt(db, mem, write, kind, written, fault);
		struct fault body = *fault;

		if (outcome == OUT_UNKNOWN)
			return resolve(db, mem, write, kind, written, fault);
		if (outcome != OUT_UNCHANGED && !blame_refused(fault))
			return outcome;
		seen = look(db, mem, write, kind->right, written, fault);
		if (seen != OUT_DONE &&
		    !(seen == OUT_UNCHANGED && kind->right == RIGHT_DELETE))
			return seen;
		if (outcome != OUT_UNCHANGED) {
			*fault = body;
			blame_write(db, mem, write, fault);
			return outcome;
		}
	}
	return nothing_done(write->scope->table, fault);
}

enum outcome
row_judge(struct db *db, struct mem *mem, const struct write *write,
    enum right right, struct written *written, struct fault *fault)
{
	enum outcome outcome = look(db, mem, write, right, written, fault);

	return outcome == OUT_UNCHANGED ? OUT_DONE : outcome;
}

bool
row_hopeful(const struct write *write, enum right right)
{
	const struct expectation *expect = &write->expect;

	return write->scope->rights & right && !expect->absent &&
	       (expect->given ||
		   (expect->unmodified_since && expect->date != DATE_REFUSES));
}

enum outcome
row_update(struct db *db, struct mem *mem, const struct write *write,
    struct written *written, struct fault *fault)
{
	static const struct kind kind = { stmt_update, RIGHT_UPDATE };

	*written = (struct written){ 0 };
	if (!row_hopeful(write, RIGHT_UPDATE))
		return look(db, mem, write, RIGHT_UPDATE, written, fault);
	return change(db, mem, write, &kind, written, fault);
}

enum outcome
row_delete(struct db *db, struct mem *mem, const struct write *write,
    struct written *written, struct fault *fault)
{
	static const struct kind kind = { stmt_delete, RIGHT_DELETE };

	*written = (struct written){ 0 };
	if (!row_hopeful(write, RIGHT_DELETE))
		return look(db, mem, write, RIGHT_DELETE, written, fault);
	return change(db, mem, write, &kind, written, fault);
}

static bool
sends_key(const struct write *write)
{
	for (size_t i = 0; i < write->n_members; i++)
		if (write->scope->table->columns[write->members[i].column]
			.key_part)
			return true;
	return false;
}

enum outcome
row_settable(const struct write *write, struct fault *fault)
{
	/* what is yet to be created has no state */
	if (write->expect.states)
		return fault_set(fault, OUT_STALE,
		    write->expect.part ? write->expect.part : "header If-Match",
		    WORD_F_GONE, NULL, NULL);
	for (size_t i = 0; i < write->n_members; i++) {
		size_t at = write->members[i].column;
		const struct column *column = &write->scope->table->columns[at];
		bool made = column->generated || column->identity == 'a';

		if (write->scope->insert[at] && !made)
			continue;
		fault_set(fault,
		    !scope_bars(write->scope, at) &&
			    (column->insertable || made)
			? OUT_INVALID
			: OUT_DENIED,
		    NULL, WORD_F_COLUMN_READ_ONLY, column->name, NULL);
		fault->column = column->name;
		return fault->outcome;
	}
	return OUT_DONE;
}

enum outcome
row_insert(struct db *db, struct mem *mem, const struct write *write,
    struct written *written, struct fault *fault)
{
	static const struct kind kind = { stmt_insert, RIGHT_CREATE };
	struct fault body;
	enum outcome outcome;

	*written = (struct written){ 0 };
	if (!(write->scope->rights & RIGHT_CREATE))
		return fault_set(
		    fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	outcome = row_settable(write, fault);
	if (outcome == OUT_DONE)
		outcome = attempt(db, mem, write, &kind, written, fault);
	if (outcome == OUT_DONE)
		return OUT_CREATED;
	if (outcome == OUT_UNCHANGED && write->listed)
		outcome = listed_judge(db, mem, write, fault);
	if (outcome == OUT_UNCHANGED && write->key && sends_key(write))
		return fault_set(
		    fault, OUT_INVALID, "body", WORD_F_KEY_DIFFERS, NULL, NULL);
	if (outcome == OUT_UNCHANGED)
		return fault_set(
		    fault, OUT_CONFLICT, NULL, WORD_F_REFUSED, NULL, NULL);
	if (outcome == OUT_UNKNOWN) {
		outcome = resolve(db, mem, write, &kind, written, fault);
		return outcome == OUT_DONE ? OUT_CREATED : outcome;
	}
	if (!blame_refused(fault))
		return outcome;
	body = *fault;
	/* a row with this key: that is what the expectation was about */
	if (write->key &&
	    look(db, mem, write, RIGHT_READ, written, fault) == OUT_STALE)
		return OUT_STALE;
	*fault = body;
	written->row = NULL;
	blame_write(db, mem, write, fault);
	return outcome;
}
