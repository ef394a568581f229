#include "app/settle.h"

#include <string.h>

#include "app/cells.h"
#include "app/fate.h"
#include "app/reconcile.h"

/* Puts what was sent against the row as it is now. */
static void
put_against(struct call *call, struct several_item *item)
{
	size_t n = call->scope->table->n_columns;

	item->cells = mem_array(call->mem, n, sizeof *item->cells);
	item->contests = mem_array(call->mem, n, sizeof *item->contests);
	memcpy(item->cells, item->sent, n * sizeof *item->cells);
	memcpy(item->contests, item->said, n * sizeof *item->contests);
	reconcile_whole(
	    call->mem, call->scope, item->cells, item->contests, item->row);
}

static bool
is_disputed(const struct call *call, const struct several_item *item)
{
	for (size_t i = 0; i < call->scope->table->n_columns; i++)
		if (item->contests[i].merge == MERGE_DISPUTE)
			return true;
	return false;
}

/* Whether the row is as asked by now, so that there is nothing left to do.
 * Where people count, the same change twice is two. */
static bool
is_settled(const struct call *call, const struct several_item *item)
{
	const struct table *table = call->scope->table;

	return !item->lost && !table->counter &&
	       !cells_touched(table, item->cells) && !is_disputed(call, item);
}

/* Puts the refusal beside its cells; those that have none do not show it. */
static void
blame_item(struct call *call, struct several_item *item, const bool *columns)
{
	call->fault = item->fault;
	cells_blame(call, item->cells);
	call->fault = (struct fault){ 0 };
	for (size_t i = 0; i < call->scope->table->n_columns; i++)
		if (!columns[i])
			item->cells[i].error = NULL;
}

enum outcome
settle_items(struct call *call, struct several *several, const bool *columns)
{
	if (fate_look(call, several) != OUT_DONE)
		for (size_t i = 0; i < several->n; i++)
			if (several->items[i].held)
				return call->fault.outcome;
	call->fault = (struct fault){ 0 };
	for (size_t i = 0; i < several->n; i++) {
		struct several_item *item = &several->items[i];

		if (item->fate == SEVERAL_STALE && item->row) {
			put_against(call, item);
			item->done = item->wanted && is_settled(call, item);
		} else if (item->fate == SEVERAL_REFUSED) {
			blame_item(call, item, columns);
		}
	}
	return OUT_DONE;
}

static bool
can_merge(const struct call *call, const struct several_item *item)
{
	return item->fate == SEVERAL_STALE && !item->held && !item->lost &&
	       !item->done && item->row && item->row->state &&
	       !is_disputed(call, item) &&
	       !reconcile_counts_twice(call->scope->table, item->contests);
}

bool
settle_merge(struct call *call, struct several *several, const bool *columns)
{
	size_t n = 0, in_the_way = 0;

	if (!call->scope->table->merges || several->fault.outcome != OUT_DONE ||
	    settle_items(call, several, columns) != OUT_DONE)
		return false;
	for (size_t i = 0; i < several->n; i++) {
		const struct several_item *item = &several->items[i];

		if (can_merge(call, item))
			n++;
		else if (!item->done && item->fate != SEVERAL_WAITING)
			in_the_way++;
	}
	if (n == 0 || (!several->each && in_the_way > 0))
		return false;
	for (size_t i = 0; i < several->n; i++) {
		struct several_item *item = &several->items[i];

		if (!can_merge(call, item))
			continue;
		item->state = item->row->state;
		item->merged = true;
		item->fault = (struct fault){ 0 };
	}
	return true;
}
