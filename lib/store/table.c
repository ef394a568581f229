#include "store/table.h"

#include <assert.h>
#include <string.h>

#include "format/uri.h"

bool
scope_bars(const struct scope *scope, size_t column)
{
	return scope->barred && scope->barred[column];
}

const struct column *
table_column(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (strcmp(table->columns[i].name, name) == 0)
			return &table->columns[i];
	return NULL;
}

const struct constraint *
table_constraint(const struct table *table, const char *name)
{
	for (size_t i = 0; name != NULL && i < table->n_constraints; i++)
		if (strcmp(table->constraints[i].name, name) == 0)
			return &table->constraints[i];
	return NULL;
}

bool
table_same_key(
    const struct table *table, const char *const *key, const char *const *other)
{
	for (size_t i = 0; i < table->n_key; i++)
		if (strcmp(key[i], other[i]) != 0)
			return false;
	return true;
}

bool
table_gives(const struct column *column)
{
	return column->default_sql != NULL || column->identity != 0 ||
	       column->generated;
}

size_t
table_index(const struct table *table, const struct column *column)
{
	assert(column >= table->columns &&
	       column < table->columns + table->n_columns);
	return (size_t)(column - table->columns);
}

const char *
table_guard_name(const struct table *table)
{
	switch (table->guard) {
	case GUARD_VERSION:
	case GUARD_FOREIGN:
		return "version";
	case GUARD_VERSION_XMIN:
		return "version+xmin";
	case GUARD_XMIN:
		return "xmin";
	case GUARD_NONE:
		break;
	}
	return "read-only";
}

char *
table_url(struct mem *mem, const struct table *table)
{
	struct text *text = mem_text_open(mem);

	putc('/', text->out);
	uri_write(text->out, table->name);
	return mem_text(text);
}

char *
table_key_text(
    struct mem *mem, const struct table *table, const char *const *key)
{
	struct text *text = mem_text_open(mem);

	for (size_t i = 0; i < table->n_key; i++) {
		if (i > 0)
			putc(',', text->out);
		uri_write(text->out, key[i]);
	}
	return mem_text(text);
}

char *
table_row_url(
    struct mem *mem, const struct table *table, const char *const *key)
{
	return mem_printf(mem, "%s%s%s", table_url(mem, table),
	    uri_key_in_path(key, table->n_key) ? "/" : "?_key=",
	    table_key_text(mem, table, key));
}

static void
add_part(
    struct mem *mem, struct label_rule *rule, const char *text, size_t column)
{
	rule->parts = mem_grow(mem, rule->parts, rule->n, sizeof *rule->parts);
	rule->parts[rule->n++] = (struct label_part){ text, column };
}

/* "{last_name}, {first_name}" */
static void
take_apart(struct mem *mem, const struct scope *scope, struct label_rule *rule)
{
	const struct table *table = scope->table;
	const char *at = table->label;

	for (const char *brace; (brace = strchr(at, '{')) != NULL;) {
		const char *end = strchr(brace, '}');
		const struct column *column;

		if (!end)
			break;
		if (brace > at)
			add_part(mem, rule,
			    mem_copy(mem, at, (size_t)(brace - at)), 0);
		column = table_column(
		    table, mem_copy(mem, brace + 1, (size_t)(end - brace - 1)));
		if (column && scope->read[table_index(table, column)])
			add_part(mem, rule, NULL, table_index(table, column));
		at = end + 1;
	}
	if (*at != '\0')
		add_part(mem, rule, at, 0);
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
static bool (*const preferences[])(
    const struct table *, size_t) = { unique_alone, name_like, any };

struct label_rule
table_label(struct mem *mem, const struct scope *scope)
{
	const struct table *table = scope->table;
	struct label_rule rule = { .joined = table->label != NULL };
	bool *taken = mem_array(mem, table->n_columns, sizeof *taken);

	if (rule.joined) {
		take_apart(mem, scope, &rule);
		return rule;
	}
	for (size_t p = 0; p < sizeof preferences / sizeof *preferences; p++)
		for (size_t i = 0; i < table->n_columns; i++)
			if (table->columns[i].text && scope->read[i] &&
			    !taken[i] && preferences[p](table, i)) {
				add_part(mem, &rule, NULL, i);
				taken[i] = true;
			}
	return rule;
}
