#include "app/fate.h"

#include <string.h>

#include "app/place.h"
#include "app/refer.h"
#include "app/refusal.h"
#include "store/rows.h"
#include "view/caption.h"

/* The key's columns are compared, whether or not this person sees them. */
static struct scope *
with_key(struct call *call)
{
	const struct table *table = call->scope->table;
	size_t size = table->n_columns * sizeof *call->scope->read;
	struct scope *scope = mem_alloc(call->mem, sizeof *scope);

	*scope = *call->scope;
	scope->read = mem_alloc(call->mem, size);
	memcpy(scope->read, call->scope->read, size);
	for (size_t i = 0; i < table->n_key; i++)
		scope->read[table->key[i]] = true;
	return scope;
}

/* That the key's columns are those of one item. */
static struct filter
key_filter(struct call *call, const struct several_item *item)
{
	const struct table *table = call->scope->table;
	struct filter filter = { .kind = FILTER_AND, .n_parts = table->n_key };

	filter.parts = mem_array(call->mem, table->n_key, sizeof *filter.parts);
	for (size_t i = 0; i < table->n_key; i++)
		filter.parts[i] = (struct filter){
			.kind = FILTER_TEST,
			.column = table->columns[table->key[i]].name,
			.op = FILTER_EQ,
			.values = &item->key[i],
			.n_values = 1,
		};
	return filter;
}

static void
take_row(
    struct several *several, const struct table *table, const struct row *row)
{
	for (size_t i = 0; i < several->n; i++)
		if (table_same_key(table, several->items[i].key, row->key))
			several->items[i].row = row;
}

/* Finds the rows of all items. */
static enum outcome
find_rows(struct call *call, struct several *several)
{
	struct filter any = { .kind = FILTER_OR, .n_parts = several->n };
	struct rows_query query = {
		.scope = with_key(call),
		.person = &call->who,
		.image = IMAGE_TEXT,
		.filters = &any,
		.n_filters = 1,
		.limit = -1,
	};
	struct rows *rows;
	struct row *row = NULL;

	any.parts = mem_array(call->mem, several->n, sizeof *any.parts);
	for (size_t i = 0; i < several->n; i++) {
		any.parts[i] = key_filter(call, &several->items[i]);
		several->items[i].row = NULL;
	}
	if (several->n == 0)
		return OUT_DONE;
	if (rows_open(call->db, call->mem, &query, &rows, &call->fault) !=
	    OUT_DONE)
		return call->fault.outcome;
	while (rows_next(rows, call->mem, &row, &call->fault) == OUT_DONE) {
		if (!row)
			return OUT_DONE;
		take_row(several, call->scope->table, row);
	}
	return call->fault.outcome;
}

static enum several_fate
fate_of(const struct several_item *item, bool known)
{
	if (known && !item->row)
		return SEVERAL_GONE;
	if (item->held || (known && strcmp(item->state, item->row->state) != 0))
		return SEVERAL_STALE;
	return item->fault.outcome != OUT_DONE ? SEVERAL_REFUSED
					       : SEVERAL_WAITING;
}

enum outcome
fate_look(struct call *call, struct several *several)
{
	enum outcome outcome = find_rows(call, several);

	for (size_t i = 0; i < several->n; i++)
		several->items[i].fate =
		    fate_of(&several->items[i], outcome == OUT_DONE);
	return outcome;
}

/* Why an item was refused, where none of its cells says so. */
static const char *
error_of(struct call *call, const struct several_item *item)
{
	const struct fault *fault = &item->fault;
	const struct table *table = call->scope->table;
	const struct column *column =
	    fault->column ? table_column(table, fault->column) : NULL;
	const char *sentence;

	if (item->fate != SEVERAL_REFUSED && !item->lost)
		return NULL;
	if (column && item->cells &&
	    item->cells[table_index(table, column)].error)
		return NULL;
	sentence = error_sentence(call->mem, &call->site, fault);
	return column ? mem_printf(call->mem, "%s: %s",
			    caption_column(call->mem, column).label, sentence)
		      : sentence;
}

void
fate_page(
    struct call *call, const struct several *several, struct several_page *page)
{
	struct several_row *rows =
	    mem_array(call->mem, several->n, sizeof *rows);
	struct row **known = mem_array(call->mem, several->n, sizeof *known);
	size_t n = 0;

	for (size_t i = 0; i < several->n; i++) {
		const struct several_item *item = &several->items[i];

		rows[i] = (struct several_row){
			.fate = item->fate,
			.key = item->key,
			.state = item->row ? item->row->state : item->state,
			.label = item->label,
			.row = item->row,
			.cells = item->cells,
			.contests = item->contests,
			.error = error_of(call, item),
		};
		if (item->row) {
			known[n] = mem_alloc(call->mem, sizeof **known);
			*known[n++] = *item->row;
		}
	}
	page->rows = rows;
	page->n = several->n;
	page->choices = refer_rows(call, known, n);
	page->each = several->each;
	page->fault =
	    several->fault.outcome != OUT_DONE ? &several->fault : NULL;
	page->url = place_same(call);
	page->list = place_url(call, NULL, NULL);
}

/* The gravest of the items' fates as a fault of the call's. */
static void
set_fault(struct call *call, const struct several *several)
{
	const struct several_item *refused = NULL;

	for (size_t i = 0; i < several->n; i++) {
		const struct several_item *item = &several->items[i];

		if (item->fate == SEVERAL_STALE || item->fate == SEVERAL_GONE) {
			call->etag = item->state;
			call->written.row = item->row;
			fault_set(&call->fault, OUT_STALE, "_etag",
			    WORD_F_STALE, NULL, NULL);
			return;
		}
		if (!refused && item->fate == SEVERAL_REFUSED)
			refused = item;
	}
	call->fault = several->fault;
	if (call->fault.outcome == OUT_DONE && refused)
		call->fault = refused->fault;
}

enum outcome
fate_answer(struct call *call, const struct several *several, struct text *page)
{
	set_fault(call, several);
	return refusal_page(call, page);
}
