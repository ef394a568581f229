#include "app/refer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/access.h"
#include "view/reference.h"
#include "view/shortlist.h"

enum {
	LISTED = 20,	    /* of TABLE?_choice without a limit */
	GRID_OPTIONS = 2000 /* in all the selects of a column */
};

/* A foreign key whose other table this person may look at. */
static bool
open_reference(struct call *call, const struct foreign_key *reference,
    struct choice *choice)
{
	const struct table *table = call->scope->table, *other;
	const char **casts = mem_array(call->mem, reference->n, sizeof *casts);
	size_t *targets = mem_array(call->mem, reference->n, sizeof *targets);
	struct scope *scope;
	struct fault ignored;

	if (catalog_relation(call->catalog, call->db, reference->oid, &other,
		&ignored) != OUT_DONE)
		return false;
	scope = access_scope(call, other);
	if (!(scope->rights & RIGHT_READ))
		return false;
	for (size_t i = 0; i < reference->n; i++) {
		const struct column *target =
		    table_column(other, reference->targets[i]);

		if (!target || !scope->read[table_index(other, target)])
			return false;
		targets[i] = table_index(other, target);
		casts[i] = table->columns[reference->columns[i]].cast;
	}
	*choice = (struct choice){ .scope = scope,
		.n = reference->n,
		.targets = targets,
		.casts = casts };
	return true;
}

/* The first foreign key that is shown at the column: one of its own, or one of
 * several columns of which it is the last. */
static const struct foreign_key *
shown_at(struct call *call, size_t column, bool own, struct choice *choice)
{
	const struct table *table = call->scope->table;

	for (size_t i = 0; i < table->n_foreign_keys; i++) {
		const struct foreign_key *reference = &table->foreign_keys[i];

		if ((reference->n == 1) == own &&
		    reference->columns[reference->n - 1] == column &&
		    open_reference(call, reference, choice))
			return reference;
	}
	return NULL;
}

static const struct foreign_key *
single(struct call *call, size_t column, struct choice *choice)
{
	return shown_at(call, column, true, choice);
}

static const struct foreign_key *
composite(struct call *call, size_t column, struct choice *choice)
{
	return shown_at(call, column, false, choice);
}

/* Has a text named, once. */
static void
name_text(struct call *call, struct choice *choice, const char *text)
{
	const char **value;

	if (!text || choice_asked(choice, text))
		return;
	value = mem_array(call->mem, 1, sizeof *value);
	*value = text;
	choice->values = mem_grow(call->mem, choice->values, choice->n_values,
	    sizeof *choice->values);
	choice->values[choice->n_values++] = value;
}

static void
name_cell(struct call *call, struct choice *choice, const struct cell *cell)
{
	name_text(call, choice, cell->value);
	if (!cell->hashed)
		name_text(call, choice, cell->was);
	name_text(call, choice, cell->theirs);
	name_text(call, choice, cell->base);
}

/* Has the row named that all the columns together refer to. */
static void
name_parts(struct call *call, struct choice *choice,
    const struct foreign_key *reference, const struct cell *cells)
{
	const char **value = mem_array(call->mem, reference->n, sizeof *value);

	for (size_t i = 0; i < reference->n; i++) {
		value[i] = cells[reference->columns[i]].value;
		if (!value[i])
			return;
	}
	choice->values = mem_array(call->mem, 1, sizeof *choice->values);
	choice->values[0] = value;
	choice->n_values = 1;
}

static bool
is_control(const struct scope *scope, size_t i, enum refer_use use)
{
	switch (use) {
	case REFER_SHOW:
		return false;
	case REFER_EDIT:
		return (scope->rights & RIGHT_UPDATE) && scope->read[i] &&
		       scope->update[i];
	case REFER_CREATE:
		return scope->insert[i];
	}
	return false;
}

void
refer_cells(struct call *call, struct cell *cells, enum refer_use use,
    const struct refer_search *search)
{
	const struct table *table = call->scope->table;
	struct choice *choices =
	    mem_array(call->mem, table->n_columns, sizeof *choices);
	size_t *columns =
	    mem_array(call->mem, table->n_columns, sizeof *columns);
	struct fault ignored;
	size_t n = 0;

	for (size_t i = 0; i < table->n_columns; i++) {
		struct choice *choice = &choices[n];
		const struct foreign_key *reference;
		bool control = is_control(call->scope, i, use);

		if (!control && (!call->scope->read[i] || !cells[i].value))
			continue;
		reference = single(call, i, choice);
		if (reference) {
			choice->offered = control;
			name_cell(call, choice, &cells[i]);
		} else if ((reference = composite(call, i, choice)) != NULL) {
			name_parts(call, choice, reference, cells);
		} else {
			continue;
		}
		if (search && search->column == i) {
			choice->search = search->words;
			choice->most = CHOICE_FOUND;
		}
		columns[n++] = i;
	}
	if (choice_read(call->db, call->mem, &call->who, choices, n,
		&ignored) != OUT_DONE)
		return;
	for (size_t i = 0; i < n; i++)
		if (choices[i].known)
			cells[columns[i]].choice = &choices[i];
}

