#include "store/guard.h"

#include <string.h>
#include <strings.h>

/* How a version of a type becomes the digits of a state, its successor and its
 * first value. '@' is the column, '#' one step of its precision. */
static const struct version_type {
	const char *base;
	const char *digits;
	const char *next;
	const char *first;
} version_types[] = {
#define WHOLE "replace(t.@::text, '-', 'm')"
#define MICROSECONDS                                                           \
	"CASE WHEN isfinite(t.@) THEN replace((extract(epoch FROM t.@) "       \
	"* 1000000)::bigint::text, '-', 'm') "                                 \
	"ELSE replace(t.@::text, '-', 'm') END"
	{ "int2", WHOLE, "coalesce(t.@, 0) + 1", "0" },
	{ "int4", WHOLE, "coalesce(t.@, 0) + 1", "0" },
	{ "int8", WHOLE, "coalesce(t.@, 0) + 1", "0" },
	{ "timestamp", MICROSECONDS,
	    "greatest(clock_timestamp()::timestamp, t.@ + interval '#')",
	    "clock_timestamp()::timestamp" },
	{ "timestamptz", MICROSECONDS,
	    "greatest(clock_timestamp(), t.@ + interval '#')",
	    "clock_timestamp()" },
	{ "uuid", "replace(t.@::text, '-', '')", "gen_random_uuid()",
	    "gen_random_uuid()" },
#undef WHOLE
#undef MICROSECONDS
};

/* By precision of a timestamp: the step to its next value. */
static const char *const steps[] = { "1 s", "100 ms", "10 ms", "1 ms", "100 us",
	"10 us", "1 us" };

/* Integers of these names are versions without anybody saying so. */
static const char *const known[] = { "lock_version", "optlock", "opt_lock" };

/* Columns of these names may be versions; only the owner knows. */
static const char *const candidates[] = { "version", "version_number",
	"versionnumber", "version_no", "revision", "rev", "rev_", "row_version",
	"rowversion", "updated_at", "updated_on", "modified", "modified_at",
	"modified_on", "last_modified", "last_update", "last_updated",
	"changed", "changed_at", "delta_ts", "etag" };

static const struct version_type *
version_type(const struct column *column)
{
	for (size_t i = 0; i < sizeof version_types / sizeof *version_types;
	     i++)
		if (strcmp(version_types[i].base, column->base) == 0)
			return &version_types[i];
	return NULL;
}

/* A template with the column and the step in place. */
static char *
fill(struct mem *mem, const char *template, const char *ident, const char *step)
{
	struct text *text = mem_text_open(mem);

	for (; *template; template ++)
		if (*template == '@')
			fputs(ident, text->out);
		else if (*template == '#')
			fputs(step, text->out);
		else
			putc(*template, text->out);
	return mem_text(text);
}

static bool
named(const struct column *column, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcasecmp(column->name, names[i]) == 0)
			return true;
	return false;
}

/* The first column outside the key that could be a version and has one of these
 * names, or NULL. */
static const struct column *
first_named(
    const struct table *table, const char *const *names, size_t n, bool integer)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];

		if (!column->key_part && version_type(column) &&
		    (!integer || strncmp(column->base, "int", 3) == 0) &&
		    named(column, names, n))
			return column;
	}
	return NULL;
}

static void
refuse(struct table *table, enum word why, const char *arg, const char *advice)
{
	table->guard = GUARD_NONE;
	table->why = why;
	table->why_arg = arg;
	table->advice = advice;
	table->version = NULL;
}

/* Makes the SQL of the state from the guard's kind and version column. */
static void
make_sql(struct mem *mem, struct table *table, const struct guard_wish *wish)
{
	const char *xmin = "'x' || t.xmin::text";
	const char *stored_xmin = "'x' || pg_current_xact_id()::xid::text";
	bool with_xmin =
	    table->guard == GUARD_XMIN || table->guard == GUARD_VERSION_XMIN;

	if (table->version) {
		const struct column *column =
		    &table->columns[table->version_column];
		const struct version_type *type = version_type(column);
		int precision = column->modifier;
		const char *step =
		    steps[precision >= 0 && precision < 6 ? precision : 6];
		char *digits = fill(mem, type->digits, column->ident, step);

		table->vstate_sql =
		    mem_printf(mem, "'v' || coalesce(%s, 'n')", digits);
		if (table->guard != GUARD_VERSION && !wish->bump_trigger)
			table->next_sql =
			    fill(mem, type->next, column->ident, step);
		if (table->guard != GUARD_VERSION && !column->default_sql &&
		    !column->identity)
			table->first_sql = type->first;
	}
	if (table->version && with_xmin) {
		table->state_sql =
		    mem_printf(mem, "%s || %s", table->vstate_sql, xmin);
		table->stored_sql =
		    mem_printf(mem, "%s || %s", table->vstate_sql, stored_xmin);
	} else {
		table->state_sql = with_xmin ? xmin : table->vstate_sql;
		table->stored_sql = with_xmin ? stored_xmin : table->vstate_sql;
	}
}

static const struct column *
kept(struct table *table, const char *name)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (strcmp(table->columns[i].name, name) == 0) {
			table->columns[i].kept = true;
			return &table->columns[i];
		}
	return NULL;
}

