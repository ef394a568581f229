#include "app/regrid.h"

#include <string.h>

#include "app/cells.h"
#include "app/fate.h"
#include "app/grid.h"
#include "app/place.h"
#include "app/reconcile.h"
#include "app/resolve.h"
#include "app/settle.h"
#include "app/together.h"

enum {
	MERGES = 3 /* so often rows are put together; then a person is asked */
};

/* What was typed in a row, and what was said of what is in dispute there.
 * reopen: it is to be shown again, whatever was said. */
static void
read_item(struct call *call, struct several_item *item, const bool *columns,
    bool reopen)
{
	const struct table *table = call->scope->table;
	const char *lost = cells_lost(call, &item->fields, call->scope->update);

	item->lost = lost != NULL;
	if (lost)
		fault_set(
		    &item->fault, OUT_INVALID, "body", WORD_F_LOST, lost, NULL);
	item->cells = cells_of_form(call, &item->fields, columns);
	item->contests = reconcile_begin(call->mem, table, false);
	item->held = resolve_read(call, &item->fields, item->cells,
			 item->contests, reopen) > 0;
	item->wanted =
	    item->held || item->lost || cells_touched(table, item->cells);
	item->sent = item->cells;
	item->said = item->contests;
}

/* What was typed, as a write; or why it cannot be one. */
static void
prepare_item(struct call *call, struct several_item *item)
{
	struct write write = { .scope = call->scope, .key = item->key };

	if (!item->wanted || item->held || item->fault.outcome != OUT_DONE)
		return;
	if (cells_members(call, item->cells, &write) != OUT_DONE)
		item->fault = call->fault;
	call->fault = (struct fault){ 0 };
	item->members = write.members;
	item->n_members = write.n_members;
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
show_again(struct call *call, struct several *several, const bool *columns,
    const struct refer_search *search, size_t at)
{
	struct several_page page = { .columns = columns, .unsaved = true };

	for (size_t i = 0; i < several->n; i++) {
		read_item(call, &several->items[i], columns, true);
		several->items[i].held = is_disputed(call, &several->items[i]);
	}
	if (settle_items(call, several, columns) != OUT_DONE)
		return call->fault.outcome;
	for (size_t i = 0; i < several->n; i++)
		if (several->items[i].fate < SEVERAL_STALE)
			several->items[i].fate = SEVERAL_OPEN;
	if (search)
		several->items[at].cells[search->column].focus = true;
	call_send_page(call, grid_make(call, several, &page, search, at));
	return OUT_DONE;
}

/* What has been done so far. */
struct tally {
	size_t done, merged;
};

static void
count(struct tally *tally, const struct several *several)
{
	tally->done += several_done(several);
	tally->merged += several_merged(several);
}

/* Where it goes from here: to the list, or to the page of it that a button
 * named by its query. */
static char *
next_url(struct call *call, const struct form *form)
{
	static const char query[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "-._~!$&'()*+,;=:@/?%";
	const char *go = form_value(form, "_go");

	if (!go || go[strspn(go, query)] != '\0')
		return place_url(call, NULL, NULL);
	return mem_printf(
	    call->mem, "%s?%s", table_url(call->mem, call->scope->table), go);
}

static enum outcome
redirect(struct call *call, const struct form *form, const struct tally *tally)
{
	struct text *url = mem_text_open(call->mem);
	const char *next = next_url(call, form);

	fputs(next, url->out);
	if (tally->done > 0)
		fprintf(url->out, "%c_saved=%zu", strchr(next, '?') ? '&' : '?',
		    tally->done);
	if (tally->merged > 0)
		fprintf(url->out, "&_merged=%zu", tally->merged);
	call_redirect(call, mem_text(url));
	return OUT_DONE;
}

/* Those that are left, with what has become of them. */
static enum outcome
ask_again(struct call *call, const struct form *form, struct several *several,
    const bool *columns, struct tally *tally)
{
	struct several_page page = {
		.columns = columns, .again = true, .done = tally->done
	};

	if (settle_items(call, several, columns) != OUT_DONE)
		return call->fault.outcome;
	count(tally, several);
	if (!several_rest(several))
		return redirect(call, form, tally);
	return fate_answer(
	    call, several, grid_make(call, several, &page, NULL, 0));
}

/* Writes what can be written; each time that somebody was there first and both
 * can be put together at once, once more. */
static void
write_items(struct call *call, struct several *several, const bool *columns,
    struct tally *tally)
{
	for (int i = 0; i <= MERGES; i++) {
		for (size_t k = 0; k < several->n; k++)
			prepare_item(call, &several->items[k]);
		together_write(call, several, BATCH_UPDATE);
		count(tally, several);
		if (!several_rest(several) || i == MERGES ||
		    !settle_merge(call, several, columns))
			return;
		count(tally, several);
		several_rest(several);
	}
}

enum outcome
regrid_save(struct call *call)
{
	struct form form;
	struct several several;
	struct refer_search search;
	struct tally tally = { 0 };
	bool *columns;
	size_t at;
	enum outcome outcome = several_open(call, RIGHT_UPDATE, &form);

	if (outcome == OUT_DONE)
		outcome = grid_columns(call, &columns);
	if (outcome == OUT_DONE)
		outcome = several_read(call, &form, &several);
	if (outcome != OUT_DONE)
		return outcome;
	if (is_search(call, &several, &search, &at))
		return show_again(call, &several, columns, &search, at);
	if (form_value(&form, "_compare"))
		return show_again(call, &several, columns, NULL, 0);
	for (size_t i = 0; i < several.n; i++)
		read_item(call, &several.items[i], columns, false);
	write_items(call, &several, columns, &tally);
	if (several_rest(&several))
		return ask_again(call, &form, &several, columns, &tally);
	return redirect(call, &form, &tally);
}
