#include "store/blame.h"

#include <string.h>

#include "store/sqlstate.h"
#include "store/stmt.h"

static bool
all_seen(const struct scope *scope, const struct constraint *constraint)
{
	size_t n = constraint ? constraint->n : scope->table->n_columns;

	for (size_t i = 0; i < n; i++)
		if (!scope->read[constraint ? constraint->columns[i] : i])
			return false;
	return true;
}

/* Whether the names in the fault are the reader's to know: those of a
 * constraint on columns that they see, or of the table's own where they see all
 * of it. A constraint of a domain has no table. */
static bool
names_known(const struct scope *scope, const struct constraint *constraint,
    const struct fault *fault)
{
	const struct column *column;

	if (constraint)
		return all_seen(scope, constraint);
	if (!fault->relation)
		return true;
	if (strcmp(fault->relation, scope->table->relation) != 0)
		return false;
	if (!fault->column)
		return all_seen(scope, NULL);
	column = table_column(scope->table, fault->column);
	return column && scope->read[table_index(scope->table, column)];
}

/* Takes out what the database says of what the reader may not see. */
static void
hush(const struct scope *scope, struct fault *fault)
{
	const struct column *column =
	    fault->column ? table_column(scope->table, fault->column) : NULL;

	if (!column || !scope->read[table_index(scope->table, column)])
		fault->column = NULL;
	fault->constraint = fault->primary = fault->detail = fault->hint = NULL;
	fault->args[0] = NULL;
	if (fault->message == WORD_F_CHECK ||
	    (fault->message == WORD_F_NOT_NULL && !fault->column))
		fault->message = WORD_F_REFUSED;
}

/* A value that its type refuses is refused without its column's name: cast them
 * one by one. */
static void
find_value(struct db *db, struct mem *mem, const struct write *write,
    struct fault *fault)
{
	struct db_single *singles =
	    mem_array(mem, write->n_members, sizeof *singles);
	struct fault ignored, *first = NULL;

	for (size_t i = 0; i < write->n_members; i++)
		singles[i].step = stmt_cast(mem, write, &write->members[i]);
	if (db_run_each(db, mem, write->person, DB_READ, singles,
		write->n_members, &ignored) != OUT_DONE)
		return;
	for (size_t i = write->n_members; i-- > 0;) {
		struct fault *found = &singles[i].fault;

		if (singles[i].outcome == OUT_DONE)
			continue;
		found->column =
		    write->scope->table->columns[write->members[i].column].name;
		found->also = first;
		first = found;
	}
	if (first) {
		fault->column = first->column;
		fault->also = first->also;
	}
}

void
blame_names(const struct scope *scope, struct fault *fault)
{
	const struct constraint *known =
	    table_constraint(scope->table, fault->constraint);

	if (known && known->n == 1)
		fault->column = scope->table->columns[known->columns[0]].name;
	if (!names_known(scope, known, fault))
		hush(scope, fault);
}

/* Either side of a reference can refuse: what was sent, or entries elsewhere
 * that refer to what the row was. */
static void
tell_reference(const struct write *write, const struct constraint *known,
    struct fault *fault)
{
	bool sent = false;

	if (fault->message != WORD_F_REFERENCE ||
	    (!known && write->n_members > 0))
		return;
	for (size_t i = 0; i < write->n_members; i++)
		for (size_t k = 0; k < known->n; k++)
			sent = sent ||
			       write->members[i].column == known->columns[k];
	fault->message = sent ? WORD_F_NO_SUCH : WORD_F_REFERRED;
	if (!sent)
		fault->column = NULL;
}

void
blame_write(struct db *db, struct mem *mem, const struct write *write,
    struct fault *fault)
{
	const struct constraint *known =
	    table_constraint(write->scope->table, fault->constraint);

	blame_names(write->scope, fault);
	tell_reference(write, known, fault);
	if (!fault->column && !known && write->n_members > 0 &&
	    (fault->outcome == OUT_INVALID))
		find_value(db, mem, write, fault);
	fault->part = fault->column
			  ? mem_printf(mem, "column %s", fault->column)
			  : "body";
}

bool
blame_refused(const struct fault *fault)
{
	return fault->outcome == OUT_INVALID ||
	       fault->outcome == OUT_CONFLICT || fault->outcome == OUT_DENIED;
}
