#include "store/clause.h"

#include <inttypes.h>
#include <string.h>

#include "format/json.h"
#include "store/array.h"

struct stmt
clause_begin(struct mem *mem)
{
	struct stmt stmt = { .mem = mem, .text = mem_text_open(mem) };

	stmt.out = stmt.text->out;
	return stmt;
}

struct db_step
clause_end(struct stmt *stmt)
{
	return (struct db_step){ mem_text(stmt->text), stmt->values, stmt->n };
}

void
clause_value(struct stmt *stmt, const char *text)
{
	stmt->values = mem_grow(
	    stmt->mem, stmt->values, (size_t)stmt->n, sizeof *stmt->values);
	stmt->values[stmt->n++] = text;
	fprintf(stmt->out, "$%d", stmt->n);
}

void
clause_key(struct stmt *stmt, const struct table *table, const char *const *key)
{
	for (size_t i = 0; i < table->n_key; i++) {
		const struct column *column = &table->columns[table->key[i]];

		fprintf(stmt->out, "%s(t.%s = ", i > 0 ? " AND " : "",
		    column->ident);
		clause_value(stmt, key[i]);
		fprintf(stmt->out, "::%s)", column->cast);
	}
}

/* The second in which the row was last modified. */
static void
modified(struct stmt *stmt, const struct table *table)
{
	const char *ident = table_column(table, table->modified)->ident;

	fprintf(stmt->out,
	    "CASE WHEN isfinite(t.%s) THEN floor(extract(epoch FROM "
	    "t.%s::timestamptz))::bigint END",
	    ident, ident);
}

static void
date(struct stmt *stmt, const struct table *table, const char *operator,
    time_t when)
{
	putc('(', stmt->out);
	modified(stmt, table);
	fprintf(stmt->out, ") %s ", operator);
	clause_value(stmt, mem_printf(stmt->mem, "%jd", (intmax_t)when));
	fputs("::bigint", stmt->out);
}

/* What can speak against a row, in the order in which it is said (RFC 9110
 * 13.2.2). */
enum term {
	TERM_MATCH,
	TERM_DATE,
	TERM_NONE_MATCH,
	TERM_VERSION,
	TERM__MAX
};

static bool
has_term(
    const struct table *table, const struct expectation *expect, enum term term)
{
	switch (term) {
	case TERM_MATCH:
		return expect->states != NULL;
	case TERM_NONE_MATCH:
		return expect->not_states != NULL;
	case TERM_VERSION:
		return expect->version && table->version;
	case TERM_DATE:
		return expect->unmodified_since && table->modified;
	case TERM__MAX:
		break;
	}
	return false;
}

static void
write_version(struct stmt *stmt, const struct table *table, const char *version)
{
	const char *ident = table->columns[table->version_column].ident;

	clause_value(stmt, version);
	fprintf(stmt->out,
	    " IN (coalesce(t.%s::text, ''), "
	    "coalesce(to_json(t.%s) #>> '{}', ''))",
	    ident, ident);
}

static void
write_term(struct stmt *stmt, const struct table *table,
    const struct expectation *expect, enum term term)
{
	switch (term) {
	case TERM_MATCH:
		clause_states(stmt, table, expect->states, expect->n_states);
		break;
	case TERM_NONE_MATCH:
		fputs("NOT ", stmt->out);
		clause_states(
		    stmt, table, expect->not_states, expect->n_not_states);
		break;
	case TERM_VERSION:
		write_version(stmt, table, expect->version);
		break;
	case TERM_DATE:
		fputs("coalesce(", stmt->out);
		date(stmt, table, "<=", expect->unmodified_since);
		fputs(", true)", stmt->out);
		break;
	case TERM__MAX:
		break;
	}
}

static const char *
term_part(struct stmt *stmt, const struct table *table,
    const struct expectation *expect, enum term term)
{
	static const char *const parts[] = {
		[TERM_NONE_MATCH] = "header If-None-Match",
		[TERM_DATE] = "header If-Unmodified-Since",
	};

	if (term == TERM_MATCH)
		return expect->part ? expect->part : "header If-Match";
	if (term == TERM_VERSION)
		return mem_printf(stmt->mem, "column %s", table->version);
	return parts[term];
}

