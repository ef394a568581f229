#include "app/checktable.h"

#include "store/statements.h"

void
checktable_add(struct check *check, struct findings *findings,
    enum finding_level level, enum word word, const char *arg,
    const char *advice)
{
	const char *const args[3] = { arg, NULL, NULL };

	finding_add(check->mem, findings, level,
	    words_fill(check->mem, check->language, word, args), advice);
}

static char *
quoted(struct mem *mem, char quote, const char *value)
{
	struct text *text = mem_text_open(mem);

	putc(quote, text->out);
	for (; *value; value++) {
		if (*value == quote)
			putc(quote, text->out);
		putc(*value, text->out);
	}
	putc(quote, text->out);
	return mem_text(text);
}

char *
checktable_literal(struct mem *mem, const char *value)
{
	return quoted(mem, '\'', value);
}

char *
checktable_identifier(struct mem *mem, const char *name)
{
	return quoted(mem, '"', name);
}

/* What the database said, or else what the fault says. */
static const char *
reason(const struct check *check, const struct fault *fault)
{
	return fault->primary ? fault->primary
			      : words_text(check->language, fault->message);
}

/* How a table gets a key. */
static const char *
key_advice(struct mem *mem, const struct table *table)
{
	if (table->kind != 'r' && table->kind != 'p')
		return "key = COLUMN";
	return mem_printf(mem,
	    table_column(table, "id")
		? "ALTER TABLE %s ADD PRIMARY KEY (id);"
		: "ALTER TABLE %s ADD COLUMN id bigint GENERATED ALWAYS AS "
		  "IDENTITY PRIMARY KEY;",
	    table->ident);
}

/* What of the usual rights the program's role has not got. */
static void
judge_rights(struct check *check, struct check_table *checked)
{
	static const struct {
		enum right right;
		const char *name;
	} rights[] = { { RIGHT_CREATE, "INSERT" }, { RIGHT_UPDATE, "UPDATE" },
		{ RIGHT_DELETE, "DELETE" } };
	const struct table *table = checked->table;
	const char *missing = NULL;

	if (table->guard == GUARD_NONE || !(table->rights & RIGHT_READ) ||
	    (table->kind != 'r' && table->kind != 'p'))
		return;
	for (size_t i = 0; i < sizeof rights / sizeof *rights; i++)
		if (!(table->rights & rights[i].right))
			missing = missing ? mem_printf(check->mem, "%s, %s",
						missing, rights[i].name)
					  : rights[i].name;
	if (missing)
		checktable_add(check, &checked->findings, FINDING_PLAIN,
		    WORD_CHECK_NO_WRITE, NULL,
		    mem_printf(check->mem, "GRANT %s ON %s TO %s;", missing,
			table->ident, table->role));
}

/* Whoever may add entries has to draw their numbers. */
static void
judge_sequences(struct check *check, struct check_table *checked)
{
	const struct table *table = checked->table;
	const char *values[1] = { mem_printf(check->mem, "%u", table->oid) };
	struct db_step step = { statement_check_sequences, values, 1 };
	struct db_result *rows;
	struct fault fault;

	if (!(table->rights & RIGHT_CREATE) ||
	    db_run(check->db, check->mem, NULL, DB_READ, &step, 1, &rows,
		&fault) != OUT_DONE)
		return;
	for (size_t i = 0; i < db_rows(rows); i++)
		checktable_add(check, &checked->findings, FINDING_WRONG,
		    WORD_CHECK_NO_NUMBER, NULL,
		    mem_printf(check->mem, "GRANT USAGE ON SEQUENCE %s TO %s;",
			db_value(rows, i, 0), table->role));
}

