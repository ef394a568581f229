#include "view/label.h"

#include <string.h>

static char *
filled(struct mem *mem, const struct scope *scope, const struct row *row)
{
	const struct table *table = scope->table;
	struct text *text = mem_text_open(mem);
	const char *at = table->label;

	for (const char *brace; (brace = strchr(at, '{')) != NULL;) {
		const char *end = strchr(brace, '}');
		const struct column *column = NULL;

		if (!end)
			break;
		fwrite(at, 1, (size_t)(brace - at), text->out);
		column = table_column(
		    table, mem_copy(mem, brace + 1, (size_t)(end - brace - 1)));
		if (column && row->values[table_index(table, column)])
			fputs(
			    row->values[table_index(table, column)], text->out);
		at = end + 1;
	}
	fputs(at, text->out);
	return mem_text(text);
}

static bool
unique_alone(const struct table *table, size_t column)
{
	for (size_t i = 0; i < table->n_constraints; i++) {
		const struct constraint *constraint = &table->constraints[i];

		if (constraint->unique && constraint->n == 1 &&
		    constraint->columns[0] == column)
			return true;
	}
	return false;
}

static bool
name_like(const struct table *table, size_t column)
{
	const char *name = table->columns[column].name;

	return strcmp(name, "name") == 0 || strcmp(name, "title") == 0 ||
	       strcmp(name, "label") == 0;
}

static bool
any(const struct table *table, size_t column)
{
	return !table->columns[column].kept;
}

/* The rules in their order of preference, each over the text columns. */
static bool (*const rules[])(
    const struct table *, size_t) = { unique_alone, name_like, any };

char *
label_of(struct mem *mem, const struct scope *scope, const struct row *row)
{
	const struct table *table = scope->table;
	struct text *text;

	if (table->label)
		return filled(mem, scope, row);
	for (size_t rule = 0; rule < sizeof rules / sizeof *rules; rule++)
		for (size_t i = 0; i < table->n_columns; i++)
			if (table->columns[i].text && row->values[i] &&
			    *row->values[i] && rules[rule](table, i))
				return mem_string(mem, row->values[i]);
	text = mem_text_open(mem);
	for (size_t i = 0; row->key && i < table->n_key; i++) {
		fputs(i > 0 ? ", " : "", text->out);
		fputs(row->key[i], text->out);
	}
	return mem_text(text);
}
