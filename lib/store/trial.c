#include "store/trial.h"

#include "store/look.h"
#include "store/sqlstate.h"
#include "store/stmt.h"

enum {
	STEPS_MAX = 3
};

static void
judge(struct mem *mem, const struct db_try *sent, size_t row,
    struct batch_item *item)
{
	const struct write *write = &item->write;

	item->written = (struct written){ 0 };
	item->fault = sent->fault;
	item->outcome = OUT_UNCHANGED;
	if (sent->n == 0 || sqlstate_not_one(&item->fault)) {
		fault_set(&item->fault, OUT_DONE, NULL, WORD_NONE, NULL, NULL);
		return;
	}
	if (item->fault.outcome != OUT_DONE) {
		item->outcome = item->fault.outcome;
		return;
	}
	if (db_rows(sent->results[row]) > 0)
		item->written.row =
		    look_row(mem, write->scope, sent->results[row], 0);
	/* one that is read again need not be seen by then */
	if (item->written.row || row > 0)
		item->outcome =
		    item->kind == BATCH_INSERT ? OUT_CREATED : OUT_DONE;
}

enum outcome
trial_run(struct db *db, struct mem *mem, const struct trial *trial,
    struct fault *fault)
{
	struct db_try *sent = mem_array(mem, trial->n, sizeof *sent);
	size_t *rows = mem_array(mem, trial->n, sizeof *rows);

	for (size_t i = 0; i < trial->n; i++) {
		const struct batch_item *item = trial->items[i];
		struct db_step *steps =
		    mem_array(mem, STEPS_MAX, sizeof *steps);

		sent[i].n =
		    (item->kind == BATCH_INSERT ? stmt_insert : stmt_update)(
			mem, &item->write, steps, &rows[i]);
		sent[i].steps = steps;
		sent[i].results =
		    mem_array(mem, STEPS_MAX, sizeof(struct db_result *));
	}
	if (db_try(db, mem, trial->person, trial->ahead, sent, trial->n,
		fault) != OUT_DONE)
		return fault->outcome;
	for (size_t i = 0; i < trial->n; i++)
		judge(mem, &sent[i], rows[i], trial->items[i]);
	return OUT_DONE;
}
