#include "app/regrid.h"

#include <string.h>

#include "app/cells.h"
#include "app/fate.h"
#include "app/grid.h"
#include "app/place.h"
#include "app/reconcile.h"
#include "app/resolve.h"
#include "app/together.h"

static bool
is_touched(const struct several_item *item, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (item->cells[i].touched)
			return true;
	return false;
}

/* What was typed in a row, and what was said of what is in dispute there.
 * reopen: it is to be shown again, whatever was said. */
static void
read_item(struct call *call, struct several_item *item, const bool *columns,
    bool reopen)
{
	const struct table *table = call->scope->table;

	item->cells = cells_of_form(call, &item->fields, columns);
	item->contests = reconcile_begin(call->mem, table, false);
	item->held = resolve_read(call, &item->fields, item->cells,
			 item->contests, reopen) > 0;
	item->wanted = item->held || is_touched(item, table->n_columns);
}

/* What was typed, as a write; or why it cannot be one. */
static void
prepare_item(struct call *call, struct several_item *item)
{
	struct write write = { .scope = call->scope, .key = item->key };

	if (!item->wanted || item->held)
		return;
	if (cells_members(call, item->cells, &write) != OUT_DONE)
		item->fault = call->fault;
	call->fault = (struct fault){ 0 };
	item->members = write.members;
	item->n_members = write.n_members;
}

/* Several lines are decided as a whole here. */
static void
close_places(struct cell *cell, struct contest *contest)
{
	if (contest->hunks.n == 0)
		return;
	cell->value = contest->mine;
	contest->hunks.n = 0;
	contest->choice = CHOICE_NONE;
	contest->wrong = WORD_NONE;
}

/* Puts what was typed against the row as it is now. */
static void
put_against(struct call *call, struct several_item *item)
{
	const struct table *table = call->scope->table;

	reconcile(
	    call->mem, call->scope, item->cells, item->contests, item->row);
	for (size_t i = 0; i < table->n_columns; i++)
		close_places(&item->cells[i], &item->contests[i]);
}

/* Whether the row is as asked by now, so that there is nothing left to do.
 * Where people count, the same change twice is two. */
static bool
is_settled(struct call *call, const struct several_item *item)
{
	size_t n = call->scope->table->n_columns;

	if (call->scope->table->counter || is_touched(item, n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (item->contests[i].merge == MERGE_DISPUTE)
			return false;
	return true;
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

/* What has become of each. An item that is as asked by now is done. OUT_DONE,
 * or a fault where what is to be decided cannot be shown. */
static enum outcome
settle(struct call *call, struct several *several, const bool *columns)
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

/* Whether somebody only looks for an entry to refer to. */
static bool
is_search(struct call *call, const struct several *several,
    struct refer_search *search, size_t *at)
{
	for (*at = 0; *at < several->n; ++*at)
		if (refer_asked(call, &several->items[*at].fields, search))
			return true;
	return false;
}

/* Whether the form had something in dispute. */
static bool
is_disputed(struct call *call, const struct several_item *item)
{
	for (size_t i = 0; i < call->scope->table->n_columns; i++)
		if (item->contests[i].again)
			return true;
	return false;
}

/* All rows again, with everything that was typed. Writes nothing. */
static enum outcome
search_answer(struct call *call, struct several *several, const bool *columns,
    const struct refer_search *search, size_t at)
{
	struct several_page page = { .columns = columns };

	for (size_t i = 0; i < several->n; i++) {
		read_item(call, &several->items[i], columns, true);
		several->items[i].held = is_disputed(call, &several->items[i]);
	}
	if (settle(call, several, columns) != OUT_DONE)
		return call->fault.outcome;
	for (size_t i = 0; i < several->n; i++)
		if (several->items[i].fate < SEVERAL_STALE)
			several->items[i].fate = SEVERAL_OPEN;
	several->items[at].cells[search->column].focus = true;
	response_field(call->response, "Cache-Control", "private, no-cache");
	call_send(call, grid_make(call, several, &page, NULL, search, at),
	    call_type_html);
	return OUT_DONE;
}

static enum outcome
redirect(struct call *call, size_t done)
{
	call_redirect(call, done > 0 ? place_url(call, "_saved",
					   mem_printf(call->mem, "%zu", done))
				     : place_url(call, NULL, NULL));
	return OUT_DONE;
}

/* Those that are left, with what has become of them. */
static enum outcome
ask_again(struct call *call, struct several *several, const bool *columns,
    size_t done)
{
	struct several_page page = {
		.columns = columns, .again = true, .done = done
	};
	size_t left = several->n;

	if (settle(call, several, columns) != OUT_DONE)
		return call->fault.outcome;
	if (!several_rest(several))
		return redirect(call, done + left);
	return fate_answer(
	    call, several, grid_make(call, several, &page, NULL, NULL, 0));
}

enum outcome
regrid_save(struct call *call)
{
	struct form form;
	struct several several;
	struct refer_search search;
	bool *columns;
	size_t at, done;
	enum outcome outcome = several_open(call, RIGHT_UPDATE, &form);

	if (outcome == OUT_DONE)
		outcome = grid_columns(call, &columns);
	if (outcome == OUT_DONE)
		outcome = several_read(call, &form, &several);
	if (outcome != OUT_DONE)
		return outcome;
	if (is_search(call, &several, &search, &at))
		return search_answer(call, &several, columns, &search, at);
	for (size_t i = 0; i < several.n; i++) {
		read_item(call, &several.items[i], columns, false);
		prepare_item(call, &several.items[i]);
	}
	together_write(call, &several, BATCH_UPDATE);
	done = several_done(&several);
	if (several_rest(&several))
		return ask_again(call, &several, columns, done);
	return redirect(call, done);
}
