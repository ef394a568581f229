#include "app/finder.h"

#include <string.h>

#include "app/place.h"
#include "format/uri.h"
#include "view/phrase.h"

struct choice *const *
finder_choices(struct call *call, const struct asked *asked,
    struct row *const *rows, size_t n, struct db_single *tally)
{
	const struct filter **filters =
	    mem_array(call->mem, asked->n, sizeof *filters);
	struct refer_list list = {
		.columns = asked->shown,
		.rows = rows,
		.n = n,
		.filters = filters,
		.search = asked->look,
		.offers = asked->panels,
		.more = tally,
		.n_more = tally ? ROWS_TALLY : 0,
	};

	for (size_t i = 0; i < asked->n; i++)
		if (asked->pieces[i].kind == PIECE_FILTER)
			filters[list.n_filters++] = &asked->pieces[i].filter;
	return refer_list(call, &list);
}

static char *
chip_text(struct call *call, const struct asked_piece *piece,
    struct choice *const *choices)
{
	const char *value = piece->pair->value ? piece->pair->value : "";
	const char *const args[3] = { value, NULL, NULL };

	switch (piece->kind) {
	case PIECE_FILTER:
		return phrase_filter(call->mem, &call->site, call->scope,
		    choices, &piece->filter);
	case PIECE_SEARCH:
		return words_fill(
		    call->mem, call->site.language, WORD_SAID_SEARCH, args);
	case PIECE_WRONG:
		break;
	}
	return mem_printf(call->mem, "%s=%s", piece->pair->name, value);
}

/* Whether controls can show the filter; they do from then on. */
static bool
take(struct call *call, const struct asked *asked, struct finder *finder,
    struct criterion *criteria, const struct filter *filter)
{
	const struct table *table = call->scope->table;
	const char *name = criterion_column(filter);
	const struct column *column;
	size_t i;

	if (!name)
		return false;
	column = table_column(table, name);
	i = table_index(table, column);
	return asked->shown[i] && criterion_take(call->mem, column,
				      criterion_kind(column, finder->refers[i]),
				      filter, &criteria[i]);
}

static void
add_pieces(struct call *call, const struct asked *asked, struct finder *finder)
{
	size_t n_columns = call->scope->table->n_columns;
	struct criterion *criteria =
	    mem_array(call->mem, n_columns, sizeof *criteria);
	struct finder_chip *chips =
	    mem_array(call->mem, asked->n, sizeof *chips);
	struct uri_pair *kept = mem_array(call->mem, asked->n, sizeof *kept);

	finder->criteria = criteria;
	finder->chips = chips;
	finder->kept = kept;
	for (size_t i = 0; i < asked->n; i++) {
		const struct asked_piece *piece = &asked->pieces[i];

		chips[finder->n_chips++] = (struct finder_chip){
			.text = chip_text(call, piece, finder->choices),
			.url = asked_url(call, asked_is_pair, piece->pair),
			.wrong = piece->kind == PIECE_WRONG,
		};
		if (piece->kind != PIECE_FILTER)
			continue;
		finder->n_filters++;
		if (!asked->panels ||
		    !take(call, asked, finder, criteria, &piece->filter))
			kept[finder->n_kept++] = *piece->pair;
	}
}

static bool
has_texts(const struct scope *scope)
{
	for (size_t i = 0; i < scope->table->n_columns; i++)
		if (scope->read[i] && scope->table->columns[i].text)
			return true;
	return false;
}

struct finder *
finder_make(struct call *call, const struct asked *asked,
    struct choice *const *choices, long usual)
{
	size_t n_columns = call->scope->table->n_columns;
	struct finder *finder = mem_alloc(call->mem, sizeof *finder);
	bool *refers = mem_array(call->mem, n_columns, sizeof *refers);

	for (size_t i = 0; i < n_columns; i++)
		refers[i] = choices[i] != NULL;
	*finder = (struct finder){
		.scope = call->scope,
		.columns = asked->columns,
		.n_columns = asked->n_columns,
		.searches = has_texts(call->scope),
		.search = asked->search,
		.refers = refers,
		.choices = choices,
		.panels = asked->panels,
		.other = place_url(call, asked->panels ? NULL : "_tools", ""),
		.all = asked_url(call, asked_is_piece, asked),
		.select = asked->select,
		.order_text = asked->order_text,
		.order = asked->order,
		.n_order = asked->n_order,
		.unordered = asked_url(call, asked_is_named, "order"),
		.limit = asked->limit,
		.usual = usual,
		.count = -1,
	};
	add_pieces(call, asked, finder);
	return finder;
}

/* Whether the database's refusal quotes a value of the filter. */
static bool
is_quoted(struct call *call, const struct filter *filter)
{
	for (size_t i = 0; i < filter->n_parts; i++)
		if (is_quoted(call, &filter->parts[i]))
			return true;
	for (size_t i = 0; i < filter->n_values; i++)
		if (strstr(call->fault.primary,
			mem_printf(call->mem, "\"%s\"", filter->values[i])))
			return true;
	return false;
}

void
finder_blame(
    struct call *call, const struct asked *asked, struct finder *finder)
{
	finder->wrong = error_sentence(call->mem, &call->site, &call->fault);
	for (size_t i = 0; i < asked->n && call->fault.primary; i++) {
		const char *const args[3] = { finder->chips[i].text };

		if (asked->pieces[i].kind != PIECE_FILTER ||
		    !is_quoted(call, &asked->pieces[i].filter))
			continue;
		finder->chips[i].wrong = true;
		finder->wrong = words_fill(
		    call->mem, call->site.language, WORD_SAID_WRONG, args);
	}
}

static bool
is_of_page(const struct uri_pair *pair, const void *context)
{
	(void)context;
	return strcmp(pair->name, "limit") == 0 ||
	       strcmp(pair->name, "select") == 0 ||
	       strcmp(pair->name, "_etag") == 0 ||
	       strcmp(pair->name, "_dialect") == 0 ||
	       strcmp(pair->name, "_tools") == 0;
}

/* The key's columns come along: by them the rows find back. */
static char *
columns_text(struct call *call, const struct asked *asked)
{
	const struct scope *scope = call->scope;
	struct text *text = mem_text_open(call->mem);
	const char *lead = "";

	for (size_t i = 0; i < scope->table->n_key; i++) {
		size_t column = scope->table->key[i];

		if (asked->shown[column] || !scope->read[column])
			continue;
		fprintf(text->out, "%s%s", lead,
		    criterion_name(
			call->mem, scope->table->columns[column].name));
		lead = ",";
	}
	for (size_t i = 0; i < asked->n_columns; i++) {
		fprintf(text->out, "%s%s", lead,
		    criterion_name(call->mem,
			scope->table->columns[asked->columns[i]].name));
		lead = ",";
	}
	return mem_text(text);
}

void
finder_export(
    struct call *call, const struct asked *asked, struct list_page *page)
{
	static const char file[] = "_etag=&_format=csv";
	const char *url = asked_url(call, is_of_page, NULL);
	struct text *text = mem_text_open(call->mem);

	if (!(call->scope->rights & RIGHT_EXPORT))
		return;
	fprintf(text->out, "%s%cselect=", url, strchr(url, '?') ? '&' : '?');
	uri_write(text->out, columns_text(call, asked));
	page->shown_csv = mem_printf(call->mem, "%s&%s", mem_text(text), file);
	page->all_csv = mem_printf(
	    call->mem, "%s?%s", table_url(call->mem, call->scope->table), file);
}
