#include "app/filtered.h"

#include <string.h>

static bool
names_version(const struct table *table, const struct filter *filter)
{
	return table->version && filter->kind == FILTER_TEST &&
	       !filter->negated && filter->op == FILTER_EQ &&
	       strcmp(filter->column, table->version) == 0;
}

static bool
has_version(const struct rows_query *rows)
{
	for (size_t i = 0; i < rows->n_filters; i++)
		if (names_version(rows->scope->table, &rows->filters[i]))
			return true;
	return false;
}

static enum outcome
check_permitted(struct call *call, const struct rows_query *rows,
    const struct expectation *said)
{
	const struct table *table = call->scope->table;

	if (rows->n_filters == 0 || table->n_key == 0)
		return fault_set(&call->fault, OUT_UNGUARDED, "query",
		    WORD_F_NO_FILTER, NULL, NULL);
	if (has_version(rows) || call->prefer.max_affected >= 0 ||
	    table->filtered_writes || said->given || said->absent)
		return OUT_DONE;
	return fault_set(&call->fault, OUT_UNGUARDED, "query",
	    WORD_F_FILTER_UNGUARDED, table->version, NULL);
}

/* Whether rows are let through once no filter names the version. */
static enum outcome
find_other_version(struct call *call, const struct rows_query *rows)
{
	struct rows_query others = *rows;
	struct filter *filters =
	    mem_array(call->mem, rows->n_filters, sizeof *filters);
	struct rows *list;
	struct row *row = NULL;

	others.n_filters = 0;
	others.limit = 1;
	for (size_t i = 0; i < rows->n_filters; i++)
		if (!names_version(rows->scope->table, &rows->filters[i]))
			filters[others.n_filters++] = rows->filters[i];
	others.filters = filters;
	if (others.n_filters == 0)
		return OUT_DONE;
	if (rows_open(call->db, call->mem, &others, &list, &call->fault) !=
		OUT_DONE ||
	    rows_next(list, call->mem, &row, &call->fault) != OUT_DONE)
		return call->fault.outcome;
	rows_close(list);
	if (!row)
		return OUT_DONE;
	call->written.row = row;
	return fault_set(&call->fault, OUT_STALE,
	    mem_printf(call->mem, "column %s", rows->scope->table->version),
	    WORD_F_STALE, NULL, NULL);
}

/* What was said of the rows, of this one; a state that it does not have stays
 * as it is, and refuses it. */
static struct expectation
expect_found(
    struct call *call, const struct expectation *said, const struct row *row)
{
	struct expectation expect = *said;
	bool found = !said->states;

	for (size_t i = 0; said->states && i < said->n_states; i++)
		found |= strcmp(said->states[i], row->state) == 0;
	if (found) {
		expect.part = said->part ? said->part : "query";
		expect.states = mem_alloc(call->mem, sizeof *expect.states);
		expect.states[0] = row->state;
		expect.n_states = 1;
	}
	expect.given = true;
	return expect;
}

static struct batch_item
item_of(struct call *call, enum batch_kind kind, const struct row *row,
    const struct expectation *said)
{
	struct batch_item item = {
		.kind = kind,
		.write = { .scope = call->scope,
		    .key = row->key,
		    .expect = expect_found(call, said, row),
		    .image = IMAGE_JSON },
		.written = { .row = row },
	};

	return item;
}

static enum outcome
collect(struct call *call, const struct rows_query *rows,
    const struct expectation *said, size_t most, enum batch_kind kind,
    struct batch *batch)
{
	struct rows_query asked = *rows;
	struct rows *list;
	struct row *row;

	/* what is not sent back is not read either */
	asked.shown = kind == BATCH_DELETE && !call->prefer.representation
			  ? mem_array(call->mem, call->scope->table->n_columns,
				sizeof *asked.shown)
			  : NULL;
	if (asked.limit < 0 || asked.limit > (long)most)
		asked.limit = (long)most + 1;
	if (rows_open(call->db, call->mem, &asked, &list, &call->fault) !=
	    OUT_DONE)
		return call->fault.outcome;
	for (;;) {
		if (rows_next(list, call->mem, &row, &call->fault) != OUT_DONE)
			return call->fault.outcome;
		if (!row)
			return OUT_DONE;
		if (batch->n == most)
			return fault_set(&call->fault, OUT_CONFLICT, "query",
			    WORD_F_TOO_MANY, mem_printf(call->mem, "%zu", most),
			    NULL);
		batch->items = mem_grow(
		    call->mem, batch->items, batch->n, sizeof *batch->items);
		batch->items[batch->n++] = item_of(call, kind, row, said);
	}
}

enum outcome
filtered_find(struct call *call, const struct query *query,
    const struct expectation *said, enum batch_kind kind, struct batch *batch)
{
	const struct rows_query *rows = &query->rows;
	size_t most = call->prefer.max_affected >= 0
			  ? (size_t)call->prefer.max_affected
			  : BULK_MAX;

	*batch = (struct batch){ .person = &call->who };
	if (check_permitted(call, rows, said) != OUT_DONE ||
	    collect(call, rows, said, most < BULK_MAX ? most : BULK_MAX, kind,
		batch) != OUT_DONE)
		return call->fault.outcome == OUT_INVALID
			   ? (call->fault.outcome = OUT_MALFORMED)
			   : call->fault.outcome;
	if (batch->n == 0 && has_version(rows))
		return find_other_version(call, rows);
	return OUT_DONE;
}
