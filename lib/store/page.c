#include "store/page.h"

#include "store/clause.h"
#include "store/narrow.h"

/* A column of the order, the key's among them. */
struct sort {
	const struct column *column;
	const char *value; /* of the place where the page begins */
	bool descending, nulls_first;
};

/* How a list is sorted. */
struct sorting {
	struct sort *sorts;
	size_t n;
	bool placed; /* the page begins behind a place, */
	bool turned; /* or lies before it: everything is turned round */
};

static bool
is_sorted_by(const struct sorting *sorting, const struct column *column)
{
	for (size_t i = 0; i < sorting->n; i++)
		if (sorting->sorts[i].column == column)
			return true;
	return false;
}

/* The order, then the key, each column once; turned round where the page lies
 * before its place. */
static struct sorting
sorting_of(struct mem *mem, const struct rows_query *query)
{
	const struct table *table = query->scope->table;
	const char *const *place = query->last	   ? NULL
				   : query->before ? query->before
						   : query->after;
	struct sorting sorting = {
		.placed = place != NULL,
		.turned = query->before != NULL,
	};

	sorting.sorts = mem_array(
	    mem, query->n_order + table->n_key + 1, sizeof *sorting.sorts);
	for (size_t i = 0; i < query->n_order + table->n_key; i++) {
		const struct filter_order *order =
		    i < query->n_order ? &query->order[i] : NULL;
		struct sort sort = {
			.column =
			    order ? table_column(table, order->column)
				  : &table->columns[table->key[i -
							       query->n_order]],
			.value = place ? place[i] : NULL,
		};

		if (is_sorted_by(&sorting, sort.column))
			continue;
		sort.descending = order && order->descending;
		sort.nulls_first = sort.descending;
		if (order && order->nulls != FILTER_NULLS_DEFAULT)
			sort.nulls_first = order->nulls == FILTER_NULLS_FIRST;
		sort.descending ^= sorting.turned;
		sort.nulls_first ^= sorting.turned;
		sorting.sorts[sorting.n++] = sort;
	}
	return sorting;
}

static void
write_fields(struct stmt *stmt, const struct rows_query *query,
    const struct scope *shown)
{
	const struct table *table = query->scope->table;
	size_t n = clause_row(
	    stmt, shown, query->image, table->state_sql, NULL, false);

	for (size_t i = 0; i < query->n_order; i++)
		fprintf(stmt->out, ", t.%s::text AS c%zu",
		    table_column(table, query->order[i].column)->ident, n++);
}

/* named: by the names that the columns have as pieces of a union; turned: the
 * other way round. */
static void
write_order(
    struct stmt *stmt, const struct sorting *sorting, bool named, bool turned)
{
	fputs(sorting->n > 0 || named ? " ORDER BY " : "", stmt->out);
	if (named)
		fputs(turned ? "piece DESC" : "piece", stmt->out);
	for (size_t i = 0; i < sorting->n; i++) {
		const struct sort *sort = &sorting->sorts[i];

		fputs(i > 0 || named ? ", " : "", stmt->out);
		if (named)
			fprintf(stmt->out, "o%zu", i);
		else
			fprintf(stmt->out, "t.%s", sort->column->ident);
		fputs(sort->descending != turned ? " DESC" : "", stmt->out);
		if (sort->nulls_first != sort->descending)
			fputs(
			    sort->nulls_first ? " NULLS FIRST" : " NULLS LAST",
			    stmt->out);
	}
}

static void
write_limit(struct stmt *stmt, long limit)
{
	if (limit < 0)
		return;
	fputs(" LIMIT ", stmt->out);
	clause_value(stmt, mem_printf(stmt->mem, "%ld", limit));
	fputs("::bigint", stmt->out);
}

static void
write_where(struct stmt *stmt, const struct rows_query *query)
{
	fprintf(stmt->out, " FROM %s AS t", query->scope->table->ident);
	narrow_write(
	    stmt, query->scope->table, query->filters, query->n_filters);
}

static void
write_value(struct stmt *stmt, const struct sort *sort)
{
	clause_value(stmt, sort->value);
	fprintf(stmt->out, "::%s", sort->column->cast);
}

/* Whether one comparison of whole places says what lies behind: all columns go
 * one way, and none is NULL. */
static bool
is_uniform(const struct sorting *sorting)
{
	for (size_t i = 0; i < sorting->n; i++)
		if (!sorting->sorts[i].value ||
		    !sorting->sorts[i].column->not_null ||
		    sorting->sorts[i].descending !=
			sorting->sorts[0].descending)
			return false;
	return true;
}

static void
write_comparison(struct stmt *stmt, const struct sorting *sorting)
{
	putc('(', stmt->out);
	for (size_t i = 0; i < sorting->n; i++)
		fprintf(stmt->out, "%st.%s", i > 0 ? ", " : "",
		    sorting->sorts[i].column->ident);
	fputs(sorting->sorts[0].descending ? ") < (" : ") > (", stmt->out);
	for (size_t i = 0; i < sorting->n; i++) {
		fputs(i > 0 ? ", " : "", stmt->out);
		write_value(stmt, &sorting->sorts[i]);
	}
	putc(')', stmt->out);
}

/* What lies behind a value in one column. */
enum behind {
	BEHIND_PLACE,	/* the whole place at once */
	BEHIND_GREATER, /* or smaller, where descending */
	BEHIND_NULL,
	BEHIND_VALUES, /* all that are not NULL */
	BEHIND_NOTHING,
	BEHIND_END /* all rows, from the list's end on */
};

static void
write_behind(struct stmt *stmt, const struct sorting *sorting, size_t at,
    enum behind behind)
{
	const struct sort *sort = &sorting->sorts[at];

