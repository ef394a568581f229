#include "app/place.h"

#include <string.h>

#include "app/posted.h"
#include "base/names.h"

/* What says how the list is shown, not which part of it. */
static bool
is_manner(const char *name)
{
	static const char *const manners[] = { "_edit", "_delete", "_saved",
		"_merged", "_deleted", "_row", "_format", "_tools" };

	return names_hold(manners, sizeof manners / sizeof *manners, name) ||
	       strncmp(name, "_edit.", 6) == 0 ||
	       strncmp(name, "_query.", 7) == 0;
}

bool
place_lasts(const char *name)
{
	static const char *const places[] = { "_after", "_before", "offset" };

	if (names_hold(places, sizeof places / sizeof *places, name))
		return false;
	/* panels stay open while the list is refined */
	return strcmp(name, "_tools") == 0 || !is_manner(name);
}

/* Whether the pair is a place of several parts (app/query). */
static bool
is_place(const struct uri_pair *pair)
{
	return (strcmp(pair->name, "_after") == 0 ||
		   strcmp(pair->name, "_before") == 0) &&
	       pair->raw && strchr(pair->raw, ',');
}

static struct uri_pair *
pairs_of(struct mem *mem, const struct uri *uri, size_t *n)
{
	struct uri_pair *pairs = mem_array(mem, uri->n_pairs, sizeof *pairs);

	*n = 0;
	for (size_t i = 0; i < uri->n_pairs; i++)
		if (!is_manner(uri->pairs[i].name)) {
			pairs[*n] = uri->pairs[i];
			/* several parts stay as a link has them */
			if (is_place(&pairs[*n]))
				pairs[*n].value = pairs[*n].raw;
			++*n;
		}
	return pairs;
}

struct uri_pair *
place_pairs(struct call *call, size_t *n)
{
	return pairs_of(call->mem, &call->request->uri, n);
}

static char *
write_url(struct call *call, const struct uri_pair *pairs, size_t n,
    const char *name, const char *value)
{
	struct text *text = mem_text_open(call->mem);
	char lead = '?';

	fputs(table_url(call->mem, call->scope->table), text->out);
	for (size_t i = 0; i <= n; i++) {
		const char *key = i < n ? pairs[i].name : name;
		const char *said = i < n ? pairs[i].value : value;

		if (!key)
			continue;
		putc(lead, text->out);
		uri_write(text->out, key);
		putc('=', text->out);
		if (i < n && is_place(&pairs[i]))
			fputs(pairs[i].raw, text->out);
		else
			uri_write(text->out, said ? said : "");
		lead = '&';
	}
	return mem_text(text);
}

char *
place_write(struct call *call, const struct uri_pair *pairs, size_t n)
{
	return write_url(call, pairs, n, NULL, NULL);
}

char *
place_url(struct call *call, const char *name, const char *value)
{
	size_t n;
	const struct uri_pair *pairs = place_pairs(call, &n);

	return write_url(call, pairs, n, name, value);
}

/* Whether it only says what was done before the page was opened. */
static bool
is_note(const char *name)
{
	return strcmp(name, "_saved") == 0 || strcmp(name, "_merged") == 0 ||
	       strcmp(name, "_deleted") == 0;
}

char *
place_same(struct call *call)
{
	const struct uri *uri = &call->request->uri;
	struct uri_pair *pairs =
	    mem_array(call->mem, uri->n_pairs, sizeof *pairs);
	size_t n = 0;

	for (size_t i = 0; i < uri->n_pairs; i++)
		if (!is_note(uri->pairs[i].name))
			pairs[n++] = uri->pairs[i];
	return write_url(call, pairs, n, NULL, NULL);
}

/* The list that a row's page says it was reached from. */
static char *
list_of(struct call *call)
{
	const char *query = posted_value(call, "_list");
	const struct uri_pair *pairs;
	struct uri uri;
	size_t n;

	if (!query)
		query = uri_query(&call->request->uri, "_list");
	if (!query ||
	    !uri_read(call->mem, mem_printf(call->mem, "/?%s", query), &uri))
		return NULL;
	pairs = pairs_of(call->mem, &uri, &n);
	return write_url(call, pairs, n, NULL, NULL);
}

void
place_furnish(struct call *call)
{
	enum resource resource = call->route.resource;

	if (!call->scope)
		return;
	if (resource == RESOURCE_GRID || resource == RESOURCE_REMOVAL ||
	    (resource == RESOURCE_TABLE &&
		call->request->method != METHOD_POST))
		call->site.list = place_url(call, NULL, NULL);
	else
		call->site.list = list_of(call);
}