void
clause_states(struct stmt *stmt, const struct table *table,
    const char *const *states, size_t n)
{
	fprintf(stmt->out, "%s = ANY (", table->state_sql);
	clause_value(stmt, array_text(stmt->mem, states, n));
	fputs("::text[])", stmt->out);
}

void
clause_holds(struct stmt *stmt, const struct table *table,
    const struct expectation *expect)
{
	fputs("(true", stmt->out);
	for (enum term term = 0; term < TERM__MAX; term++)
		if (has_term(table, expect, term)) {
			fputs(" AND ", stmt->out);
			write_term(stmt, table, expect, term);
		}
	putc(')', stmt->out);
}

/* A text: which part of the request first speaks against the row, or NULL. */
static void
fails(struct stmt *stmt, const struct table *table,
    const struct expectation *expect)
{
	fputs("CASE WHEN false THEN NULL", stmt->out);
	for (enum term term = 0; term < TERM__MAX; term++)
		if (has_term(table, expect, term)) {
			fputs(" WHEN NOT (", stmt->out);
			write_term(stmt, table, expect, term);
			fputs(") THEN ", stmt->out);
			clause_value(
			    stmt, term_part(stmt, table, expect, term));
			fputs("::text", stmt->out);
		}
	fputs(" END", stmt->out);
}

void
clause_permits(struct stmt *stmt, const struct table *table,
    const struct expectation *expect)
{
	if (expect->given) {
		fputs("true", stmt->out);
	} else if (expect->unmodified_since && table->modified &&
		   expect->date != DATE_REFUSES) {
		fputs("coalesce(", stmt->out);
		date(stmt, table, expect->date == DATE_EXACT ? "=" : "<=",
		    expect->unmodified_since);
		fputs(", false)", stmt->out);
	} else {
		fputs("false", stmt->out);
	}
}

/* Last-Modified, and who changed the row when, for people. A second that is not
 * over could see another version, in a column that is not our trigger's even a
 * second that is. */
static void
history(struct stmt *stmt, const struct table *table)
{
	const struct column *at =
	    table->modified ? table_column(table, table->modified) : NULL;
	const struct column *by =
	    table->changed_by ? table_column(table, table->changed_by) : NULL;

	if (!at || at->hidden) {
		fputs("NULL AS c1, NULL AS c2, ", stmt->out);
	} else {
		fputs("CASE WHEN ", stmt->out);
		modified(stmt, table);
		fprintf(stmt->out,
		    " < floor(extract(epoch FROM clock_timestamp()))::bigint"
		    "%s THEN ",
		    table->modified_exact ? "" : " - 1");
		modified(stmt, table);
		fprintf(stmt->out,
		    " END AS c1, to_char(least(t.%s::timestamptz, "
		    "clock_timestamp()), 'YYYY-MM-DD HH24:MI') AS c2, ",
		    at->ident);
	}
	if (by && !by->hidden)
		fprintf(stmt->out, "t.%s AS c3, ", by->ident);
	else
		fputs("NULL AS c3, ", stmt->out);
}

size_t
clause_row(struct stmt *stmt, const struct scope *scope, enum image image,
    const char *state, const struct write *look, bool unless)
{
	const struct table *table = scope->table;
	size_t n = 6;

	fprintf(stmt->out, "%s AS c0, ", state ? state : "NULL");
	history(stmt, table);
	if (look) {
		fails(stmt, table, &look->expect);
		fputs(" AS c4, ", stmt->out);
		clause_permits(stmt, table, &look->expect);
		fputs(" AS c5", stmt->out);
	} else {
		fputs("NULL AS c4, NULL AS c5", stmt->out);
	}
	for (size_t i = 0; i < table->n_key; i++)
		fprintf(stmt->out, ", t.%s AS c%zu",
		    table->columns[table->key[i]].ident, n++);
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];
		bool made = image == IMAGE_JSON && column->json == COLUMN_OTHER;

		if (scope->read[i])
			fprintf(stmt->out, ", %s%st.%s%s%s AS c%zu",
			    unless ? "CASE WHEN NOT k.known THEN " : "",
			    made ? "to_json(" : "", column->ident,
			    made ? ")" : "", unless ? " END" : "", n++);
	}
	return n;
}

