#include "store/blame.h"

#include <string.h>

#include "store/sqlstate.h"
#include "store/stmt.h"

/* Names the column of a constraint that lies on one column alone. Returns
 * whether the constraint is the table's at all. */
static bool
constraint_known(const struct table *table, struct fault *fault)
{
	for (size_t i = 0; i < table->n_constraints; i++) {
		const struct constraint *constraint = &table->constraints[i];

		if (strcmp(constraint->name, fault->constraint) != 0)
			continue;
		if (constraint->n == 1)
			fault->column =
			    table->columns[constraint->columns[0]].name;
		return true;
	}
	return false;
}

/* A value that its type refuses is refused without its column's name: cast them
 * one by one. */
static void
find_value(struct db *db, struct mem *mem, const struct write *write,
    struct fault *fault)
{
	struct db_single *singles =
	    mem_array(mem, write->n_members, sizeof *singles);
	struct fault ignored;

	for (size_t i = 0; i < write->n_members; i++)
		singles[i].step = stmt_cast(mem, write, &write->members[i]);
	if (db_run_each(db, mem, write->person, DB_READ, singles,
		write->n_members, &ignored) != OUT_DONE)
		return;
	for (size_t i = 0; i < write->n_members; i++)
		if (singles[i].outcome != OUT_DONE) {
			fault->column = write->scope->table
					    ->columns[write->members[i].column]
					    .name;
			return;
		}
}

void
blame_write(struct db *db, struct mem *mem, const struct write *write,
    struct fault *fault)
{
	bool known =
	    fault->constraint && constraint_known(write->scope->table, fault);

	if (!known && sqlstate_is(fault, "23503")) {
		/* another table's key: its names are none of the reader's */
		fault->constraint = fault->primary = fault->args[0] = NULL;
	}
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
