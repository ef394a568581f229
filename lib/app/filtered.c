#include "app/filtered.h"

#include <string.h>

/* No more rows than this are changed by one request. */
enum {
	FILTERED_MAX = 10000
};

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
check_permitted(struct call *call, const struct rows_query *rows)
{
	const struct table *table = call->scope->table;

	if (rows->n_filters == 0 || table->n_key == 0)
		return fault_set(&call->fault, OUT_UNGUARDED, "query",
		    WORD_F_NO_FILTER, NULL, NULL);
	if (has_version(rows) || call->prefer.max_affected >= 0 ||
	    table->filtered_writes)
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

static struct batch_item
item_of(struct call *call, enum batch_kind kind, const struct row *row)
{
	struct batch_item item = {
		.kind = kind,
		.write = { .scope = call->scope,
		    .key = row->key,
		    .image = IMAGE_JSON },
		.written = { .row = row },
	};
	const char **states = mem_alloc(call->mem, sizeof *states);

	*states = row->state;
	item.write.expect.given = true;
	item.write.expect.part = "query";
	item.write.expect.states = states;
	item.write.expect.n_states = 1;
	return item;
}

static enum outcome
collect(struct call *call, const struct rows_query *rows, size_t most,
    enum batch_kind kind, struct batch *batch)
{
	struct rows_query asked = *rows;
	struct rows *list;
	struct row *row;

	asked.limit = (long)most + 1;
	asked.shown = NULL;
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
		batch->items[batch->n++] = item_of(call, kind, row);
	}
}

enum outcome
filtered_find(struct call *call, const struct query *query,
    enum batch_kind kind, struct batch *batch)
{
	const struct rows_query *rows = &query->rows;
	size_t most = call->prefer.max_affected >= 0
			  ? (size_t)call->prefer.max_affected
			  : FILTERED_MAX;

	*batch = (struct batch){ .person = &call->who };
	if (check_permitted(call, rows) != OUT_DONE ||
	    collect(call, rows, most < FILTERED_MAX ? most : FILTERED_MAX, kind,
		batch) != OUT_DONE)
		return call->fault.outcome == OUT_INVALID
			   ? (call->fault.outcome = OUT_MALFORMED)
			   : call->fault.outcome;
	if (batch->n == 0 && has_version(rows))
		return find_other_version(call, rows);
	return OUT_DONE;
}
