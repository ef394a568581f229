#include "store/batch.h"

#include "store/blame.h"
#include "store/look.h"
#include "store/sqlstate.h"
#include "store/stmt.h"
#include "store/submission.h"

/* The steps of the longest write. */
enum {
	STEPS_MAX = 3
};

static const struct {
	size_t (*make)(
	    struct mem *, const struct write *, struct db_step *, size_t *row);
	enum outcome (*alone)(struct db *, struct mem *, const struct write *,
	    struct written *, struct fault *);
	enum right right;
	enum outcome success;
} kinds[] = {
	[BATCH_UPDATE] = { stmt_update, row_update, RIGHT_UPDATE, OUT_DONE },
	[BATCH_INSERT] = { stmt_insert, row_insert, RIGHT_CREATE, OUT_CREATED },
	[BATCH_DELETE] = { stmt_delete, row_delete, RIGHT_DELETE, OUT_DONE },
};

/* A batch as one pipeline. first[i] is item i's first step, row[i] the one
 * whose result is its row; an item without steps has first[i] == first[i + 1].
 */
struct plan {
	struct db_step *steps;
	struct db_result **results;
	size_t n;
	size_t *first, *row;
};

static bool
is_failing(enum outcome outcome)
{
	return outcome != OUT_DONE && outcome != OUT_CREATED &&
	       outcome != OUT_UNCHANGED;
}

static struct plan
make_plan(struct mem *mem, const struct batch *batch)
{
	struct plan plan = { .n = 0 };

	plan.steps =
	    mem_array(mem, batch->n * STEPS_MAX + 1, sizeof *plan.steps);
	plan.first = mem_array(mem, batch->n + 1, sizeof *plan.first);
	plan.row = mem_array(mem, batch->n, sizeof *plan.row);
	if (batch->n > 0 && submission_kept(&batch->items[0].write))
		plan.steps[plan.n++] =
		    submission_begin(mem, &batch->items[0].write);
	for (size_t i = 0; i < batch->n; i++) {
		const struct batch_item *item = &batch->items[i];
		struct write write = item->write;
		size_t row = 0;

		plan.first[i] = plan.n;
		write.submission = NULL;
		if (item->outcome != OUT_UNCHANGED)
			plan.n += kinds[item->kind].make(
			    mem, &write, plan.steps + plan.n, &row);
		plan.row[i] = plan.first[i] + row;
	}
	plan.first[batch->n] = plan.n;
	plan.results = mem_array(mem, plan.n + 1, sizeof *plan.results);
	return plan;
}

/* Whether each item has something to do, as far as is known. One that only
 * repeats what cannot be set has no step in which its expectation would stand.
 */
static bool
is_stepped(const struct plan *plan, const struct batch *batch)
{
	for (size_t i = 0; i < batch->n; i++)
		if (plan->first[i] == plan->first[i + 1] &&
		    batch->items[i].outcome != OUT_UNCHANGED)
			return false;
	return true;
}

static void
take_rows(struct mem *mem, const struct plan *plan, struct batch *batch)
{
	for (size_t i = 0; i < batch->n; i++) {
		struct batch_item *item = &batch->items[i];

		if (plan->first[i] == plan->first[i + 1]) {
			item->outcome = OUT_UNCHANGED;
			continue;
		}
		item->outcome = kinds[item->kind].success;
		if (item->kind != BATCH_DELETE &&
		    db_rows(plan->results[plan->row[i]]) > 0)
			item->written.row = look_row(mem, item->write.scope,
			    plan->results[plan->row[i]], 0);
	}
}

/* The item whose step failed: the first one that has no result. */
static struct batch_item *
failed_item(const struct plan *plan, struct batch *batch)
{
	for (size_t i = 0; i < batch->n; i++)
		for (size_t k = plan->first[i]; k < plan->first[i + 1]; k++)
			if (!plan->results[k])
				return &batch->items[i];
	return NULL;
}

