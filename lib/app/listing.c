#include "app/listing.h"

#include "app/arrival.h"
#include "app/grid.h"
#include "app/pager.h"
#include "app/place.h"
#include "app/refer.h"
#include "app/stream.h"
#include "app/validate.h"
#include "app/window.h"
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

static enum outcome
send_page(struct call *call, const struct query *query)
{
	struct listing found;
	struct list_page page = { .scope = call->scope };
	struct text *text;
	enum outcome outcome;

	if (listing_collect(call, query, LISTING_MAX, &found) != OUT_DONE)
		return call->fault.outcome;
	if ((outcome = validate_list(call)) != OUT_DONE)
		return outcome;
	page.rows = found.rows;
	page.n = found.n;
	page.choices = refer_rows(call, page.rows, page.n);
	page.links = found.links;
	page.tools = tools_of(call, query);
	arrival_mark(call, query, &page);
	text = mem_text_open(call->mem);
	list_page(text->out, call->mem, &call->site, &page);
	call_send(call, text, call_type_html);
	return OUT_DONE;
}

enum outcome
listing_blame(struct call *call, const struct query *query)
{
	struct fault *fault = &call->fault;

	fault->outcome = OUT_MALFORMED;
	if (query->rows.after || query->rows.before)
		return fault_set(fault, OUT_MALFORMED,
		    query->rows.after ? "parameter _after"
				      : "parameter _before",
		    WORD_F_PARAMETER, query->rows.after ? "_after" : "_before",
		    NULL);
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