/* What a column's cells refer to, for all rows. */
static void
share_choice(
    struct choice *choice, struct cell *const *rows, size_t n, size_t column)
{
	/* so many selects would make the page too long: the key is typed, or
	 * searched for */
	if (n * choice->n_options > GRID_OPTIONS)
		choice->many = true;
	for (size_t row = 0; row < n && choice->known; row++)
		rows[row][column].choice = choice;
}

void
refer_grid(struct call *call, struct cell *const *rows, size_t n,
    const bool *columns, const struct refer_search *search, size_t at)
{
	const struct table *table = call->scope->table;
	struct choice *choices =
	    mem_array(call->mem, table->n_columns + 1, sizeof *choices);
	size_t *of = mem_array(call->mem, table->n_columns + 1, sizeof *of);
	struct choice *found = NULL;
	struct fault ignored;
	size_t used = 0;

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!columns[i] || !single(call, i, &choices[used]))
			continue;
		choices[used].offered = true;
		if (search && search->column == i)
			found = &choices[used];
		for (size_t row = 0; row < n; row++)
			name_cell(call, &choices[used], &rows[row][i]);
		of[used++] = i;
	}
	if (found) {
		choices[used] = *found;
		found = &choices[used];
		found->search = search->words;
		found->most = CHOICE_FOUND;
	}
	if (choice_read(call->db, call->mem, &call->who, choices,
		used + (found != NULL), &ignored) != OUT_DONE)
		return;
	for (size_t i = 0; i < used; i++)
		share_choice(&choices[i], rows, n, of[i]);
	if (found && found->known)
		rows[at][search->column].choice = found;
}

struct choice *const *
refer_rows(struct call *call, struct row *const *rows, size_t n)
{
	const struct table *table = call->scope->table;
	struct choice **found =
	    mem_array(call->mem, table->n_columns, sizeof *found);
	struct choice *choices =
	    mem_array(call->mem, table->n_columns, sizeof *choices);
	const bool *shown = shortlist(call->mem, call->scope);
	struct fault ignored;
	size_t used = 0;

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!shown[i] || !single(call, i, &choices[used]))
			continue;
		for (size_t row = 0; row < n; row++)
			name_text(call, &choices[used], rows[row]->values[i]);
		found[i] = &choices[used++];
	}
	if (choice_read(call->db, call->mem, &call->who, choices, used,
		&ignored) != OUT_DONE)
		memset(found, 0, table->n_columns * sizeof *found);
	return found;
}

/* Has all values named that a filter compares with a column. */
static void
name_filter(
    struct call *call, struct choice **choices, const struct filter *filter)
{
	const struct table *table = call->scope->table;
	struct choice *choice;

	for (size_t i = 0; i < filter->n_parts; i++)
		name_filter(call, choices, &filter->parts[i]);
	if (filter->kind != FILTER_TEST || filter->op == FILTER_IS)
		return;
	choice =
	    choices[table_index(table, table_column(table, filter->column))];
	for (size_t i = 0; choice && i < filter->n_values; i++)
		name_text(call, choice, filter->values[i]);
}

static bool
mentions(const struct filter *filter, const char *column)
{
	for (size_t i = 0; i < filter->n_parts; i++)
		if (mentions(&filter->parts[i], column))
			return true;
	return filter->kind == FILTER_TEST &&
	       strcmp(filter->column, column) == 0;
}

static bool
is_listed(const struct refer_list *list, const struct column *column, size_t i)
{
	bool is = list->columns[i];

	for (size_t f = 0; f < list->n_filters && !is; f++)
		is = mentions(list->filters[f], column->name);
	return is;
}

