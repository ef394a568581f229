#include "store/exposure.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/words.h"

void
exposure_complain(struct exposure_problems *problems, unsigned line, char *text)
{
	problems->list = mem_grow(
	    problems->mem, problems->list, problems->n, sizeof *problems->list);
	problems->list[problems->n++] = (struct exposure_problem){ line, text };
}

/* Complains of a column that is not there, unless all of a schema is meant. */
static void
miss(const struct exposure *exposure, const struct table *table,
    struct exposure_problems *problems, unsigned line, const char *name)
{
	enum {
		LISTED = 12
	};
	struct text *text;

	if (!exposure->table)
		return;
	text = mem_text_open(problems->mem);
	fprintf(text->out, "the table %s has no column %s: expected one of ",
	    table->name, name);
	for (size_t i = 0; i < table->n_columns && i < LISTED; i++)
		fprintf(text->out, "%s%s", i > 0 ? ", " : "",
		    table->columns[i].name);
	fputs(table->n_columns > LISTED ? ", ..." : "", text->out);
	exposure_complain(problems, line, mem_text(text));
}

/* The columns that rights name. Whom a right is meant for whose column is not
 * there cannot be told, so nobody is given any. */
static void
check_named(const struct exposure *exposure, struct table *table,
    struct exposure_problems *problems)
{
	for (size_t i = 0; i < exposure->n_named; i++) {
		const struct exposure_name *named = &exposure->named[i];

		if (table_column(table, named->name))
			continue;
		miss(exposure, table, problems, named->line, named->name);
		log_line(LOG_ERROR,
		    "line %u of the configuration: the table %s is not "
		    "offered: it has no column %s",
		    named->line, table->name, named->name);
		table->withheld = true;
	}
}

/* The columns that a label names in braces. */
static void
check_label(const struct exposure *exposure, struct table *table,
    struct exposure_problems *problems)
{
	const char *at = table->label;

	while (at && (at = strchr(at, '{')) != NULL) {
		size_t len = strcspn(++at, "}");
		char *name = mem_copy(problems->mem, at, len);

		if (at[len] && !table_column(table, name))
			miss(exposure, table, problems, exposure->lines.label,
			    name);
		at += len;
	}
}

/* What the configuration says of the version and the date of a change. */
static void
check_wish(const struct exposure *exposure, struct table *table,
    struct exposure_problems *problems)
{
	const struct guard_wish *wish = &exposure->wish;
	const char *args[3] = { table->why_arg };

	if (wish->version_column && table->why == WORD_WHY_NO_VERSION)
		miss(exposure, table, problems, exposure->lines.version,
		    wish->version_column);
	if (wish->version_column && table->why == WORD_WHY_VERSION_TYPE)
		exposure_complain(problems, exposure->lines.version,
		    words_fill(problems->mem, LANGUAGE_EN, table->why, args));
	if (wish->modified && !table_column(table, wish->modified))
		miss(exposure, table, problems, exposure->lines.modified,
		    wish->modified);
}

/* Marks the columns that a list of the configuration names. */
static void
mark(const struct exposure *exposure, struct table *table,
    struct exposure_problems *problems, const char *const *names, size_t n,
    bool hide)
{
	for (size_t i = 0; i < n; i++) {
		const struct column *found = table_column(table, names[i]);
		struct column *column;

		if (!found) {
			miss(exposure, table, problems,
			    hide ? exposure->lines.hidden
				 : exposure->lines.read_only,
			    names[i]);
			continue;
		}
		column = &table->columns[table_index(table, found)];
		column->hidden |= hide;
		column->read_only |= !hide;
	}
}

/* Marks those that a list proposes to edit in place. */
static void
mark_grid(const struct exposure *exposure, struct table *table,
    struct exposure_problems *problems)
{
	for (size_t i = 0; i < exposure->n_grid; i++) {
		const struct column *found =
		    table_column(table, exposure->grid[i]);

		if (found)
			table->columns[table_index(table, found)].in_grid =
			    true;
		else
			miss(exposure, table, problems, exposure->lines.grid,
			    exposure->grid[i]);
	}
}

/* A configured key stands in for one that the catalogue does not know. */
static void
set_key(const struct exposure *exposure, struct table *table,
    struct exposure_problems *problems)
{
	if (exposure->n_key == 0)
		return;
	/* nothing says that such a key is one row's alone */
	table->plain[TABLE_UPDATE] = table->plain[TABLE_DELETE] = false;
	table->n_key = 0;
	table->key =
	    mem_array(problems->mem, exposure->n_key, sizeof *table->key);
	for (size_t i = 0; i < exposure->n_key; i++) {
		const struct column *column =
		    table_column(table, exposure->key[i]);

		if (column)
			table->key[table->n_key++] = table_index(table, column);
		else
			miss(exposure, table, problems, exposure->lines.key,
			    exposure->key[i]);
	}
}

/* What the guard, the key and rules take away from the rights. */
static void
narrow(struct table *table)
{
	for (size_t i = 0; i < table->n_key; i++) {
		table->columns[table->key[i]].key_part = (int)i + 1;
		if (!table->columns[table->key[i]].selectable)
			table->n_key = 0;
	}
	if (table->guard == GUARD_NONE || table->n_key == 0)
		table->rights &= RIGHT_READ | RIGHT_EXPORT;
	if (table->ruled[TABLE_INSERT])
		table->rights &= ~(unsigned)RIGHT_CREATE;
	if (table->ruled[TABLE_UPDATE])
		table->rights &= ~(unsigned)RIGHT_UPDATE;
	if (table->ruled[TABLE_DELETE])
		table->rights &= ~(unsigned)RIGHT_DELETE;
}

void
exposure_apply(const struct exposure *exposure, struct table *table,
    const struct guard_facts *facts, struct exposure_problems *problems)
{
	table->label = exposure->label;
	table->counter = exposure->counter;
	table->filtered_writes = exposure->filtered_writes;
	table->merges = exposure->merges;
	set_key(exposure, table, problems);
	for (size_t i = 0; i < table->n_key; i++)
		table->columns[table->key[i]].key_part = (int)i + 1;
	guard_decide(problems->mem, table, facts, &exposure->wish);
	mark(exposure, table, problems, exposure->hidden, exposure->n_hidden,
	    true);
	mark(exposure, table, problems, exposure->read_only,
	    exposure->n_read_only, false);
	mark_grid(exposure, table, problems);
	check_named(exposure, table, problems);
	check_label(exposure, table, problems);
	check_wish(exposure, table, problems);
	narrow(table);
}
