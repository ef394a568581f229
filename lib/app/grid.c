#include "app/grid.h"

#include <string.h>

#include "app/fate.h"
#include "app/listing.h"
#include "app/refer.h"
#include "app/upload.h"
#include "format/filter.h"
#include "view/grid.h"
#include "view/shortlist.h"
#include "view/value.h"

enum {
	FIELDS_OURS = 64, /* of the form and of no row */
	FIELDS_ROW = 3,
	FIELDS_CELL = 5
};

static bool *
editable(struct call *call)
{
	const struct scope *scope = call->scope;
	const struct table *table = scope->table;
	bool *can = mem_array(call->mem, table->n_columns, sizeof *can);

	for (size_t i = 0; i < table->n_columns; i++)
		can[i] = (scope->rights & RIGHT_UPDATE) && scope->read[i] &&
			 scope->update[i] && value_shown(table, i) &&
			 !upload_is(&table->columns[i]);
	return can;
}

static bool
any(const bool *columns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (columns[i])
			return true;
	return false;
}

/* What the configuration names, else what the list shows. */
static bool *
proposed(struct call *call, const bool *can)
{
	const struct table *table = call->scope->table;
	size_t n = table->n_columns;
	bool *columns = mem_array(call->mem, n, sizeof *columns);
	const bool *listed = shortlist(call->mem, call->scope);

	for (size_t i = 0; i < n; i++)
		columns[i] = can[i] && table->columns[i].in_grid;
	for (size_t i = 0; i < n && !any(columns, n); i++)
		columns[i] =
		    can[i] && listed[i] && table->columns[i].key_part == 0;
	return columns;
}

void
grid_offer(struct call *call, struct tools *tools)
{
	bool *can = editable(call);

	if (!any(can, call->scope->table->n_columns))
		return;
	tools->editable = can;
	tools->proposed = proposed(call, can);
}

static enum outcome
add_column(struct call *call, bool *columns, const char *name)
{
	const struct table *table = call->scope->table;
	const struct column *column = table_column(table, name);

	if (!column || !call->scope->read[table_index(table, column)])
		return fault_set(&call->fault, OUT_MALFORMED, "parameter _edit",
		    WORD_F_UNKNOWN_COLUMN, name, NULL);
	columns[table_index(table, column)] = true;
	return OUT_DONE;
}

/* One column's name as it is, or several. */
static enum outcome
add_columns(struct call *call, bool *columns, const char *text)
{
	struct filter_pick *picks;
	enum outcome outcome = OUT_DONE;
	size_t n;

	if (table_column(call->scope->table, text))
		return add_column(call, columns, text);
	if (!filter_read_select(call->mem, text, &picks, &n))
		return call_bad_parameter(call, "_edit");
	for (size_t i = 0; i < n && outcome == OUT_DONE; i++)
		outcome = add_column(call, columns, picks[i].column);
	return outcome;
}

/* The columns that the URL names, as far as this person may change them. */
enum outcome
grid_columns(struct call *call, bool **columns)
{
	const struct uri *uri = &call->request->uri;
	size_t n = call->scope->table->n_columns;
	const bool *can = editable(call);
	bool named = false;

	*columns = mem_array(call->mem, n, sizeof **columns);
	for (size_t i = 0; i < uri->n_pairs; i++) {
		const struct uri_pair *pair = &uri->pairs[i];

		enum outcome outcome = OUT_DONE;

		if (strncmp(pair->name, "_edit.", 6) == 0)
			outcome = add_column(call, *columns, pair->name + 6);
		else if (strcmp(pair->name, "_edit") == 0 && pair->value &&
			 *pair->value)
			outcome = add_columns(call, *columns, pair->value);
		else
			continue;
		named = true;
		if (outcome != OUT_DONE)
			return outcome;
	}
	if (!named)
		*columns = proposed(call, can);
	for (size_t i = 0; i < n; i++)
		(*columns)[i] = (*columns)[i] && can[i];
	return any(*columns, n) ? OUT_DONE
				: fault_set(&call->fault, OUT_DENIED, NULL,
				      WORD_F_DENIED, NULL, NULL);
}

struct text *
grid_make(struct call *call, const struct several *several,
    struct several_page *page, const struct refer_search *search, size_t at)
{
	struct cell **cells = mem_array(call->mem, several->n, sizeof *cells);
	struct text *text = mem_text_open(call->mem);

	for (size_t i = 0; i < several->n; i++)
		cells[i] = several->items[i].cells;
	page->scope = call->scope;
	refer_grid(call, cells, several->n, page->columns, search, at);
	fate_page(call, several, page);
	grid_page(text->out, call->mem, &call->site, page);
	return text;
}

static size_t
most_rows(struct call *call, const bool *columns)
{
	size_t fields = FIELDS_ROW;

	for (size_t i = 0; i < call->scope->table->n_columns; i++)
		fields += columns[i] ? FIELDS_CELL : 0;
	return (FORM_MAX_FIELDS - FIELDS_OURS) / fields;
}

enum outcome
grid_read(struct call *call)
{
	struct query *query = mem_alloc(call->mem, sizeof *query);
	struct listing found;
	struct several several;
	struct several_page page = { .again = false };
	bool *columns;
	enum outcome outcome = query_read(call, query);

	if (outcome == OUT_DONE)
		outcome = grid_columns(call, &columns);
	if (outcome != OUT_DONE)
		return outcome;
	query->rows.shown = NULL;
	outcome =
	    listing_collect(call, query, most_rows(call, columns), &found);
	if (outcome != OUT_DONE)
		return outcome == OUT_INVALID ? listing_blame(call, query)
					      : outcome;
	several_of_rows(call, found.rows, found.n, &several);
	page.columns = columns;
	page.note = query->note;
	page.number = mem_printf(call->mem, "%ld", query->noted);
	page.merged = mem_printf(call->mem, "%ld", query->merged);
	page.links = &found.links;
	call_send_page(call, grid_make(call, &several, &page, NULL, 0));
	return OUT_DONE;
}
