#include "store/narrow.h"

#include <string.h>
#include <strings.h>

#include "store/array.h"

/* The operators of which the right side is a value of the column's type, or a
 * text where pattern is set: then the left side is a text too. */
static const struct {
	const char *sql;
	bool pattern;
} operators[] = {
	[FILTER_EQ] = { "=", false },
	[FILTER_NEQ] = { "<>", false },
	[FILTER_GT] = { ">", false },
	[FILTER_GTE] = { ">=", false },
	[FILTER_LT] = { "<", false },
	[FILTER_LTE] = { "<=", false },
	[FILTER_LIKE] = { "LIKE", true },
	[FILTER_ILIKE] = { "ILIKE", true },
	[FILTER_MATCH] = { "~", true },
	[FILTER_IMATCH] = { "~*", true },
	[FILTER_ISDISTINCT] = { "IS DISTINCT FROM", false },
	[FILTER_CS] = { "@>", false },
	[FILTER_CD] = { "<@", false },
	[FILTER_OV] = { "&&", false },
	[FILTER_SL] = { "<<", false },
	[FILTER_SR] = { ">>", false },
	[FILTER_NXR] = { "&<", false },
	[FILTER_NXL] = { "&>", false },
	[FILTER_ADJ] = { "-|-", false },
};

bool
narrow_check(const struct scope *scope, const struct filter *filter,
    const char **unknown)
{
	const struct column *column;

	for (size_t i = 0; i < filter->n_parts; i++)
		if (!narrow_check(scope, &filter->parts[i], unknown))
			return false;
	if (filter->kind != FILTER_TEST)
		return true;
	column = table_column(scope->table, filter->column);
	if (column && scope->read[table_index(scope->table, column)])
		return true;
	*unknown = filter->column;
	return false;
}

static void
write_is(struct stmt *stmt, const struct column *column, const char *value)
{
	if (strcasecmp(value, "not_null") == 0)
		value = "NOT NULL";
	/* one of the five words that the grammar has */
	fprintf(stmt->out, "t.%s IS %s", column->ident, value);
}

/* One list as an array, so that lists of any length are one statement; an array
 * of arrays cannot hold rows of different lengths. */
static void
write_in(
    struct stmt *stmt, const struct column *column, const struct filter *filter)
{
	if (column->base[0] != '_') {
		fprintf(stmt->out, "t.%s = ANY (", column->ident);
		clause_value(stmt,
		    array_text(stmt->mem, filter->values, filter->n_values));
		fprintf(stmt->out, "::%s[])", column->cast);
		return;
	}
	fputs("(false", stmt->out);
	for (size_t i = 0; i < filter->n_values; i++) {
		fprintf(stmt->out, " OR t.%s = ", column->ident);
		clause_value(stmt, filter->values[i]);
		fprintf(stmt->out, "::%s", column->cast);
	}
	putc(')', stmt->out);
}

static void
write_test(
    struct stmt *stmt, const struct table *table, const struct filter *filter)
{
	const struct column *column = table_column(table, filter->column);
	bool pattern = operators[filter->op].pattern;

	if (filter->op == FILTER_IS) {
		write_is(stmt, column, filter->values[0]);
		return;
	}
	if (filter->op == FILTER_IN) {
		write_in(stmt, column, filter);
		return;
	}
	fprintf(stmt->out, "t.%s%s%s %s ", column->ident,
	    pattern && !column->text ? "::text" : "",
	    pattern && column->loose ? " COLLATE \"default\"" : "",
	    operators[filter->op].sql);
	clause_value(stmt, filter->values[0]);
	fprintf(stmt->out, "::%s", pattern ? "text" : column->cast);
}

static void
write_filter(
    struct stmt *stmt, const struct table *table, const struct filter *filter)
{
	bool all = filter->kind == FILTER_AND;

	fputs(filter->negated ? "NOT (" : "(", stmt->out);
	if (filter->kind == FILTER_TEST)
		write_test(stmt, table, filter);
	else
		fputs(all ? "true" : "false", stmt->out);
	for (size_t i = 0; i < filter->n_parts; i++) {
		fputs(all ? " AND " : " OR ", stmt->out);
		write_filter(stmt, table, &filter->parts[i]);
	}
	putc(')', stmt->out);
}

void
narrow_write(struct stmt *stmt, const struct table *table,
    const struct filter *filters, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		fputs(i > 0 ? " AND " : " WHERE ", stmt->out);
		write_filter(stmt, table, &filters[i]);
	}
}