static void
judge_table(struct check *check, struct check_table *checked)
{
	const struct table *table = checked->table;
	const char *const args[3] = { table->why_arg, NULL, NULL };

	if (!(table->rights & RIGHT_READ))
		checktable_add(check, &checked->findings, FINDING_PLAIN,
		    WORD_CHECK_NO_READ, NULL,
		    mem_printf(check->mem, "GRANT SELECT ON %s TO %s;",
			table->ident, table->role));
	if (table->guard == GUARD_NONE)
		checktable_add(check, &checked->findings, FINDING_PLAIN,
		    WORD_CHECK_READ_ONLY,
		    words_fill(check->mem, check->language, table->why, args),
		    table->why == WORD_WHY_NO_KEY
			? key_advice(check->mem, table)
			: table->advice);
	judge_rights(check, checked);
	judge_sequences(check, checked);
}

/* What on a protected table could get between our trigger and the rows. */
static void
judge_protection(struct check *check, struct check_table *checked)
{
	const struct table *table = checked->table;
	const char *values[2] = { mem_printf(check->mem, "%u", table->oid) };
	struct db_step highest = { mem_printf(check->mem,
				       "SELECT max(t.version) FROM %s AS t",
				       table->ident),
		NULL, 0 };
	struct db_step warnings = { statement_protected_warnings, values, 2 };
	struct db_result *rows;
	struct fault fault;

	if (table->guard != GUARD_VERSION || table->kind == 'v' ||
	    db_run(check->db, check->mem, NULL, DB_READ, &highest, 1, &rows,
		&fault) != OUT_DONE)
		return;
	values[1] = db_value(rows, 0, 0);
	if (db_run(check->db, check->mem, NULL, DB_READ, &warnings, 1, &rows,
		&fault) != OUT_DONE)
		return;
	for (size_t i = 0; i < db_rows(rows); i++)
		finding_add(check->mem, &checked->findings, FINDING_WRONG,
		    db_value(rows, i, 0), NULL);
}

static void
check_one(struct check *check, struct check_table *checked, const char *name)
{
	struct fault fault;

	checked->name = mem_string(check->mem, name);
	if (catalog_table(check->catalog, check->db, name, &checked->table,
		&fault) != OUT_DONE) {
		checked->table = NULL;
		checktable_add(check, &checked->findings, FINDING_WRONG,
		    WORD_CHECK_UNREADABLE, reason(check, &fault), NULL);
		return;
	}
	judge_table(check, checked);
	judge_protection(check, checked);
}

static void
read_tables(struct check *check)
{
	struct check_report *report = check->report;
	const char *const *names;
	struct fault fault;
	size_t n;

	if (catalog_names(check->catalog, check->db, &names, &n, &fault) !=
	    OUT_DONE) {
		checktable_add(check, &report->before, FINDING_WRONG,
		    WORD_CHECK_UNREACHABLE, reason(check, &fault), NULL);
		return;
	}
	report->n = n;
	report->tables = mem_array(check->mem, n, sizeof *report->tables);
	for (size_t i = 0; i < n; i++)
		check_one(check, &report->tables[i], names[i]);
}

/* Whether our trigger would do a table good that is fine without it. */
static bool
could_be_protected(const struct table *table)
{
	return table && table->guard != GUARD_VERSION &&
	       table->guard != GUARD_NONE &&
	       (table->kind == 'r' || table->kind == 'p');
}

static void
advise_protection(struct check *check)
{
	struct text *advice = mem_text_open(check->mem);
	size_t n = 0;

	for (size_t i = 0; i < check->report->n; i++) {
		const struct table *table = check->report->tables[i].table;

		if (!could_be_protected(table))
			continue;
		fprintf(advice->out, "%sSELECT %s(%s);", n > 0 ? "\n" : "",
		    check->protect ? check->protect : "ifmatch.protect",
		    checktable_literal(check->mem, table->ident));
		n++;
	}
	if (n > 0)
		checktable_add(check, &check->report->after, FINDING_NOTE,
		    WORD_CHECK_UNPROTECTED, mem_printf(check->mem, "%zu", n),
		    mem_text(advice));
}

void
checktable_read(struct check *check)
{
	read_tables(check);
	advise_protection(check);
}
