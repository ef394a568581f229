#include "store/listed.h"

#include <assert.h>

#include "format/json.h"
#include "store/clause.h"
#include "store/page.h"
#include "store/stmt.h"

void
listed_add(FILE *out, const struct table *table, const struct row *row)
{
	fputs(row->state ? row->state : "", out);
	for (size_t i = 0; i < table->n_key; i++) {
		const char *part = row->key[i] ? row->key[i] : "";

		putc(' ', out);
		json_write_text(out, part);
	}
	putc('\n', out);
}

struct db_step
listed_lock(struct mem *mem, const struct write *write)
{
	const char **values = mem_array(mem, 1, sizeof *values);

	values[0] = mem_printf(mem, "%u", write->scope->table->oid);
	return (struct db_step){ "SELECT pg_advisory_xact_lock("
				 "hashtextextended('ifmatch list ' || $1, 0))",
		values, 1 };
}

char *
listed_condition(struct stmt *stmt, const struct write *write)
{
	const struct table *table = write->scope->table;
	struct db_step list = page_rows(
	    stmt->mem, write->listed->query, write->listed->query->scope);
	struct text *text = mem_text_open(stmt->mem);
	FILE *out = stmt->out;

	/* the list's parameters are numbered already */
	assert(stmt->n == 0);
	while (stmt->n < list.n) {
		stmt->values = mem_grow(stmt->mem, stmt->values,
		    (size_t)stmt->n, sizeof *stmt->values);
		stmt->values[stmt->n] = list.values[stmt->n];
		stmt->n++;
	}
	fputs("((SELECT coalesce(string_agg(concat(q.c0", text->out);
	for (size_t i = 0; i < table->n_key; i++)
		fprintf(text->out, ", ' ', to_json(format('%%s', q.c%zu))",
		    STMT_KEY + i);
	fprintf(text->out, ", E'\\n'), ''), '') FROM (%s) AS q) = ", list.sql);
	stmt->out = text->out;
	clause_value(stmt, write->listed->content);
	stmt->out = out;
	putc(')', text->out);
	return mem_text(text);
}

enum outcome
listed_judge(struct db *db, struct mem *mem, const struct write *write,
    struct fault *fault)
{
	struct stmt stmt = clause_begin(mem);
	struct db_result *rows;
	struct db_step step;

	fprintf(stmt.out, "SELECT %s", listed_condition(&stmt, write));
	step = clause_end(&stmt);
	if (db_run(db, mem, write->person, DB_READ, &step, 1, &rows, fault) !=
	    OUT_DONE)
		return fault->outcome;
	if (*db_value(rows, 0, 0) == 't')
		return OUT_UNCHANGED;
	return fault_set(
	    fault, OUT_STALE, "header If-Match", WORD_F_STALE_LIST, NULL, NULL);
}