/* What speaks against an insert before it is tried. */
static enum outcome
look_at_insert(struct batch_item *item)
{
	if (!(item->write.scope->rights & RIGHT_CREATE))
		return fault_set(
		    &item->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	return row_settable(&item->write, &item->fault);
}

/* Looks at the rows of all other items. OUT_UNCHANGED: an item has nothing to
 * do. */
static void
look_at_rows(struct db *db, struct mem *mem, struct batch *batch)
{
	struct looked *looked = mem_array(mem, batch->n, sizeof *looked);
	size_t n = 0;

	for (size_t i = 0; i < batch->n; i++)
		if (batch->items[i].kind != BATCH_INSERT)
			looked[n++] = (struct looked){
				.write = &batch->items[i].write,
				.right = kinds[batch->items[i].kind].right,
			};
	if (n > 0)
		look_several(db, mem, batch->person, looked, n);
	n = 0;
	for (size_t i = 0; i < batch->n; i++) {
		struct batch_item *item = &batch->items[i];

		if (item->kind == BATCH_INSERT)
			continue;
		item->outcome = looked[n].outcome;
		item->written = looked[n].written;
		item->fault = looked[n++].fault;
		if (item->outcome == OUT_UNCHANGED &&
		    item->kind == BATCH_DELETE)
			item->outcome = OUT_DONE;
	}
}

/* Looks at every item. Returns the first that fails. */
static struct batch_item *
look_at_all(struct db *db, struct mem *mem, struct batch *batch)
{
	struct batch_item *first = NULL;

	look_at_rows(db, mem, batch);
	for (size_t i = 0; i < batch->n; i++) {
		struct batch_item *item = &batch->items[i];

		if (item->kind == BATCH_INSERT)
			item->outcome = look_at_insert(item);
		if (!first && is_failing(item->outcome))
			first = item;
	}
	return first;
}

/* The item's own refusal, which a look at the rows does not tell. */
static enum outcome
refuse(struct db *db, struct mem *mem, struct batch_item *item,
    const struct fault *fault)
{
	struct fault seen;

	item->fault = *fault;
	item->outcome = fault->outcome;
	/* a row with this key: that is what the expectation was about */
	if (item->kind == BATCH_INSERT && item->write.key &&
	    look(db, mem, &item->write, RIGHT_READ, &item->written, &seen) ==
		OUT_STALE) {
		item->fault = seen;
		item->outcome = OUT_STALE;
	} else if (sqlstate_not_one(fault)) {
		item->outcome = fault_set(&item->fault, OUT_CONFLICT, NULL,
		    WORD_F_REFUSED, NULL, NULL);
	} else {
		blame_write(db, mem, &item->write, &item->fault);
	}
	return item->outcome;
}

/* Whether every item could be carried out, as far as its expectation tells. */
static bool
is_hopeful(const struct batch *batch)
{
	for (size_t i = 0; i < batch->n; i++) {
		const struct batch_item *item = &batch->items[i];
		struct fault ignored;

		if (item->kind != BATCH_INSERT
			? !row_hopeful(&item->write, kinds[item->kind].right)
			: !(item->write.scope->rights & RIGHT_CREATE) ||
			      row_settable(&item->write, &ignored) != OUT_DONE)
			return false;
	}
	return true;
}

/* The batch's form was carried out before: with this content? */
static enum outcome
find_submission(
    struct db *db, struct mem *mem, struct batch *batch, struct fault *fault)
{
	struct written ignored;
	enum outcome outcome =
	    submission_find(db, mem, &batch->items[0].write, &ignored, fault);

	batch->repeated = outcome == OUT_DONE;
	return outcome;
}

static enum outcome
resolve(
    struct db *db, struct mem *mem, struct batch *batch, struct fault *fault)
{
	const struct write *write = &batch->items[0].write;
	struct written ignored;
	enum outcome outcome;

	if (!submission_kept(write))
		return fault->outcome;
	outcome = submission_settle(db, mem, write, &ignored, fault);
	batch->repeated = outcome == OUT_DONE;
	return outcome;
}

/* One try. OUT_DONE, or OUT_UNCHANGED where it is worth another one: items that
 * have nothing to do are known now, or a row was just being changed. Or the
 * fault. */
static enum outcome
attempt(struct db *db, struct mem *mem, struct batch *batch, bool last,
    struct fault *fault)
{
	struct plan plan = make_plan(mem, batch);
	bool stepped = is_stepped(&plan, batch);
	struct batch_item *failed;

	fault_set(fault, OUT_CONFLICT, NULL, WORD_F_REFUSED, NULL, NULL);
	if (stepped && is_hopeful(batch)) {
		db_run(db, mem, batch->person, DB_WRITE, plan.steps, plan.n,
		    plan.results, fault);
		if (fault->outcome == OUT_DONE) {
			take_rows(mem, &plan, batch);
			return OUT_DONE;
		}
		if (submission_repeated(fault))
			return find_submission(db, mem, batch, fault);
		if (fault->outcome == OUT_UNKNOWN)
			return resolve(db, mem, batch, fault);
		if (!sqlstate_not_one(fault) && !blame_refused(fault))
			return fault->outcome;
	}
	failed = look_at_all(db, mem, batch);
	if (failed) {
		*fault = failed->fault;
		return failed->outcome;
	}
	if (!stepped && !last)
		return OUT_UNCHANGED;
	failed = failed_item(&plan, batch);
	if (!failed) {
		if (batch->n > 0)
			blame_names(batch->items[0].write.scope, fault);
		return fault->outcome;
	}
	if (sqlstate_not_one(fault) && !last)
		return OUT_UNCHANGED;
	refuse(db, mem, failed, fault);
	*fault = failed->fault;
	return failed->outcome;
}

enum outcome
batch_all(
    struct db *db, struct mem *mem, struct batch *batch, struct fault *fault)
{
	enum {
		TRIES = 3
	};
	enum outcome outcome = OUT_UNCHANGED;

	batch->repeated = false;
	for (size_t i = 0; i < batch->n; i++) {
		struct batch_item *item = &batch->items[i];

		item->outcome = OUT_DONE;
		item->write.batched = true;
		item->write.person = batch->person;
		item->write.submission = batch->submission;
	}
	for (int i = 0; i < TRIES && outcome == OUT_UNCHANGED; i++)
		outcome = attempt(db, mem, batch, i == TRIES - 1, fault);
	return outcome;
}

void
batch_each(struct db *db, struct mem *mem, struct batch *batch)
{
	bool stopped = false;

	for (size_t i = 0; i < batch->n; i++) {
		struct batch_item *item = &batch->items[i];

		if (stopped) {
			item->fault = item[-1].fault;
			item->outcome = OUT_BUSY;
			continue;
		}
		item->write.person = batch->person;
		item->outcome = kinds[item->kind].alone(
		    db, mem, &item->write, &item->written, &item->fault);
		stopped =
		    item->outcome == OUT_BUSY || item->outcome == OUT_UNKNOWN;
	}
}
