#include "app/cells.h"

#include <string.h>

#include "app/upload.h"
#include "format/json.h"
#include "view/caption.h"
#include "view/error.h"
#include "view/hint.h"
#include "view/typing.h"
#include "view/was.h"

struct cell *
cells_of_row(struct mem *mem, const struct scope *scope, const struct row *row)
{
	size_t n = scope->table->n_columns;
	struct cell *cells = mem_array(mem, n, sizeof *cells);

	for (size_t i = 0; i < n; i++)
		cells[i].value = cells[i].was = row->values[i];
	return cells;
}

/* Whether an empty control of this column stands for no value. */
static bool
empty_is_null(const struct column *column)
{
	return !column->text;
}

static const char *
named(struct mem *mem, const struct form *form, const char *prefix,
    const char *name)
{
	return form_value(form, mem_printf(mem, "%s.%s", prefix, name));
}

/* What was typed becomes the value that it means. Money comes with the
 * currency's sign from the database alone: untouched it stays as it is. */
static void
read_typed(const struct call *call, const struct column *column,
    const char *was, struct cell *cell)
{
	struct number_text text;

	if (column->json != COLUMN_NUMBER && strcmp(cell->value, was) == 0)
		return;
	if (typing_read(call->mem, call->site.language, column, cell->value,
		&text) == NUMBER_TWO_WAYS) {
		cell->readings[0] = text.whole;
		cell->readings[1] = text.broken;
	} else {
		cell->value = text.text;
	}
}

/* What the form carries of a column, whether or not that was a control. */
static struct cell
read_was(struct mem *mem, const struct column *column, const struct form *form)
{
	const char *name = widget_name(mem, column);
	const char *was = named(mem, form, "_was", name);
	struct cell cell = { .carried = was != NULL };

	if (was && !named(mem, form, "_wasnull", name))
		cell.was = was;
	cell.hashed = cell.was && was_is_hash(cell.was);
	return cell;
}

/* Whether no value is meant. */
static bool
says_none(struct mem *mem, const struct column *column, const struct form *form,
    const struct cell *cell)
{
	const char *said = named(mem, form, "_null", widget_name(mem, column));

	if (*cell->value == '\0')
		return empty_is_null(column) || said != NULL;
	return said && strcmp(said, WIDGET_NONE) == 0 && cell->was &&
	       !was_touched(mem, cell->value, cell->was);
}

static struct cell
read_cell(const struct call *call, const struct column *column,
    const struct form *form)
{
	struct mem *mem = call->mem;
	const char *name = widget_name(mem, column);
	const char *text = form_value(form, name);
	const char *was = named(mem, form, "_was", name);
	struct cell cell = read_was(mem, column, form);

	if (upload_is(column))
		return upload_read(mem, column, form);
	if (!text)
		return cell;
	cell.posted = true;
	if (!was)
		was = "";
	cell.value = form_newlines(mem, text);
	if (!cell.carried && !named(mem, form, "_wasnull", name))
		cell.was = was;
	if (says_none(mem, column, form, &cell))
		cell.value = NULL;
	if (*text == '\0' && !cell.was && column->default_sql &&
	    column->not_null)
		cell.value = NULL; /* left alone, so that the default applies */
	if (cell.value)
		read_typed(call, column, was, &cell);
	if (!cell.value || !cell.was)
		/* an empty control of a type without '' is NULL both ways */
		cell.touched =
		    cell.value != cell.was &&
		    !(empty_is_null(column) && !cell.value && *was == '\0');
	else
		cell.touched = was_touched(mem, cell.value, was);
	return cell;
}

struct cell *
cells_of_form(struct call *call, const struct form *form, const bool *writable)
{
	const struct table *table = call->scope->table;
	struct cell *cells =
	    mem_array(call->mem, table->n_columns, sizeof *cells);

	for (size_t i = 0; i < table->n_columns; i++)
		if (writable[i])
			cells[i] = read_cell(call, &table->columns[i], form);
		else if (call->scope->read[i])
			cells[i] =
			    read_was(call->mem, &table->columns[i], form);
	return cells;
}

/* What was typed into the field that travels under this name, or NULL. */
static const char *
typed(struct call *call, const struct form *form, const char *name,
    const char *was, const struct column *column)
{
	const struct form_field *file = form_file(form, name);
	const char *text = form_value(form, name);

	if (file && file->filename && *file->filename)
		return file->filename;
	if (!text || (column && !read_cell(call, column, form).touched) ||
	    !was_touched(call->mem, form_newlines(call->mem, text), was))
		return NULL;
	return text;
}

