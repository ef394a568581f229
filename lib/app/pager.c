#include "app/pager.h"

#include <string.h>

/* The parts of a place. A link has its commas as they are; a form has escaped
 * them together with the rest, so that of several parts the decoded text is
 * what the link had. */
static const char *const *
split_place(
    struct mem *mem, const struct uri_pair *pair, size_t wanted, size_t *n)
{
	if (!pair->raw)
		return NULL;
	if (wanted == 1) {
		*n = 1;
		return &pair->value;
	}
	return uri_key_split(
	    mem, strchr(pair->raw, ',') ? pair->raw : pair->value, n);
}

const char *const *
pager_read(struct call *call, const struct uri_pair *pair,
    const struct rows_query *rows)
{
	size_t n_key = call->scope->table->n_key;
	size_t n = 0;
	const char *const *parts =
	    split_place(call->mem, pair, n_key + rows->n_order, &n);
	const char **place;

	if (!parts || n_key == 0 || n != rows->n_order + n_key)
		return NULL;
	place = mem_array(call->mem, n, sizeof *place);
	for (size_t i = 0; i < n; i++) {
		if (i >= rows->n_order)
			place[i] = parts[i];
		else if (*parts[i] == '=')
			place[i] = parts[i] + 1;
		else if (strcmp(parts[i], "!") != 0)
			return NULL;
	}
	return place;
}

/* The other way round, percent-encoded. */
static char *
write_place(
    struct mem *mem, const struct rows_query *rows, const char *const *place)
{
	struct text *text = mem_text_open(mem);
	size_t n = rows->n_order + rows->scope->table->n_key;

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			putc(',', text->out);
		if (i < rows->n_order)
			uri_write(text->out, place[i] ? "=" : "!");
		if (place[i])
			uri_write(text->out, place[i]);
	}
	return mem_text(text);
}

/* A link to the rows behind or ahead of a place, or to the first ones. */
static char *
page_url(struct call *call, const struct query *query, const char *parameter,
    const char *const *place)
{
	struct text *text = mem_text_open(call->mem);
	const char *lead = "?";

	fputs(table_url(call->mem, call->scope->table), text->out);
	if (*query->kept) {
		fprintf(text->out, "?%s", query->kept);
		lead = "&";
	}
	if (query->rows.limit >= 0) {
		fprintf(text->out, "%slimit=%ld", lead, query->rows.limit);
		lead = "&";
	}
	if (parameter)
		fprintf(text->out, "%s%s=%s", lead, parameter,
		    place ? write_place(call->mem, &query->rows, place) : "");
	return mem_text(text);
}

static void
write_link(FILE *out, struct call *call, const char *url, const char *relation)
{
	if (url)
		fprintf(out, "%s<%s>; rel=\"%s\"",
		    strcmp(relation, "first") == 0 ? "" : ", ",
		    call_url(call, url), relation);
}

struct list_links
pager_links(struct call *call, const struct query *query,
    const char *const *first, const char *const *last, bool more)
{
	const struct rows_query *rows = &query->rows;
	struct text *link = mem_text_open(call->mem);
	struct list_links links = { .first =
					page_url(call, query, NULL, NULL) };

	if (last && !rows->last && (rows->before || more))
		links.next = page_url(call, query, "_after", last);
	if (first && (rows->before ? more : rows->after != NULL))
		links.previous = page_url(call, query, "_before", first);
	/* all that lay behind the place is gone: back from the list's end */
	if (!first && rows->after)
		links.previous = page_url(call, query, "_before", NULL);
	write_link(link->out, call, links.first, "first");
	write_link(link->out, call, links.previous, "prev");
	write_link(link->out, call, links.next, "next");
	response_field(call->response, "Link", mem_text(link));
	if (!rows->before && !rows->after)
		links.first = NULL;
	return links;
}
