#include "app/listing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/refer.h"
#include "app/stream.h"
#include "format/uri.h"
#include "store/rows.h"
#include "view/list.h"

enum {
	PAGE_ROWS = 50,
	PAGE_MAX = 1000
};

static enum outcome
bad_parameter(struct call *call, const char *name)
{
	return fault_set(&call->fault, OUT_MALFORMED,
	    mem_printf(call->mem, "parameter %s", name), WORD_F_PARAMETER, name,
	    NULL);
}

static bool
read_limit(const char *text, long *limit)
{
	char *end;

	errno = 0;
	*limit = strtol(text, &end, 10);
	return end != text && *end == '\0' && *limit >= 0 && errno == 0;
}

/* The parts of a key in _after or _before. */
static bool
read_edge(
    struct call *call, const struct uri_pair *pair, const char *const **edge)
{
	size_t n = 0;

	*edge = pair->raw ? uri_key_split(call->mem, pair->raw, &n) : NULL;
	return *edge && n == call->scope->table->n_key && n > 0;
}

static enum outcome
read_query(struct call *call, struct rows_query *query, bool *etags)
{
	const struct uri *uri = &call->request->uri;

	for (size_t i = 0; i < uri->n_pairs; i++) {
		const struct uri_pair *pair = &uri->pairs[i];
		const char *value = pair->value ? pair->value : "";
		bool fine = strcmp(pair->name, "_format") == 0;

		if (strcmp(pair->name, "limit") == 0)
			fine = read_limit(value, &query->limit);
		else if (strcmp(pair->name, "_etag") == 0)
			fine = *etags = *value == '\0';
		else if (strcmp(pair->name, "_after") == 0)
			fine = read_edge(call, pair, &query->after);
		else if (strcmp(pair->name, "_before") == 0)
			fine = read_edge(call, pair, &query->before);
		if (!fine)
			return bad_parameter(call, pair->name);
	}
	if (query->after && query->before)
		return bad_parameter(call, "_before");
	return OUT_DONE;
}

/* A link to the rows behind or ahead of one of these. */
static char *
edge_url(struct call *call, const char *parameter, const struct row *row)
{
	const struct table *table = call->scope->table;
	struct text *text = mem_text_open(call->mem);

	fprintf(text->out, "%s?%s=", table_url(call->mem, table), parameter);
	for (size_t i = 0; i < table->n_key; i++) {
		if (i > 0)
			putc(',', text->out);
		uri_write(text->out, row->key[i]);
	}
	return mem_text(text);
}

/* One more row than the page shows tells whether there is a next page. */
static enum outcome
collect(struct call *call, struct rows_query *query, struct list_page *page,
    bool *more)
{
	long shown = query->limit;
	struct row **found =
	    mem_array(call->mem, (size_t)shown + 1, sizeof *found);
	struct rows *rows;
	struct row *row;
	enum outcome outcome;

	query->limit = shown + 1;
	outcome = rows_open(call->db, call->mem, query, &rows, &call->fault);
	while (outcome == OUT_DONE) {
		outcome = rows_next(rows, call->mem, &row, &call->fault);
		if (outcome != OUT_DONE || !row)
			break;
		found[page->n++] = row;
	}
	*more = page->n > (size_t)shown;
	page->n -= *more;
	for (size_t i = 0; query->before && i < page->n / 2; i++) {
		row = found[i];
		found[i] = found[page->n - 1 - i];
		found[page->n - 1 - i] = row;
	}
	page->rows = found;
	return outcome;
}

static enum outcome
send_page(struct call *call, struct rows_query *query)
{
	struct list_page page = { .scope = call->scope };
	bool keyed = call->scope->table->n_key > 0;
	struct text *text;
	bool more;

	if (query->limit < 0)
		query->limit = PAGE_ROWS;
	if (query->limit > PAGE_MAX)
		query->limit = PAGE_MAX;
	if (collect(call, query, &page, &more) != OUT_DONE)
		return call->fault.outcome;
	if (keyed && page.n > 0 && (query->before ? true : more))
		page.next = edge_url(call, "_after", page.rows[page.n - 1]);
	if (keyed && page.n > 0 &&
	    (query->before ? more : query->after != NULL))
		page.previous = edge_url(call, "_before", page.rows[0]);
	if (query->before || query->after)
		page.first = table_url(call->mem, call->scope->table);
	page.choices = refer_rows(call, page.rows, page.n);
	text = mem_text_open(call->mem);
	list_page(text->out, call->mem, &call->site, &page);
	call_send(call, text, call_type_html);
	return OUT_DONE;
}

enum outcome
listing_read(struct call *call)
{
	struct rows_query query = {
		.scope = call->scope,
		.person = call->person,
		.image = call->format == FORMAT_HTML ? IMAGE_TEXT : IMAGE_JSON,
		.limit = -1,
	};
	bool etags = false;
	enum outcome outcome = read_query(call, &query, &etags);

	if (outcome != OUT_DONE)
		return outcome;
	response_field(call->response, "Cache-Control", "private, no-cache");
	outcome = call->format == FORMAT_HTML
		      ? send_page(call, &query)
		      : stream_json(call, &query, etags);
	/* the only values that a list is asked with */
	if (outcome == OUT_INVALID && (query.after || query.before))
		return bad_parameter(call, query.after ? "_after" : "_before");
	return outcome;
}
