#include "app/query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/pager.h"
#include "format/uri.h"

/* A query on its way. */
struct reading {
	struct call *call;
	struct query *query;
	struct filter *filters; /* room for one of each pair, and a search */
	const struct uri_pair *after, *before;
	FILE *kept; /* of query->kept */
	bool any;   /* a pair is in it */
};

static enum outcome
unknown_column(struct call *call, const char *parameter, const char *name)
{
	fault_set(&call->fault, OUT_MALFORMED,
	    mem_printf(call->mem, "parameter %s", parameter),
	    WORD_F_UNKNOWN_COLUMN, name, NULL);
	call->fault.sqlstate = "42703";
	return OUT_MALFORMED;
}

static bool
read_number(const char *text, long *number)
{
	char *end;

	errno = 0;
	*number = strtol(text, &end, 10);
	return end != text && *end == '\0' && *number >= 0 && errno == 0;
}

static enum outcome
read_pick(struct call *call, const struct filter_pick *asked,
    struct rowjson_pick *pick)
{
	const struct scope *scope = call->scope;
	const struct column *column = table_column(scope->table, asked->column);

	if (!column || !scope->read[table_index(scope->table, column)])
		return unknown_column(call, "select", asked->column);
	if (asked->cast && strcmp(asked->cast, "text") != 0)
		return call_bad_parameter(call, "select");
	*pick = (struct rowjson_pick){
		.column = table_index(scope->table, column),
		.name = asked->name ? asked->name : column->name,
		.as_text = asked->cast != NULL,
	};
	return OUT_DONE;
}

static void
pick_all(struct call *call, struct query *query)
{
	const struct scope *scope = call->scope;
	const struct table *table = scope->table;

	query->picks =
	    mem_array(call->mem, table->n_columns, sizeof *query->picks);
	for (size_t i = 0; i < table->n_columns; i++)
		if (scope->read[i])
			query->picks[query->n_picks++] = (struct rowjson_pick){
				.column = i,
				.name = table->columns[i].name,
			};
}

static enum outcome
read_select(struct call *call, const char *text, struct query *query)
{
	size_t n_columns = call->scope->table->n_columns;
	size_t n, n_all = query->n_picks;
	const struct rowjson_pick *all = query->picks;
	struct filter_pick *asked;
	bool *shown;

	if (!filter_read_select(call->mem, text, &asked, &n))
		return call_bad_parameter(call, "select");
	query->picks =
	    mem_array(call->mem, n * (n_all + 1), sizeof *query->picks);
	query->n_picks = 0;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(asked[i].column, "*") == 0)
			for (size_t k = 0; k < n_all; k++)
				query->picks[query->n_picks++] = all[k];
		else if (read_pick(call, &asked[i],
			     &query->picks[query->n_picks++]) != OUT_DONE)
			return call->fault.outcome;
	}
	shown = mem_array(call->mem, n_columns, sizeof *shown);
	for (size_t i = 0; i < query->n_picks; i++)
		shown[query->picks[i].column] = true;
	query->rows.shown = shown;
	return OUT_DONE;
}

/* Which members of the objects in a body are meant. */
static enum outcome
read_columns(struct call *call, const char *text, struct query *query)
{
	const struct scope *scope = call->scope;
	bool *sent =
	    mem_array(call->mem, scope->table->n_columns, sizeof *sent);
	struct filter_pick *asked;
	size_t n;

	if (!filter_read_select(call->mem, text, &asked, &n))
		return call_bad_parameter(call, "columns");
	for (size_t i = 0; i < n; i++) {
		const struct column *column =
		    table_column(scope->table, asked[i].column);

		if (!column || !scope->read[table_index(scope->table, column)])
			return unknown_column(call, "columns", asked[i].column);
		sent[table_index(scope->table, column)] = true;
	}
	query->sent = sent;
	return OUT_DONE;
}

/* A text anywhere in any column that a person could look for it in. */
static void
add_search(struct reading *in, const char *text)
{
	const struct scope *scope = in->call->scope;
	struct mem *mem = in->call->mem;
	struct text *pattern = mem_text_open(mem);
	const char **values = mem_alloc(mem, sizeof *values);
	struct filter search = { .kind = FILTER_OR };

	putc('%', pattern->out);
	for (; *text; text++) {
		if (strchr("\\%_", *text))
			putc('\\', pattern->out);
		putc(*text, pattern->out);
	}
	putc('%', pattern->out);
	*values = mem_text(pattern);
	search.parts =
	    mem_array(mem, scope->table->n_columns, sizeof *search.parts);
	for (size_t i = 0; i < scope->table->n_columns; i++)
		if (scope->read[i] && scope->table->columns[i].text)
			search.parts[search.n_parts++] = (struct filter){
				.kind = FILTER_TEST,
				.column = scope->table->columns[i].name,
				.op = FILTER_ILIKE,
				.values = values,
				.n_values = 1,
			};
	/* nothing to look in, nothing found */
	in->filters[in->query->rows.n_filters++] =
	    search.n_parts > 0
		? search
		: (struct filter){ .kind = FILTER_OR, .negated = false };
}

/* Keeps a pair for links. */
static void
keep(struct reading *in, const struct uri_pair *pair)
{
	if (in->any)
		putc('&', in->kept);
	in->any = true;
	uri_write(in->kept, pair->name);
	putc('=', in->kept);
	uri_write(in->kept, pair->value ? pair->value : "");
}

