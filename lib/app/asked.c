#include "app/asked.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/place.h"
#include "format/uri.h"
#include "view/shortlist.h"
#include "view/value.h"

static const char look_for[] = "_query._text.";

static const char *
value_of(const struct uri_pair *pair)
{
	return pair->value ? pair->value : "";
}

static bool
sees(const struct scope *scope, const char *name)
{
	const struct column *column = table_column(scope->table, name);

	return column && scope->read[table_index(scope->table, column)];
}

static bool
sees_all(const struct scope *scope, const struct filter *filter)
{
	for (size_t i = 0; i < filter->n_parts; i++)
		if (!sees_all(scope, &filter->parts[i]))
			return false;
	return filter->kind != FILTER_TEST || sees(scope, filter->column);
}

static void
add_piece(struct call *call, struct asked *asked, const struct uri_pair *pair)
{
	struct asked_piece *piece = &asked->pieces[asked->n++];
	const char *value = value_of(pair);
	bool fine;

	*piece = (struct asked_piece){ .pair = pair, .kind = PIECE_WRONG };
	fine = filter_is_logic(pair->name)
		   ? filter_read_logic(
			 call->mem, pair->name, value, &piece->filter)
		   : filter_read(call->mem, pair->name, value, &piece->filter);
	if (fine && sees_all(call->scope, &piece->filter))
		piece->kind = PIECE_FILTER;
}

static void
add_wrong(struct asked *asked, const struct uri_pair *pair)
{
	asked->pieces[asked->n++] =
	    (struct asked_piece){ .pair = pair, .kind = PIECE_WRONG };
}

static bool
read_limit(struct asked *asked, const char *text)
{
	char *end;
	long limit;

	errno = 0;
	limit = strtol(text, &end, 10);
	if (end == text || *end != '\0' || limit < 0 || errno != 0)
		return false;
	asked->limit = limit;
	return true;
}

static bool
read_order(struct call *call, struct asked *asked, const char *text)
{
	struct filter_order *order;
	size_t n;

	if (!filter_read_order(call->mem, text, &order, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!sees(call->scope, order[i].column))
			return false;
	asked->order_text = text;
	asked->order = order;
	asked->n_order = n;
	return true;
}

static void
show(struct asked *asked, size_t column)
{
	if (asked->shown[column])
		return;
	asked->shown[column] = true;
	asked->columns[asked->n_columns++] = column;
}

static void
show_all(struct call *call, struct asked *asked, const bool *columns)
{
	const struct scope *scope = call->scope;

	for (size_t i = 0; i < scope->table->n_columns; i++)
		if (columns ? columns[i]
			    : scope->read[i] && value_shown(scope->table, i))
			show(asked, i);
}

static bool
read_select(struct call *call, struct asked *asked, const char *text)
{
	const struct table *table = call->scope->table;
	struct filter_pick *picks;
	size_t n;

	if (!filter_read_select(call->mem, text, &picks, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(picks[i].column, "*") == 0) {
			show_all(call, asked, NULL);
			continue;
		}
		if (!sees(call->scope, picks[i].column))
			return false;
		show(asked,
		    table_index(table, table_column(table, picks[i].column)));
	}
	asked->select = text;
	return true;
}

static void
read_look(struct call *call, struct asked *asked, const struct uri_pair *pair)
{
	const struct table *table = call->scope->table;
	const char *name = pair->name + strlen(look_for);
	struct refer_search *look;

	if (!sees(call->scope, name))
		return;
	look = mem_alloc(call->mem, sizeof *look);
	look->column = table_index(table, table_column(table, name));
	look->words = value_of(pair);
	asked->look = look;
	asked->panels = true;
}

static void
read_ours(struct call *call, struct asked *asked, const struct uri_pair *pair)
{
	if (strncmp(pair->name, look_for, strlen(look_for)) == 0) {
		read_look(call, asked, pair);
	} else if (strcmp(pair->name, "_tools") == 0) {
		asked->panels = true;
	} else if (strcmp(pair->name, "_search") == 0) {
		if (*value_of(pair) == '\0')
			return;
		asked->search = value_of(pair);
		asked->pieces[asked->n++] =
		    (struct asked_piece){ .pair = pair, .kind = PIECE_SEARCH };
	} else if (place_lasts(pair->name) &&
		   strcmp(pair->name, "_etag") != 0 &&
		   strcmp(pair->name, "_dialect") != 0) {
		add_wrong(asked, pair);
	}
}

static void
read_pair(struct call *call, struct asked *asked, const struct uri_pair *pair)
{
	const char *name = pair->name, *value = value_of(pair);
	bool fine = true;

	if (*name == '_' && !table_column(call->scope->table, name))
		read_ours(call, asked, pair);
	else if (strcmp(name, "limit") == 0)
		fine = read_limit(asked, value);
	else if (strcmp(name, "order") == 0)
		fine = read_order(call, asked, value);
	else if (strcmp(name, "select") == 0)
		fine = read_select(call, asked, value);
	else if (place_lasts(name))
		add_piece(call, asked, pair);
	if (!fine)
		add_wrong(asked, pair);
}

struct asked *
asked_read(struct call *call)
{
	const struct uri *uri = &call->request->uri;
	size_t n_columns = call->scope->table->n_columns;
	struct asked *asked = mem_alloc(call->mem, sizeof *asked);

	*asked = (struct asked){
		.limit = -1,
		.pieces =
		    mem_array(call->mem, uri->n_pairs, sizeof *asked->pieces),
		.columns =
		    mem_array(call->mem, n_columns, sizeof *asked->columns),
		.shown = mem_array(call->mem, n_columns, sizeof *asked->shown),
	};
	for (size_t i = 0; i < uri->n_pairs; i++)
		read_pair(call, asked, &uri->pairs[i]);
	asked->chosen = asked->n_columns > 0;
	if (!asked->chosen)
		show_all(call, asked, shortlist(call->mem, call->scope));
	return asked;
}

bool
asked_is_pair(const struct uri_pair *pair, const void *context)
{
	return pair == context;
}

bool
asked_is_piece(const struct uri_pair *pair, const void *context)
{
	const struct asked *asked = context;

	for (size_t i = 0; i < asked->n; i++)
		if (asked->pieces[i].pair == pair)
			return true;
	return false;
}

bool
asked_is_named(const struct uri_pair *pair, const void *context)
{
	return strcmp(pair->name, context) == 0;
}

char *
asked_url(struct call *call,
    bool (*drop)(const struct uri_pair *, const void *), const void *context)
{
	const struct uri *uri = &call->request->uri;
	struct uri_pair *pairs =
	    mem_array(call->mem, uri->n_pairs, sizeof *pairs);
	size_t n = 0;

	for (size_t i = 0; i < uri->n_pairs; i++)
		if (place_lasts(uri->pairs[i].name) &&
		    !drop(&uri->pairs[i], context))
			pairs[n++] = uri->pairs[i];
	return place_write(call, pairs, n);
}