/* A table with our trigger: version, updated_at, updated_by are its. */
static void protected(struct table *table)
{
	const struct column *version = kept(table, "version");
	const struct column *at = kept(table, "updated_at");
	const struct column *by = kept(table, "updated_by");

	if (!version || !version_type(version)) {
		refuse(table, WORD_WHY_NO_VERSION, "version", NULL);
		return;
	}
	table->guard = GUARD_VERSION;
	table->version = version->name;
	table->version_column = table_index(table, version);
	if (at && at->selectable) {
		table->modified = at->name;
		table->modified_exact = true;
	}
	if (by && by->selectable) {
		table->changed_by = by->name;
		table->columns[table_index(table, by)].author = true;
	}
}

static void
use_version(struct table *table, const struct column *column, bool xmin)
{
	table->guard = xmin ? GUARD_VERSION_XMIN : GUARD_FOREIGN;
	table->version = column->name;
	table->version_column = table_index(table, column);
}

/* Tables and foreign tables without our trigger. */
static void
decide_table(struct mem *mem, struct table *table,
    const struct guard_facts *facts, const struct guard_wish *wish)
{
	const struct column *column = NULL;
	bool none =
	    wish->version_column && strcmp(wish->version_column, "none") == 0;

	if (wish->version_column && !none) {
		column = table_column(table, wish->version_column);
		if (!column)
			refuse(table, WORD_WHY_NO_VERSION, wish->version_column,
			    NULL);
		else if (!version_type(column))
			refuse(table, WORD_WHY_VERSION_TYPE,
			    wish->version_column, NULL);
		else
			use_version(table, column, facts->heap);
		return;
	}
	if (!none && facts->ours == 1) {
		refuse(table, WORD_WHY_DISABLED, "version",
		    mem_printf(mem,
			"ALTER TABLE %s ENABLE TRIGGER zzz_ifmatch;",
			table->ident));
		return;
	}
	if (!none)
		column = first_named(
		    table, known, sizeof known / sizeof *known, true);
	if (column) {
		use_version(table, column, facts->heap);
		return;
	}
	if (!none)
		column = first_named(table, candidates,
		    sizeof candidates / sizeof *candidates, false);
	if (column)
		refuse(table, WORD_WHY_CANDIDATE, column->name,
		    mem_printf(mem,
			"version_column = %s\nversion_column = none",
			column->name));
	else if (facts->heap)
		table->guard = GUARD_XMIN;
	else
		refuse(table,
		    table->kind == 'f' ? WORD_WHY_FOREIGN : WORD_WHY_METHOD,
		    NULL, NULL);
}

/* The view's column that shows the base's version, or NULL. */
static const struct column *
shown(const struct table *view, const struct table *base, const char *name)
{
	const struct column *below = name ? table_column(base, name) : NULL;

	for (size_t i = 0; below && i < view->n_columns; i++)
		if (view->columns[i].origin == base->oid &&
		    view->columns[i].origin_number == below->number)
			return &view->columns[i];
	return NULL;
}

static void
decide_view(struct table *view, const struct guard_facts *facts)
{
	const struct table *base = facts->base;
	const struct column *column;

	if (facts->instead) {
		refuse(view, WORD_WHY_INSTEAD, NULL, NULL);
		return;
	}
	column = base && base->guard == GUARD_VERSION && facts->events
		     ? shown(view, base, base->version)
		     : NULL;
	if (!column) {
		refuse(view, WORD_WHY_VIEW, NULL, NULL);
		return;
	}
	view->guard = GUARD_VERSION;
	view->version = column->name;
	view->version_column = table_index(view, column);
	view->columns[view->version_column].kept = true;
	if ((column = shown(view, base, base->modified))) {
		view->modified = column->name;
		view->modified_exact = true;
		view->columns[table_index(view, column)].kept = true;
	}
	if ((column = shown(view, base, base->changed_by))) {
		view->changed_by = column->name;
		view->columns[table_index(view, column)].kept = true;
		view->columns[table_index(view, column)].author = true;
	}
}

/* The guard must be able to read what it compares. */
static void
check_grants(
    struct mem *mem, struct table *table, const struct guard_facts *facts)
{
	const char *missing = NULL;
	bool xmin =
	    table->guard == GUARD_XMIN || table->guard == GUARD_VERSION_XMIN;

	if (table->guard == GUARD_NONE)
		return;
	if (table->version && !table->columns[table->version_column].selectable)
		missing = table->columns[table->version_column].ident;
	else if (xmin && !facts->xmin)
		missing = "xmin";
	if (missing)
		refuse(table, WORD_WHY_GRANT, missing,
		    mem_printf(mem, "GRANT SELECT (%s) ON %s TO %s;", missing,
			table->ident, table->role));
}

void
guard_decide(struct mem *mem, struct table *table,
    const struct guard_facts *facts, const struct guard_wish *wish)
{
	bool view = table->kind == 'v' || table->kind == 'm';

	if (view)
		decide_view(table, facts);
	else if (facts->ours == 2)
	protected(table);
	else decide_table(mem, table, facts, wish);
	check_grants(mem, table, facts);
	if (table->guard != GUARD_NONE && table->n_key == 0)
		refuse(table, WORD_WHY_NO_KEY, NULL, NULL);
	if (table->guard != GUARD_NONE)
		make_sql(mem, table, wish);
	if (!table->modified && wish->modified &&
	    table_column(table, wish->modified))
		table->modified = wish->modified;
}