static char *
record_text(struct mem *mem, const struct write *write)
{
	struct text *text = mem_text_open(mem);

	putc('{', text->out);
	for (size_t i = 0; i < write->n_members; i++) {
		const struct member *member = &write->members[i];
		const char *name =
		    write->scope->table->columns[member->column].name;

		if (i > 0)
			putc(',', text->out);
		json_write_text(text->out, name);
		putc(':', text->out);
		fwrite(member->json, 1, member->len, text->out);
	}
	putc('}', text->out);
	return mem_text(text);
}

void
clause_record(struct stmt *stmt, const struct write *write)
{
	fputs("json_to_record(", stmt->out);
	clause_value(stmt, record_text(stmt->mem, write));
	fputs("::json) AS r(", stmt->out);
	for (size_t i = 0; i < write->n_members; i++) {
		const struct column *column =
		    &write->scope->table->columns[write->members[i].column];

		fprintf(stmt->out, "%s%s %s", i > 0 ? ", " : "", column->ident,
		    column->type);
	}
	putc(')', stmt->out);
}

/* json_to_record drops the white space around a json value, and how a string
 * was spelled. */
static void
json_differs(struct stmt *stmt, const char *ident)
{
	fprintf(stmt->out,
	    "(btrim(coalesce(t.%s::text, 'null'), E' \\t\\r\\n') <> "
	    "coalesce(r.%s::text, 'null') AND (json_typeof(t.%s) = 'string' "
	    "AND json_typeof(r.%s) = 'string' "
	    "AND t.%s #>> '{}' = r.%s #>> '{}') IS NOT TRUE)",
	    ident, ident, ident, ident, ident, ident);
}

void
clause_differs(
    struct stmt *stmt, const struct write *write, const struct member *member)
{
	const struct column *column =
	    &write->scope->table->columns[member->column];
	const char *ident = column->ident;

	if (write->image == IMAGE_JSON && strcmp(column->base, "json") == 0)
		json_differs(stmt, ident);
	/* GET shows SQL's NULL and json's null alike, so they do not differ */
	else if (write->image == IMAGE_JSON)
		fprintf(stmt->out,
		    "(coalesce(to_json(t.%s)::text, 'null') <> "
		    "coalesce(to_json(r.%s)::text, 'null'))",
		    ident, ident);
	else if (column->text)
		fprintf(stmt->out,
		    "(replace(t.%s::text COLLATE \"C\", E'\\r\\n', E'\\n') "
		    "IS DISTINCT FROM r.%s::text)",
		    ident, ident);
	else
		fprintf(stmt->out, "(t.%s::text IS DISTINCT FROM r.%s::text)",
		    ident, ident);
}

void
clause_new(
    struct stmt *stmt, const struct write *write, const struct member *member)
{
	const struct column *column =
	    &write->scope->table->columns[member->column];
	const char *ident = column->ident;

	/* a form's line breaks come back as LF; the row keeps its own kind */
	if (write->image == IMAGE_TEXT && column->text &&
	    memmem(member->json, member->len, "\\n", 2))
		fprintf(stmt->out,
		    "CASE WHEN t.%s::text COLLATE \"C\" LIKE "
		    "E'%%\\r\\n%%' THEN replace(r.%s::text COLLATE \"C\", "
		    "E'\\n', E'\\r\\n')::%s "
		    "ELSE r.%s END",
		    ident, ident, column->type, ident);
	else
		fprintf(stmt->out, "r.%s", ident);
}
