#include "app/find.h"

#include <string.h>

#include "app/asked.h"
#include "app/place.h"
#include "format/uri.h"
#include "view/criterion.h"
#include "view/shortlist.h"
#include "view/typing.h"
#include "view/value.h"

enum part {
	PART_HOW,
	PART_TEXT,
	PART_FROM,
	PART_TO,
	PART_EMPTY,
	PART_COLUMN,
	PART_QUERY,
	PART_SEARCH,
	PART__MAX
};

static const char *const prefixes[PART__MAX] = {
	[PART_HOW] = "_how.",
	[PART_TEXT] = "_text.",
	[PART_FROM] = "_from.",
	[PART_TO] = "_to.",
	[PART_EMPTY] = "_empty.",
	[PART_COLUMN] = "_column.",
	[PART_QUERY] = "_query._text.",
	[PART_SEARCH] = "_search._text.",
};

/* What was said of one column; NULL: not, or nothing. */
struct said {
	const char *parts[PART__MAX];
};

struct finding {
	struct call *call;
	struct said *said; /* by column */
	const char *select;
	struct uri_pair *pairs; /* of the list's URL */
	size_t n;
};

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

/* Whether the pair is about a column that there is; then it is taken. */
static bool
take_part(struct finding *f, const struct uri_pair *pair)
{
	const struct scope *scope = f->call->scope;

	for (int part = 0; part < PART__MAX; part++) {
		size_t len = strlen(prefixes[part]);
		const struct column *column;
		size_t i;

		if (strncmp(pair->name, prefixes[part], len) != 0)
			continue;
		column = table_column(scope->table, pair->name + len);
		if (!column)
			return false;
		i = table_index(scope->table, column);
		if (scope->read[i] && pair->value && !is_blank(pair->value))
			f->said[i].parts[part] = pair->value;
		return true;
	}
	return false;
}

static void
add(struct finding *f, const char *name, const char *value)
{
	f->pairs[f->n++] = (struct uri_pair){ .name = name, .value = value };
}

static void
take_pair(struct finding *f, const struct uri_pair *pair)
{
	const char *value = pair->value ? pair->value : "";
	bool ours = strcmp(pair->name, "_search") == 0 ||
		    strcmp(pair->name, "order") == 0 ||
		    strcmp(pair->name, "limit") == 0;

	if (take_part(f, pair) || strcmp(pair->name, "_find") == 0 ||
	    !place_lasts(pair->name))
		return;
	if (strcmp(pair->name, "select") == 0)
		f->select = value;
	else if (!ours || !is_blank(value))
		add(f, pair->name, value);
}

/* What was typed as the database writes it. Of two numbers that it can mean it
 * is the one that the language has it for; the list says which. */
static const char *
typed(struct finding *f, const struct column *column, const char *text)
{
	enum language language = f->call->site.language;
	struct number_text number;

	if (!text)
		return NULL;
	if (typing_read(f->call->mem, language, column, text, &number) ==
	    NUMBER_TWO_WAYS)
		(void)typing_read(
		    f->call->mem, language, column, number.whole, &number);
	return number.text;
}

static void
add_criterion(struct finding *f, size_t i)
{
	const struct column *column = &f->call->scope->table->columns[i];
	const char *const *parts = f->said[i].parts;
	const char *how = parts[PART_HOW] ? parts[PART_HOW] : "";
	enum criterion_kind kind =
	    criterion_kind(column, strcmp(how, "row") == 0);
	const struct criterion criterion = {
		.how = criterion_how_named(how),
		.text = typed(f, column, parts[PART_TEXT]),
		.from = typed(f, column, parts[PART_FROM]),
		.to = typed(f, column, parts[PART_TO]),
		.empty = parts[PART_EMPTY] || strcmp(how, criterion_empty) == 0,
	};

	f->n += criterion_pairs(
	    f->call->mem, column, kind, &criterion, &f->pairs[f->n]);
	if (parts[PART_QUERY])
		add(f,
		    mem_printf(f->call->mem, "%s%s", prefixes[PART_QUERY],
			column->name),
		    parts[PART_QUERY]);
}

/* The columns that the form came with. */
static const bool *
columns_before(struct finding *f)
{
	const struct table *table = f->call->scope->table;
	bool *shown = mem_array(f->call->mem, table->n_columns, sizeof *shown);
	struct filter_pick *picks;
	size_t n;

	if (!f->select ||
	    !filter_read_select(f->call->mem, f->select, &picks, &n))
		return shortlist(f->call->mem, f->call->scope);
	for (size_t i = 0; i < n; i++) {
		const struct column *column =
		    table_column(table, picks[i].column);

		for (size_t k = 0; k < table->n_columns; k++)
			if (column == &table->columns[k] ||
			    strcmp(picks[i].column, "*") == 0)
				shown[k] = f->call->scope->read[k] &&
					   value_shown(table, k);
	}
	return shown;
}

static bool
is_chosen(const struct finding *f, size_t i)
{
	return f->said[i].parts[PART_COLUMN] != NULL;
}

static bool
are_chosen(const struct finding *f, const bool *columns)
{
	for (size_t i = 0; i < f->call->scope->table->n_columns; i++)
		if (columns[i] != is_chosen(f, i))
			return false;
	return true;
}

/* What the URL says stays as it is while its columns are those that are chosen:
 * it may have an order of its own; and where none is, as in a mere search. */
static void
add_select(struct finding *f)
{
	const struct table *table = f->call->scope->table;
	struct text *text = mem_text_open(f->call->mem);
	const char *lead = "";

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!is_chosen(f, i))
			continue;
		fprintf(text->out, "%s%s", lead,
		    criterion_name(f->call->mem, table->columns[i].name));
		lead = ",";
	}
	mem_text(text);
	if (*lead == '\0' || are_chosen(f, columns_before(f))) {
		if (f->select)
			add(f, "select", f->select);
	} else if (!are_chosen(f, shortlist(f->call->mem, f->call->scope))) {
		add(f, "select", text->at);
	}
}

enum outcome
find_answer(struct call *call)
{
	const struct uri *uri = &call->request->uri;
	size_t n_columns = call->scope->table->n_columns;
	struct finding f = {
		.call = call,
		.said = mem_array(call->mem, n_columns, sizeof *f.said),
		.pairs = mem_array(call->mem, uri->n_pairs + 3 * n_columns + 1,
		    sizeof *f.pairs),
	};

	for (size_t i = 0; i < uri->n_pairs; i++)
		take_pair(&f, &uri->pairs[i]);
	for (size_t i = 0; i < n_columns; i++)
		add_criterion(&f, i);
	add_select(&f);
	response_field(call->response, "Cache-Control", "no-store");
	call_redirect(call, place_write(call, f.pairs, f.n));
	return OUT_DONE;
}
