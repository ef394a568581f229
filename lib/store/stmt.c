#include "store/stmt.h"

#include <string.h>

#include "store/clause.h"
#include "store/listed.h"
#include "store/submission.h"

/* What stands around a write that something could make touch other than one
 * row: it then fails by itself (22012), and all it did is undone. */
static const char guarded_begin[] = "WITH w AS (";
static const char guarded_middle[] = ") SELECT w.*";
static const char guarded_end[] =
    " FROM (SELECT 1 / (count(*) = 1)::int AS one FROM w) AS g"
    " LEFT JOIN w ON g.one = 1";

struct db_step
stmt_get(struct mem *mem, const struct read *read)
{
	const struct scope *scope = read->scope;
	const struct table *table = scope->table;
	struct stmt stmt = clause_begin(mem);
	bool known = read->n_known > 0 && table->state_sql;

	fputs("SELECT ", stmt.out);
	clause_row(&stmt, scope, read->image, table->state_sql, NULL, known);
	fprintf(stmt.out, " FROM %s AS t", table->ident);
	if (known) {
		fputs(" CROSS JOIN LATERAL (SELECT ", stmt.out);
		clause_states(&stmt, table, read->known, read->n_known);
		fputs(" AS known) AS k", stmt.out);
	}
	fputs(" WHERE ", stmt.out);
	clause_key(&stmt, table, read->key);
	return clause_end(&stmt);
}

struct db_step
stmt_look(struct mem *mem, const struct write *write)
{
	const struct table *table = write->scope->table;
	struct stmt stmt = clause_begin(mem);

	fputs("SELECT ", stmt.out);
	clause_row(
	    &stmt, write->scope, write->image, table->state_sql, write, false);
	fprintf(stmt.out, " FROM %s AS t WHERE ", table->ident);
	clause_key(&stmt, table, write->key);
	return clause_end(&stmt);
}

struct db_step
stmt_lock(struct mem *mem, const struct write *write)
{
	const struct table *table = write->scope->table;
	struct stmt stmt = clause_begin(mem);

	fprintf(stmt.out, "SELECT 1 FROM %s AS t WHERE ", table->ident);
	clause_key(&stmt, table, write->key);
	fputs(" FOR NO KEY UPDATE", stmt.out);
	return clause_end(&stmt);
}

struct db_step
stmt_cast(
    struct mem *mem, const struct write *write, const struct member *member)
{
	struct write one = *write;
	struct stmt stmt = clause_begin(mem);

	one.members = member;
	one.n_members = 1;
	fputs("SELECT r.* FROM ", stmt.out);
	clause_record(&stmt, &one);
	return clause_end(&stmt);
}

/* Whether a PUT gives a column its default because the body leaves it out. */
static bool
defaulted(const struct write *write, size_t i)
{
	const struct column *column = &write->scope->table->columns[i];

	if (!write->replace || !write->scope->update[i] ||
	    !write->scope->read[i] || column->key_part || column->kept ||
	    column->identity)
		return false;
	if (write->scope->table->version &&
	    write->scope->table->version_column == i)
		return false;
	for (size_t m = 0; m < write->n_members; m++)
		if (write->members[m].column == i)
			return false;
	return true;
}

static void
default_differs(struct stmt *stmt, const struct column *column)
{
	fprintf(stmt->out,
	    "(coalesce(to_json(t.%s)::text, 'null') <> "
	    "coalesce(to_json((%s)::%s)::text, 'null'))",
	    column->ident, column->default_sql ? column->default_sql : "NULL",
	    column->type);
}

struct db_step
stmt_compare(struct mem *mem, const struct write *write)
{
	const struct table *table = write->scope->table;
	struct stmt stmt = clause_begin(mem);

	fputs("SELECT ", stmt.out);
	for (size_t i = 0; i < write->n_members; i++) {
		clause_differs(&stmt, write, &write->members[i]);
		fputs(", ", stmt.out);
	}
	fputs("(false", stmt.out);
	for (size_t i = 0; i < table->n_columns; i++)
		if (defaulted(write, i)) {
			fputs(" OR ", stmt.out);
			default_differs(&stmt, &table->columns[i]);
		}
	fprintf(stmt.out, ") FROM %s AS t", table->ident);
	if (write->n_members > 0) {
		fputs(", ", stmt.out);
		clause_record(&stmt, write);
	}
	fputs(" WHERE ", stmt.out);
	clause_key(&stmt, table, write->key);
	return clause_end(&stmt);
}

/* SET: each column changes only where it differs, so that what GET cannot tell
 * apart (null in jsonb, bounds of arrays) stays. Returns how many columns. */