	if (behind != BEHIND_PLACE && behind != BEHIND_END)
		fprintf(stmt->out, "t.%s ", sort->column->ident);
	switch (behind) {
	case BEHIND_PLACE:
		write_comparison(stmt, sorting);
		break;
	case BEHIND_GREATER:
		fputs(sort->descending ? "< " : "> ", stmt->out);
		write_value(stmt, sort);
		break;
	case BEHIND_NULL:
		fputs("IS NULL", stmt->out);
		break;
	case BEHIND_VALUES:
		fputs("IS NOT NULL", stmt->out);
		break;
	case BEHIND_NOTHING:
		fputs("IS NULL AND false", stmt->out);
		break;
	case BEHIND_END:
		fputs("true", stmt->out);
		break;
	}
}

/* The rows that equal the place up to a column, and lie behind it there. */
static void
write_piece(struct stmt *stmt, const struct rows_query *query,
    const struct scope *shown, const struct sorting *sorting, size_t at,
    enum behind behind, size_t number)
{
	fprintf(stmt->out, "%s(SELECT ", number > 0 ? " UNION ALL " : "");
	write_fields(stmt, query, shown);
	for (size_t i = 0; i < sorting->n; i++)
		fprintf(stmt->out, ", t.%s AS o%zu",
		    sorting->sorts[i].column->ident, i);
	fprintf(stmt->out, ", %zu AS piece", number);
	write_where(stmt, query);
	fputs(query->n_filters > 0 ? " AND " : " WHERE ", stmt->out);
	for (size_t i = 0; i < at; i++) {
		const struct sort *sort = &sorting->sorts[i];

		fprintf(stmt->out, "t.%s ", sort->column->ident);
		if (sort->value) {
			fputs("= ", stmt->out);
			write_value(stmt, sort);
		} else {
			fputs("IS NULL", stmt->out);
		}
		fputs(" AND ", stmt->out);
	}
	write_behind(stmt, sorting, at, behind);
	write_order(stmt, sorting, false, false);
	write_limit(stmt, query->limit);
	putc(')', stmt->out);
}

/* The nearest piece equals the place in all columns but the last. */
static void
write_pieces(struct stmt *stmt, const struct rows_query *query,
    const struct scope *shown, const struct sorting *sorting)
{
	size_t number = 0;

	for (size_t at = sorting->n; at-- > 0;) {
		const struct sort *sort = &sorting->sorts[at];

		if (sort->value)
			write_piece(stmt, query, shown, sorting, at,
			    BEHIND_GREATER, number++);
		else if (sort->nulls_first)
			write_piece(stmt, query, shown, sorting, at,
			    BEHIND_VALUES, number++);
		if (sort->value && !sort->column->not_null &&
		    !sort->nulls_first)
			write_piece(stmt, query, shown, sorting, at,
			    BEHIND_NULL, number++);
	}
	/* a place of NULLs that come last in every column */
	if (number == 0)
		write_piece(stmt, query, shown, sorting, 0, BEHIND_NOTHING, 0);
}

static void
write_placed(struct stmt *stmt, const struct rows_query *query,
    const struct scope *shown, const struct sorting *sorting)
{
	fputs(sorting->turned ? "SELECT * FROM (SELECT * FROM ("
			      : "SELECT * FROM (",
	    stmt->out);
	if (query->last)
		write_piece(stmt, query, shown, sorting, 0, BEHIND_END, 0);
	else if (is_uniform(sorting))
		write_piece(stmt, query, shown, sorting, 0, BEHIND_PLACE, 0);
	else
		write_pieces(stmt, query, shown, sorting);
	fputs(") AS pieces", stmt->out);
	write_order(stmt, sorting, true, false);
	write_limit(stmt, query->limit);
	if (sorting->turned) {
		fputs(") AS nearest", stmt->out);
		write_order(stmt, sorting, true, true);
	}
}

struct db_step
page_rows(
    struct mem *mem, const struct rows_query *query, const struct scope *shown)
{
	struct sorting sorting = sorting_of(mem, query);
	struct stmt stmt = clause_begin(mem);

	/* after a place, one piece needs no frame around it */
	if (sorting.turned || (sorting.placed && !is_uniform(&sorting))) {
		write_placed(&stmt, query, shown, &sorting);
		return clause_end(&stmt);
	}
	fputs("SELECT ", stmt.out);
	write_fields(&stmt, query, shown);
	write_where(&stmt, query);
	if (sorting.placed) {
		fputs(query->n_filters > 0 ? " AND " : " WHERE ", stmt.out);
		write_comparison(&stmt, &sorting);
	}
	write_order(&stmt, &sorting, false, false);
	write_limit(&stmt, query->limit);
	if (query->offset > 0) {
		fputs(" OFFSET ", stmt.out);
		clause_value(&stmt, mem_printf(mem, "%ld", query->offset));
		fputs("::bigint", stmt.out);
	}
	return clause_end(&stmt);
}

struct db_step
page_count(struct mem *mem, const struct rows_query *query, long limit)
{
	struct stmt stmt = clause_begin(mem);

	fputs("SELECT count(*) FROM (SELECT", stmt.out);
	write_where(&stmt, query);
	write_limit(&stmt, limit);
	fputs(") AS q", stmt.out);
	return clause_end(&stmt);
}

struct db_step
page_plan(struct mem *mem, const struct rows_query *query)
{
	struct stmt stmt = clause_begin(mem);

	fputs("EXPLAIN (FORMAT JSON) SELECT", stmt.out);
	write_where(&stmt, query);
	return clause_end(&stmt);
}
