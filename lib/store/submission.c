#include "store/submission.h"

#include <string.h>

bool
submission_kept(const struct write *write)
{
	return write->submission && write->scope->table->submission;
}

/* A call of one of the database's functions with token and content. */
static struct db_step
call(struct mem *mem, const char *function, const struct write *write)
{
	const char **values = mem_array(mem, 2, sizeof *values);

	values[0] = write->submission->token;
	values[1] = write->submission->content;
	return (struct db_step){ mem_printf(mem, "SELECT %s.%s($1, $2)",
				     write->scope->table->submission, function),
		values, 2 };
}

struct db_step
submission_begin(struct mem *mem, const struct write *write)
{
	return call(mem, "ifmatch_submit", write);
}

bool
submission_repeated(const struct fault *fault)
{
	return fault->outcome == OUT_CONFLICT && fault->constraint &&
	       strcmp(fault->constraint, "ifmatch_submission_once") == 0;
}

enum outcome
submission_find(struct db *db, struct mem *mem, const struct write *write,
    struct written *written, struct fault *fault)
{
	struct db_step step = call(mem, "ifmatch_submitted", write);
	struct db_result *rows;
	const char **key;
	size_t n;

	if (db_run(db, mem, write->person, DB_READ, &step, 1, &rows, fault) !=
	    OUT_DONE)
		return fault->outcome;
	n = db_rows(rows);
	if (n == 0)
		return fault_set(fault, OUT_CONFLICT, "_submission",
		    WORD_F_SUBMITTED, NULL, NULL);
	*written = (struct written){ .repeated = true };
	if (!db_value(rows, 0, 0))
		return OUT_DONE;
	key = mem_array(mem, n, sizeof *key);
	for (size_t i = 0; i < n; i++)
		key[i] = db_value(rows, i, 0);
	written->key = key;
	return OUT_DONE;
}

enum outcome
submission_settle(struct db *db, struct mem *mem, const struct write *write,
    struct written *written, struct fault *fault)
{
	struct fault seen;
	enum outcome outcome;

	if (!db_settle(db, mem))
		return fault->outcome;
	outcome = submission_find(db, mem, write, written, &seen);
	if (outcome == OUT_CONFLICT)
		return fault_set(
		    fault, OUT_BUSY, NULL, WORD_F_DATABASE_AWAY, NULL, NULL);
	return outcome == OUT_DONE ? OUT_DONE : fault->outcome;
}