static size_t
write_set(struct stmt *stmt, const struct write *write)
{
	const struct table *table = write->scope->table;
	size_t n = 0;

	for (size_t i = 0; i < write->n_members; i++) {
		const struct member *member = &write->members[i];
		const char *ident = table->columns[member->column].ident;

		if (!write->scope->update[member->column])
			continue;
		fprintf(stmt->out, "%s%s = CASE WHEN ", n++ ? ", " : "", ident);
		clause_differs(stmt, write, member);
		fputs(" THEN ", stmt->out);
		clause_new(stmt, write, member);
		fprintf(stmt->out, " ELSE t.%s END", ident);
	}
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];

		if (!defaulted(write, i))
			continue;
		fprintf(stmt->out, "%s%s = CASE WHEN ", n++ ? ", " : "",
		    column->ident);
		default_differs(stmt, column);
		fprintf(stmt->out, " THEN (%s)::%s ELSE t.%s END",
		    column->default_sql ? column->default_sql : "NULL",
		    column->type, column->ident);
	}
	if (n && table->next_sql)
		fprintf(stmt->out, ", %s = %s",
		    table->columns[table->version_column].ident,
		    table->next_sql);
	return n;
}

/* WHERE's end: something that is set differs, and nothing does that cannot be
 * set. */
static void
write_differences(struct stmt *stmt, const struct write *write)
{
	fputs(" AND (false", stmt->out);
	for (size_t i = 0; i < write->n_members; i++)
		if (write->scope->update[write->members[i].column]) {
			fputs(" OR ", stmt->out);
			clause_differs(stmt, write, &write->members[i]);
		}
	for (size_t i = 0; i < write->scope->table->n_columns; i++)
		if (defaulted(write, i)) {
			fputs(" OR ", stmt->out);
			default_differs(stmt, &write->scope->table->columns[i]);
		}
	putc(')', stmt->out);
	for (size_t i = 0; i < write->n_members; i++)
		if (!write->scope->update[write->members[i].column]) {
			fputs(" AND NOT ", stmt->out);
			clause_differs(stmt, write, &write->members[i]);
		}
}

static void
write_guard(struct stmt *stmt, const struct write *write)
{
	fputs(" WHERE ", stmt->out);
	clause_key(stmt, write->scope->table, write->key);
	fputs(" AND ", stmt->out);
	clause_holds(stmt, write->scope->table, &write->expect);
	fputs(" AND ", stmt->out);
	clause_permits(stmt, write->scope->table, &write->expect);
}

/* A form that wrote nothing must not be remembered. */
static bool
is_guarded(const struct write *write, enum table_event event)
{
	const struct table *table = write->scope->table;

	return !table->plain[event] || table->reread[event] || write->batched ||
	       submission_kept(write);
}

/* The row that a form has written, as its URL names it. */
static void
submission_key(struct stmt *stmt, const struct write *write)
{
	const struct table *table = write->scope->table;

	fprintf(stmt->out, ", %s.ifmatch_submit_key(", table->submission);
	clause_value(stmt, write->submission->token);
	fputs(", ARRAY[", stmt->out);
	for (size_t i = 0; i < table->n_key; i++)
		fprintf(stmt->out, "%sformat('%%s', w.c%zu)", i > 0 ? ", " : "",
		    STMT_KEY + i);
	fputs("])", stmt->out);
}

/* Where triggers may touch the row after it was written, it is read again in
 * the same transaction; the key comes from the row itself, which the database
 * or a trigger may have given it. */
static void
remember_key(struct stmt *stmt, const struct table *table)
{
	for (size_t i = 0; i < table->n_key; i++)
		fprintf(stmt->out,
		    ", set_config('ifmatch.key%zu', w.c%zu::text, true)", i,
		    STMT_KEY + i);
}

static struct db_step
reread(struct mem *mem, const struct write *write)
{
	const struct table *table = write->scope->table;
	struct stmt stmt = clause_begin(mem);

	fputs("SELECT ", stmt.out);
	clause_row(
	    &stmt, write->scope, write->image, table->state_sql, NULL, false);
	fprintf(stmt.out, " FROM %s AS t WHERE ", table->ident);
	for (size_t i = 0; i < table->n_key; i++)
		fprintf(stmt.out,
		    "%st.%s = current_setting('ifmatch.key%zu')::%s",
		    i > 0 ? " AND " : "", table->columns[table->key[i]].ident,
		    i, table->columns[table->key[i]].cast);
	return clause_end(&stmt);
}

/* Ends a write, guarded where need be, and what has to follow it. */
static size_t
finish(struct stmt *stmt, const struct write *write, enum table_event event,
    struct db_step *steps, size_t *row)
{
	const struct table *table = write->scope->table;
	bool again = table->reread[event];
	size_t n = 0;

	if (is_guarded(write, event)) {
		fputs(guarded_middle, stmt->out);
		if (again)
			remember_key(stmt, table);
		if (submission_kept(write) && event != TABLE_DELETE)
			submission_key(stmt, write);
		fputs(guarded_end, stmt->out);
	}
	steps[n++] = clause_end(stmt);
	if (again && table->deferred)
		steps[n++] = (struct db_step){ "SET CONSTRAINTS ALL IMMEDIATE",
			NULL, 0 };
	if (again)
		steps[n++] = reread(stmt->mem, write);
	*row = n - 1;
	return n;
}