static enum outcome
read_filter(struct reading *in, const struct uri_pair *pair)
{
	struct filter *filter = &in->filters[in->query->rows.n_filters++];
	struct mem *mem = in->call->mem;
	const char *value = pair->value ? pair->value : "";
	bool fine = filter_is_logic(pair->name)
			? filter_read_logic(mem, pair->name, value, filter)
			: filter_read(mem, pair->name, value, filter);

	keep(in, pair);
	return fine ? OUT_DONE : call_bad_parameter(in->call, pair->name);
}

/* How a page shows the list. */
static bool
is_manner(const struct call *call, const char *name)
{
	return strcmp(name, "_edit") == 0 || strncmp(name, "_edit.", 6) == 0 ||
	       (strcmp(name, "_tools") == 0 && call->format == FORMAT_HTML);
}

static enum outcome
read_ours(struct reading *in, const struct uri_pair *pair)
{
	const char *value = pair->value ? pair->value : "";
	struct query *query = in->query;

	if (strcmp(pair->name, "_format") == 0 ||
	    strncmp(pair->name, "_query.", 7) == 0)
		return OUT_DONE;
	if (strcmp(pair->name, "_after") == 0) {
		in->after = pair;
	} else if (strcmp(pair->name, "_before") == 0) {
		in->before = pair;
	} else if (strcmp(pair->name, "_search") == 0) {
		query->search = *value ? value : NULL;
		if (query->search) {
			add_search(in, value);
			keep(in, pair);
		}
	} else if (strcmp(pair->name, "_etag") == 0 && *value == '\0') {
		query->etags = true;
	} else if (is_manner(in->call, pair->name)) {
		keep(in, pair);
	} else if (strcmp(pair->name, "_saved") == 0 &&
		   read_number(value, &query->noted)) {
		query->note = WORD_SAVED_ROWS;
	} else if (strcmp(pair->name, "_merged") == 0 &&
		   read_number(value, &query->merged)) {
		query->note = WORD_MERGED_ROWS;
	} else if (strcmp(pair->name, "_deleted") == 0 &&
		   read_number(value, &query->noted)) {
		query->note =
		    query->noted > 0 ? WORD_DELETED_ROWS : WORD_NONE_SELECTED;
	} else if (strcmp(pair->name, "_row") == 0) {
		query->row = value;
	} else if (strcmp(pair->name, "_dialect") == 0 &&
		   rowcsv_dialect(value)) {
		query->dialect = rowcsv_dialect(value);
	} else {
		return call_bad_parameter(in->call, pair->name);
	}
	return OUT_DONE;
}

static enum outcome
read_pair(struct reading *in, const struct uri_pair *pair)
{
	const char *value = pair->value ? pair->value : "";
	struct rows_query *rows = &in->query->rows;
	struct filter_order *order = NULL;

	if (*pair->name == '_' &&
	    !table_column(in->call->scope->table, pair->name))
		return read_ours(in, pair);
	if (strcmp(pair->name, "limit") == 0)
		return read_number(value, &rows->limit)
			   ? OUT_DONE
			   : call_bad_parameter(in->call, "limit");
	if (strcmp(pair->name, "offset") == 0)
		return read_number(value, &rows->offset)
			   ? OUT_DONE
			   : call_bad_parameter(in->call, "offset");
	if (strcmp(pair->name, "columns") == 0 &&
	    (in->call->request->method == METHOD_POST ||
		in->call->request->method == METHOD_PATCH))
		return read_columns(in->call, value, in->query);
	if (strcmp(pair->name, "select") == 0) {
		keep(in, pair);
		return read_select(in->call, value, in->query);
	}
	if (strcmp(pair->name, "order") != 0)
		return read_filter(in, pair);
	keep(in, pair);
	if (!filter_read_order(in->call->mem, value, &order, &rows->n_order))
		return call_bad_parameter(in->call, "order");
	rows->order = order;
	return OUT_DONE;
}

static enum outcome
read_places(struct reading *in)
{
	struct rows_query *rows = &in->query->rows;

	if (in->after && in->before)
		return call_bad_parameter(in->call, "_before");
	if (in->after) {
		rows->after = pager_read(in->call, in->after, rows);
		if (!rows->after)
			return call_bad_parameter(in->call, "_after");
	}
	if (in->before && in->before->value && *in->before->value == '\0') {
		static const char *const nowhere[] = { NULL };

		rows->last = in->call->scope->table->n_key > 0;
		rows->before = nowhere;
		return rows->last ? OUT_DONE
				  : call_bad_parameter(in->call, "_before");
	}
	if (in->before) {
		rows->before = pager_read(in->call, in->before, rows);
		if (!rows->before)
			return call_bad_parameter(in->call, "_before");
	}
	return OUT_DONE;
}

enum outcome
query_read(struct call *call, struct query *query)
{
	const struct uri *uri = &call->request->uri;
	struct text *kept = mem_text_open(call->mem);
	struct reading in = {
		.call = call,
		.query = query,
		.filters =
		    mem_array(call->mem, uri->n_pairs + 1, sizeof *in.filters),
		.kept = kept->out,
	};
	enum outcome outcome = OUT_DONE;

	*query = (struct query){ .rows = {
				     .scope = call->scope,
				     .person = &call->who,
				     .image = call->format == FORMAT_JSON
						  ? IMAGE_JSON
						  : IMAGE_TEXT,
				     .limit = -1,
				 } };
	query->dialect = rowcsv_dialect("comma");
	pick_all(call, query);
	for (size_t i = 0; i < uri->n_pairs && outcome == OUT_DONE; i++)
		outcome = read_pair(&in, &uri->pairs[i]);
	if (outcome == OUT_DONE)
		outcome = read_places(&in);
	query->rows.filters = in.filters;
	query->kept = mem_text(kept);
	return outcome;
}
