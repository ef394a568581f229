#include "app/listing.h"

#include <string.h>

#include "app/arrival.h"
#include "app/finder.h"
#include "app/grid.h"
#include "app/pager.h"
#include "app/place.h"
#include "app/posted.h"
#include "app/refusal.h"
#include "app/stream.h"
#include "app/validate.h"
#include "app/window.h"
#include "view/finder.h"
#include "view/list.h"

enum {
	PAGE_ROWS = 25
};

/* One more row than the page shows tells whether there is a next page. */
enum outcome
listing_collect(struct call *call, const struct query *query, size_t most,
    struct listing *found)
{
	struct rows_query asked = query->rows;
	size_t limit = asked.limit < 0 ? PAGE_ROWS : (size_t)asked.limit;
	struct rows *rows;
	struct row *row;
	enum outcome outcome;

	if (limit > most)
		limit = most;
	*found = (struct listing){ .n = 0 };
	asked.limit = (long)limit + 1;
	found->rows = mem_array(call->mem, limit + 1, sizeof *found->rows);
	found->places = mem_array(call->mem, limit + 1, sizeof *found->places);
	outcome = rows_open(call->db, call->mem, &asked, &rows, &call->fault);
	while (outcome == OUT_DONE) {
		outcome = rows_next(rows, call->mem, &row, &call->fault);
		if (outcome != OUT_DONE || !row)
			break;
		found->places[found->n] = rows_place(rows, call->mem);
		found->rows[found->n++] = row;
	}
	if (outcome != OUT_DONE)
		return outcome;
	found->more = found->n > limit;
	found->n -= found->more;
	/* ahead of a place, the one more comes first */
	if (found->more && asked.before) {
		found->rows++;
		found->places++;
	}
	found->links =
	    pager_links(call, query, found->n > 0 ? found->places[0] : NULL,
		found->n > 0 ? found->places[found->n - 1] : NULL, found->more);
	return OUT_DONE;
}

/* What the page offers for several rows at once. */
static struct tools
tools_of(struct call *call, const struct query *query)
{
	struct tools tools = { .note = query->note };

	tools.number = mem_printf(call->mem, "%ld", query->noted);
	tools.merged = mem_printf(call->mem, "%ld", query->merged);
	tools.kept = place_pairs(call, &tools.n_kept);
	grid_offer(call, &tools);
	if ((call->scope->rights & RIGHT_DELETE) &&
	    call->scope->table->n_key > 0)
		tools.removal = place_url(call, "_delete", "");
	return tools;
}

/* Only what the page shows is read, and what it calls the rows by. */
static bool *
needed(struct call *call, const struct asked *asked)
{
	size_t n = call->scope->table->n_columns;
	const struct label_rule label = table_label(call->mem, call->scope);
	bool *columns = mem_array(call->mem, n, sizeof *columns);

	memcpy(columns, asked->shown, n * sizeof *columns);
	for (size_t i = 0; i < label.n; i++)
		if (!label.parts[i].text)
			columns[label.parts[i].column] = true;
	return columns;
}

/* A page that is all there is needs no counting. */
static bool
is_all(const struct query *query, const struct listing *found)
{
	const struct rows_query *rows = &query->rows;

	return !rows->after && !rows->before && rows->offset == 0 &&
	       !found->more;
}

/* Where the rows cannot be counted in time, their number is not said. tally:
 * NULL where all were found. */
static void
count(const struct listing *found, const struct db_single *tally,
    struct finder *finder)
{
	finder->count = (long long)found->n;
	finder->counted = true;
	if (tally && !rows_tallied(tally, &finder->count, &finder->counted))
		finder->count = -1;
}

static enum outcome
send_page(struct call *call, struct query *query)
{
	struct asked *asked = asked_read(call);
	struct listing found;
	struct list_page page = { .scope = call->scope };
	struct finder *finder;
	struct db_single *tally = NULL;
	struct text *text;
	enum outcome outcome;

	query->rows.shown = needed(call, asked);
	if (listing_collect(call, query, LISTING_MAX, &found) != OUT_DONE)
		return call->fault.outcome;
	if ((outcome = validate_list(call)) != OUT_DONE)
		return outcome;
	page.rows = found.rows;
	page.n = found.n;
	if (!is_all(query, &found)) {
		tally = mem_array(call->mem, ROWS_TALLY, sizeof *tally);
		rows_tally(call->mem, &query->rows, tally);
	}
	page.choices = finder_choices(call, asked, page.rows, page.n, tally);
	page.links = found.links;
	page.placed = query->rows.after || query->rows.before;
	page.tools = tools_of(call, query);
	arrival_mark(call, query, &page);
	finder = finder_make(call, asked, page.choices, PAGE_ROWS);
	count(&found, tally, finder);
	finder_export(call, asked, &page);
	page.finder = finder;
	text = mem_text_open(call->mem);
	list_page(text->out, call->mem, &call->site, &page);
	call_send(call, text, call_type_html);
	return OUT_DONE;
}

bool
listing_again(struct call *call)
{
	struct list_page page = { .scope = call->scope };
	struct asked *asked;
	struct finder *finder;
	struct text *text;

	if (call->route.resource != RESOURCE_TABLE || !call->scope ||
	    call->format != FORMAT_HTML || posted_is_form(call) ||
	    call->fault.outcome != OUT_MALFORMED)
		return false;
	asked = asked_read(call);
	asked->panels = true;
	page.choices = finder_choices(call, asked, NULL, 0, NULL);
	finder = finder_make(call, asked, page.choices, PAGE_ROWS);
	finder_blame(call, asked, finder);
	page.finder = finder;
	page.links.first = asked_url(call, asked_is_named, "");
	text = mem_text_open(call->mem);
	list_page(text->out, call->mem, &call->site, &page);
	refusal_status(call);
	response_field(call->response, "Cache-Control", "no-store");
	call_send(call, text, call_type_html);
	return true;
}

enum outcome
listing_blame(struct call *call, const struct query *query)
{
	call->fault.outcome = OUT_MALFORMED;
	if (query->rows.after || query->rows.before)
		return call_bad_parameter(
		    call, query->rows.after ? "_after" : "_before");
	return OUT_MALFORMED;
}

enum outcome
listing_read(struct call *call)
{
	struct query *query = mem_alloc(call->mem, sizeof *query);
	enum outcome outcome;

	if (call->format == FORMAT_CSV && !(call->scope->rights & RIGHT_EXPORT))
		return fault_set(
		    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	outcome = query_read(call, query);
	if (outcome != OUT_DONE)
		return outcome;
	response_field(call->response, "Cache-Control", "private, no-cache");
	if (call->format == FORMAT_HTML)
		outcome = send_page(call, query);
	else if ((outcome = window_read(call, query)) == OUT_DONE)
		outcome = stream_list(call, query);
	return outcome == OUT_INVALID ? listing_blame(call, query) : outcome;
}