struct choice *const *
refer_list(struct call *call, const struct refer_list *list)
{
	const struct table *table = call->scope->table;
	struct choice **found =
	    mem_array(call->mem, table->n_columns, sizeof *found);
	struct choice *choices =
	    mem_array(call->mem, table->n_columns + 1, sizeof *choices);
	struct fault ignored;
	size_t used = 0;

	for (size_t i = 0; i < table->n_columns; i++) {
		struct choice *choice = &choices[used];

		if (!is_listed(list, &table->columns[i], i) ||
		    !call->scope->read[i] || !single(call, i, choice))
			continue;
		choice->offered = list->offers && list->columns[i];
		for (size_t row = 0; list->columns[i] && row < list->n; row++)
			name_text(call, choice, list->rows[row]->values[i]);
		if (list->search && list->search->column == i) {
			choice->search = list->search->words;
			choice->most = CHOICE_FOUND;
		}
		found[i] = &choices[used++];
	}
	for (size_t i = 0; i < list->n_filters; i++)
		name_filter(call, found, list->filters[i]);
	if (choice_read_with(call->db, call->mem, &call->who, choices, used,
		list->more, list->n_more, &ignored) != OUT_DONE)
		used = 0;
	for (size_t i = 0; i < table->n_columns; i++)
		if (found[i] && (used == 0 || !found[i]->known))
			found[i] = NULL;
	return found;
}

static bool
begins(const char *name, const char *prefix, const char *rest)
{
	size_t len = strlen(prefix);

	return strncmp(name, prefix, len) == 0 && strcmp(name + len, rest) == 0;
}

bool
refer_asked(
    struct call *call, const struct form *form, struct refer_search *search)
{
	const struct table *table = call->scope->table;
	bool enter = form_find(form, "_enter") != NULL;

	for (size_t i = 0; i < table->n_columns; i++) {
		const char *name = widget_name(call->mem, &table->columns[i]);
		const char *query = NULL;
		bool button = false;

		for (size_t f = 0; f < form->n; f++) {
			const struct form_field *field = &form->fields[f];

			button |= begins(field->name, "_search.", name);
			if (begins(field->name, "_query.", name))
				query = field->value;
		}
		if (query && (button || (enter && *query))) {
			*search = (struct refer_search){ i, query };
			return true;
		}
	}
	return false;
}

static bool
read_limit(const char *text, size_t *limit)
{
	char *end;
	unsigned long n;

	errno = 0;
	n = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end != '\0' || errno != 0)
		return false;
	*limit = n < CHOICE_FOUND ? n : CHOICE_FOUND;
	return true;
}

static enum outcome
read_query(struct call *call, struct choice *choice, size_t *column)
{
	const struct table *table = call->scope->table;
	const struct uri *uri = &call->request->uri;
	const char *name = NULL;
	const struct column *found;

	for (size_t i = 0; i < uri->n_pairs; i++) {
		const struct uri_pair *pair = &uri->pairs[i];
		const char *value = pair->value ? pair->value : "";
		bool fine = strcmp(pair->name, "_format") == 0;

		if (strcmp(pair->name, "_choice") == 0)
			fine = (choice->search = value) != NULL;
		else if (strcmp(pair->name, "_column") == 0)
			fine = (name = value) != NULL;
		else if (strcmp(pair->name, "limit") == 0)
			fine = read_limit(value, &choice->most);
		if (!fine)
			return call_bad_parameter(call, pair->name);
	}
	if (!name && table->n_key != 1)
		return call_bad_parameter(call, "_column");
	found =
	    name ? table_column(table, name) : &table->columns[table->key[0]];
	if (!found || !call->scope->read[table_index(table, found)])
		return fault_set(&call->fault, OUT_MALFORMED,
		    "parameter _column", WORD_F_UNKNOWN_COLUMN, name, NULL);
	*column = table_index(table, found);
	return OUT_DONE;
}

enum outcome
refer_choice(struct call *call)
{
	size_t column;
	struct choice choice = { .scope = call->scope,
		.n = 1,
		.targets = &column,
		.offered = true,
		.most = LISTED };
	struct text *text;
	enum outcome outcome = read_query(call, &choice, &column);

	if (outcome == OUT_DONE)
		outcome = choice_read(
		    call->db, call->mem, &call->who, &choice, 1, &call->fault);
	if (outcome != OUT_DONE)
		return outcome;
	if (!choice.known)
		return call->fault.outcome;
	text = mem_text_open(call->mem);
	reference_json(text->out, call->mem, &call->site, &choice);
	response_field(call->response, "Cache-Control", "private, no-cache");
	call_send(call, text, call_type_json);
	return OUT_DONE;
}