char *
cells_lost(struct call *call, const struct form *form, const bool *writable)
{
	static const char prefix[] = "_was.", own[] = "_c.";
	const struct scope *scope = call->scope;
	struct text *text = mem_text_open(call->mem);
	const char *before = "";

	for (size_t i = 0; i < form->n; i++) {
		const char *name = form->fields[i].name, *label, *value;
		const struct column *column;

		if (strncmp(name, prefix, sizeof prefix - 1) != 0)
			continue;
		name += sizeof prefix - 1;
		label = strncmp(name, own, sizeof own - 1) == 0
			    ? name + sizeof own - 1
			    : name;
		column = table_column(scope->table, label);
		if (column && writable[table_index(scope->table, column)])
			continue;
		value = typed(call, form, name, form->fields[i].value, column);
		if (!value)
			continue;
		fprintf(text->out, "%s%s: %s", before,
		    caption_name(call->mem, label), value);
		before = "; ";
	}
	return *before ? mem_text(text) : NULL;
}

bool
cells_touched(const struct table *table, const struct cell *cells)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (cells[i].touched)
			return true;
	return false;
}

static enum outcome
refuse(struct call *call, const struct column *column, enum word why,
    const char *const *args)
{
	fault_set(&call->fault, OUT_INVALID,
	    mem_printf(call->mem, "column %s", column->name), why, args[0],
	    args[1]);
	call->fault.column = column->name;
	return OUT_INVALID;
}

/* What is known to be wrong with it without the database, and the arguments of
 * that sentence; or WORD_NONE, and span is the value of a json column. */
static enum word
wrong_with(struct call *call, const struct column *column,
    const struct cell *cell, const char *args[3], struct json_span *span)
{
	struct json_error error;
	const char *value = cell->touched ? cell->value : NULL;

	args[0] = cell->readings[0];
	args[1] = cell->readings[1];
	args[2] = NULL;
	if (cell->readings[0])
		return WORD_F_TWO_WAYS;
	if (value && column->json == COLUMN_JSON &&
	    !json_read(value, strlen(value), span, &error))
		return WORD_F_NOT_JSON;
	return value ? hint_too_fine(call->mem, column, value, args)
		     : WORD_NONE;
}

enum outcome
cells_members(struct call *call, const struct cell *cells, struct write *write)
{
	const struct table *table = write->scope->table;
	struct member *members =
	    mem_array(call->mem, table->n_columns, sizeof *members);

	write->members = members;
	cells = upload_typed(call, cells,
	    write->key ? call->scope->update : call->scope->insert);
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];
		const char *value = cells[i].value;
		const char *args[3];
		struct json_span span;
		struct text *text;
		enum word wrong;

		if (!cells[i].touched)
			continue;
		wrong = wrong_with(call, column, &cells[i], args, &span);
		if (wrong != WORD_NONE)
			return refuse(call, column, wrong, args);
		if (value && column->json == COLUMN_JSON) {
			members[write->n_members++] =
			    (struct member){ i, span.at, span.len };
			continue;
		}
		text = mem_text_open(call->mem);
		json_write_text(text->out, value);
		mem_text(text);
		members[write->n_members++] =
		    (struct member){ i, text->at, text->len };
	}
	return OUT_DONE;
}

/* Puts the sentence of a fault beside its column. */
static void
blame_column(
    struct call *call, struct cell *cell, size_t i, const struct fault *fault)
{
	const char *text = hint_refusal(
	    call->mem, &call->site, &call->scope->table->columns[i], fault);

	if (cell->readings[0])
		return;
	cell->error =
	    text ? text : error_sentence(call->mem, &call->site, fault);
}

/* What of the fault is known without the database, beside each. */
static void
blame_typed(struct call *call, struct cell *cells)
{
	const struct table *table = call->scope->table;

	for (size_t i = 0; i < table->n_columns; i++) {
		const char *args[3];
		struct json_span span;
		enum word wrong = wrong_with(
		    call, &table->columns[i], &cells[i], args, &span);

		if (wrong != WORD_NONE)
			cells[i].error = words_fill(
			    call->mem, call->site.language, wrong, args);
	}
}

void
cells_blame(struct call *call, struct cell *cells)
{
	const struct table *table = call->scope->table;
	const struct fault *fault = &call->fault;
	const struct constraint *constraint =
	    table_constraint(table, fault->constraint);

	blame_typed(call, cells);
	for (const struct fault *each = fault; each; each = each->also) {
		const struct column *column =
		    each->column ? table_column(table, each->column) : NULL;
		size_t i = column ? table_index(table, column) : 0;

		if (column)
			blame_column(call, &cells[i], i, each);
	}
	if (fault->column && table_column(table, fault->column))
		return;
	for (size_t k = 0; constraint && k < constraint->n; k++) {
		size_t i = constraint->columns[k];

		if (cells[i].posted)
			blame_column(call, &cells[i], i, fault);
	}
}