static struct stmt
start(struct mem *mem, const struct write *write, enum table_event event)
{
	struct stmt stmt = clause_begin(mem);

	if (is_guarded(write, event))
		fputs(guarded_begin, stmt.out);
	return stmt;
}

size_t
stmt_update(struct mem *mem, const struct write *write, struct db_step *steps,
    size_t *row)
{
	const struct table *table = write->scope->table;
	struct stmt stmt = start(mem, write, TABLE_UPDATE);

	fprintf(stmt.out, "UPDATE %s AS t SET ", table->ident);
	if (write_set(&stmt, write) == 0)
		return 0;
	if (write->n_members > 0) {
		fputs(" FROM ", stmt.out);
		clause_record(&stmt, write);
	}
	write_guard(&stmt, write);
	write_differences(&stmt, write);
	fputs(" RETURNING ", stmt.out);
	clause_row(
	    &stmt, write->scope, write->image, table->stored_sql, NULL, false);
	return finish(&stmt, write, TABLE_UPDATE, steps, row);
}

size_t
stmt_delete(struct mem *mem, const struct write *write, struct db_step *steps,
    size_t *row)
{
	const struct table *table = write->scope->table;
	struct stmt stmt = start(mem, write, TABLE_DELETE);

	fprintf(stmt.out, "DELETE FROM %s AS t", table->ident);
	write_guard(&stmt, write);
	fputs(" RETURNING 1 AS c0", stmt.out);
	return finish(&stmt, write, TABLE_DELETE, steps, row);
}

/* Whether a column is among the members. */
static bool
sent(const struct write *write, size_t column)
{
	for (size_t i = 0; i < write->n_members; i++)
		if (write->members[i].column == column)
			return true;
	return false;
}

/* The columns of an INSERT: names (values false) or what they become. The key
 * of the URL fills in for key columns that the body leaves out. Returns how
 * many. */
static size_t
write_insert(struct stmt *stmt, const struct write *write, bool values)
{
	const struct table *table = write->scope->table;
	size_t n = 0;

	for (size_t i = 0; i < write->n_members; i++)
		fprintf(stmt->out, "%s%s%s", n++ ? ", " : "",
		    values ? "r." : "",
		    table->columns[write->members[i].column].ident);
	for (size_t i = 0; write->key && i < table->n_key; i++) {
		const struct column *column = &table->columns[table->key[i]];

		if (sent(write, table->key[i]))
			continue;
		fputs(n++ ? ", " : "", stmt->out);
		if (!values) {
			fputs(column->ident, stmt->out);
			continue;
		}
		clause_value(stmt, write->key[i]);
		fprintf(stmt->out, "::%s", column->cast);
	}
	if (table->first_sql && !sent(write, table->version_column))
		fprintf(stmt->out, "%s%s", n++ ? ", " : "",
		    values ? table->first_sql
			   : table->columns[table->version_column].ident);
	return n;
}

/* WHERE: a key that the body names is the URL's. */
static void
write_same_key(struct stmt *stmt, const struct write *write)
{
	const struct table *table = write->scope->table;
	const char *word = " WHERE ";

	for (size_t i = 0; write->key && i < table->n_key; i++) {
		const struct column *column = &table->columns[table->key[i]];

		if (!sent(write, table->key[i]))
			continue;
		fprintf(stmt->out, "%sr.%s = ", word, column->ident);
		clause_value(stmt, write->key[i]);
		fprintf(stmt->out, "::%s", column->cast);
		word = " AND ";
	}
}

size_t
stmt_insert(struct mem *mem, const struct write *write, struct db_step *steps,
    size_t *row)
{
	const struct table *table = write->scope->table;
	struct stmt names = clause_begin(mem);
	struct stmt stmt = start(mem, write, TABLE_INSERT);
	const char *listed =
	    write->listed ? listed_condition(&stmt, write) : NULL;

	fprintf(stmt.out, "INSERT INTO %s AS t ", table->ident);
	if (write_insert(&names, write, false) == 0) {
		fputs(listed ? "SELECT" : "DEFAULT VALUES", stmt.out);
	} else {
		fprintf(stmt.out, "(%s) SELECT ", mem_text(names.text));
		write_insert(&stmt, write, true);
		if (write->n_members > 0) {
			fputs(" FROM ", stmt.out);
			clause_record(&stmt, write);
		}
		write_same_key(&stmt, write);
	}
	/* never with a key of the URL's, so that this begins the WHERE */
	if (listed)
		fprintf(stmt.out, " WHERE %s", listed);
	fputs(" RETURNING ", stmt.out);
	clause_row(
	    &stmt, write->scope, write->image, table->stored_sql, NULL, false);
	return finish(&stmt, write, TABLE_INSERT, steps, row);
}
