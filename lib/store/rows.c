#include "store/rows.h"

#include "store/look.h"
#include "store/sqlstate.h"
#include "store/stmt.h"

struct rows {
	struct db *db;
	const struct scope *scope;
};

enum outcome
rows_open(struct db *db, struct mem *mem, const struct rows_query *query,
    struct rows **rows, struct fault *fault)
{
	struct db_step step = stmt_list(mem, query);

	*rows = mem_alloc(mem, sizeof **rows);
	(*rows)->db = db;
	(*rows)->scope = query->scope;
	return db_open(db, mem, query->person, &step, fault);
}

enum outcome
rows_next(
    struct rows *rows, struct mem *mem, struct row **row, struct fault *fault)
{
	struct db_result *result;
	enum outcome outcome = db_pull(rows->db, mem, &result, fault);

	*row = result ? look_row(mem, rows->scope, result, 0) : NULL;
	return *row ? look_fresh(*row, fault) : outcome;
}

void
rows_close(struct rows *rows)
{
	db_drop(rows->db);
}
