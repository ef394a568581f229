#include "store/choice.h"

#include <stdlib.h>
#include <string.h>

#include "format/json.h"
#include "store/clause.h"

enum {
	WORDS_MOST = 8,
	EACH = 2 /* statements: the options, and the rows to be named */
};

/* The fields of both results; the key's parts follow. */
enum field {
	FIELD_PLACE, /* of a row to be named: whose value it is, from 1 */
	FIELD_VALUE,
	FIELD_LABEL,
	FIELD_KEY
};

/* concat() writes values as their types' output functions do, which is how
 * pages show them; COLLATE keeps columns of several collations comparable. */
static void
write_label(struct stmt *stmt, const struct scope *scope)
{
	const struct table *table = scope->table;
	const struct label_rule rule = table_label(stmt->mem, scope);

	fputs("left(coalesce(", stmt->out);
	if (rule.joined)
		fputs("nullif(concat(''", stmt->out);
	for (size_t i = 0; i < rule.n; i++) {
		const struct label_part *part = &rule.parts[i];

		fputs(rule.joined ? ", " : "nullif(concat(", stmt->out);
		if (part->text) {
			clause_value(stmt, part->text);
			fputs("::text", stmt->out);
		} else {
			fprintf(stmt->out, "t.%s",
			    table->columns[part->column].ident);
		}
		fputs(rule.joined ? "" : "), ''), ", stmt->out);
	}
	fputs(rule.joined ? "), ''), concat(''" : "concat(''", stmt->out);
	for (size_t i = 0; i < table->n_key; i++)
		fprintf(stmt->out, "%s, t.%s", i > 0 ? ", ', '" : "",
		    table->columns[table->key[i]].ident);
	fputs(")), 200) COLLATE pg_catalog.\"default\"", stmt->out);
}

/* value AS v, label AS l, and the key. */
static void
write_fields(struct stmt *stmt, const struct choice *choice)
{
	const struct table *table = choice->scope->table;

	fprintf(
	    stmt->out, "t.%s AS v, ", table->columns[choice->targets[0]].ident);
	write_label(stmt, choice->scope);
	fputs(" AS l", stmt->out);
	for (size_t i = 0; i < table->n_key; i++)
		fprintf(stmt->out, ", t.%s AS k%zu",
		    table->columns[table->key[i]].ident, i);
}

/* Takes any few rows first: where there are more, none is offered, and a large
 * table is not sorted for it. */
static struct db_step
all_options(struct mem *mem, const struct choice *choice)
{
	struct stmt stmt = clause_begin(mem);

	fputs("SELECT NULL, o.* FROM (SELECT ", stmt.out);
	write_fields(&stmt, choice);
	fprintf(stmt.out,
	    " FROM %s AS t WHERE t.%s IS NOT NULL LIMIT %d) AS o"
	    " ORDER BY lower(o.l), o.l, o.v",
	    choice->scope->table->ident,
	    choice->scope->table->columns[choice->targets[0]].ident,
	    CHOICE_FEW + 1);
	return clause_end(&stmt);
}

/* Each word of the search must stand in the label. */
static void
write_words(struct stmt *stmt, const char *search)
{
	fputs("(true", stmt->out);
	for (int n = 0; n < WORDS_MOST; n++) {
		size_t len;

		search += strspn(search, " \t\r\n");
		len = strcspn(search, " \t\r\n");
		if (len == 0)
			break;
		fputs(" AND position(lower(", stmt->out);
		clause_value(stmt, mem_copy(stmt->mem, search, len));
		fputs("::text) IN lower(o.l)) > 0", stmt->out);
		search += len;
	}
	putc(')', stmt->out);
}

static struct db_step
found_options(struct mem *mem, const struct choice *choice)
{
	struct stmt stmt = clause_begin(mem);

	fputs("SELECT NULL, o.* FROM (SELECT ", stmt.out);
	write_fields(&stmt, choice);
	fprintf(stmt.out,
	    " FROM %s AS t WHERE t.%s IS NOT NULL OFFSET 0) AS o WHERE ",
	    choice->scope->table->ident,
	    choice->scope->table->columns[choice->targets[0]].ident);
	write_words(&stmt, choice->search);
	fputs(" OR concat(o.v) = ", stmt.out);
	clause_value(&stmt, choice->search);
	fputs(" ORDER BY concat(o.v) <> ", stmt.out);
	clause_value(&stmt, choice->search);
	fputs(", NOT starts_with(lower(o.l), lower(", stmt.out);
	clause_value(&stmt, choice->search);
	fputs("::text)), lower(o.l), o.l, o.v LIMIT ", stmt.out);
	clause_value(&stmt, mem_printf(mem, "%zu", choice->most + 1));
	fputs("::bigint", stmt.out);
	return clause_end(&stmt);
}

/* The parts of each value as a JSON array. */
static char *
values_json(struct mem *mem, const struct choice *choice)
{
	struct text *text = mem_text_open(mem);

	putc('[', text->out);
	for (size_t i = 0; i < choice->n_values; i++) {
		fputs(i > 0 ? ",[" : "[", text->out);
		for (size_t part = 0; part < choice->n; part++) {
			const char *value = choice->values[i][part];

			if (part > 0)
				putc(',', text->out);
			json_write_text(text->out, value);
		}
		putc(']', text->out);
	}
	putc(']', text->out);
	return mem_text(text);
}

static struct db_step
named_rows(struct mem *mem, const struct choice *choice)
{
	const struct table *table = choice->scope->table;
	struct stmt stmt = clause_begin(mem);

	fputs("SELECT r.i, ", stmt.out);
	write_fields(&stmt, choice);
	fputs(" FROM json_array_elements(", stmt.out);
	clause_value(&stmt, values_json(mem, choice));
	fprintf(stmt.out, "::json) WITH ORDINALITY AS r(v, i) JOIN %s AS t ON ",
	    table->ident);
	for (size_t part = 0; part < choice->n; part++)
		fprintf(stmt.out, "%st.%s = (r.v ->> %zu)::%s",
		    part > 0 ? " AND " : "",
		    table->columns[choice->targets[part]].ident, part,
		    choice->casts[part]);
	return clause_end(&stmt);
}

static struct choice_option
option_of(struct mem *mem, const struct table *table,
    const struct db_result *result, size_t row)
{
	const char **key = mem_array(mem, table->n_key, sizeof *key);

	for (size_t i = 0; i < table->n_key; i++)
		key[i] = db_value(result, row, FIELD_KEY + i);
	return (struct choice_option){
		.value = db_value(result, row, FIELD_VALUE),
		.label = db_value(result, row, FIELD_LABEL),
		.key = table->n_key > 0 ? key : NULL,
	};
}

static void
take_options(
    struct mem *mem, struct choice *choice, const struct db_result *result)
{
	size_t most = choice->search ? choice->most : CHOICE_FEW;
	size_t n = db_rows(result);
	struct choice_option *options;

	choice->many = n > most;
	if (choice->many)
		n = choice->search ? most : 0;
	options = mem_array(mem, n, sizeof *options);
	for (size_t i = 0; i < n; i++)
		options[i] = option_of(mem, choice->scope->table, result, i);
	for (size_t i = 1; i < n; i++)
		if (strcmp(options[i].label, options[i - 1].label) == 0)
			options[i].tied = options[i - 1].tied = true;
	choice->options = options;
	choice->n_options = n;
}

static void
take_named(
    struct mem *mem, struct choice *choice, const struct db_result *result)
{
	for (size_t i = 0; i < db_rows(result); i++) {
		size_t place =
		    strtoul(db_value(result, i, FIELD_PLACE), NULL, 10) - 1;
		struct choice_option *option = mem_alloc(mem, sizeof *option);

		*option = option_of(mem, choice->scope->table, result, i);
		choice->named[place] = option;
	}
}

/* The statements of one choice; returns how many. */
static size_t
ask(struct mem *mem, struct choice *choice, struct db_single *singles)
{
	size_t n = 0;

	if (choice->offered)
		singles[n++].step = choice->search ? found_options(mem, choice)
						   : all_options(mem, choice);
	if (choice->n_values > 0)
		singles[n++].step = named_rows(mem, choice);
	return n;
}

/* Their results; returns how many they were. */
static size_t
take(struct mem *mem, struct choice *choice, const struct db_single *singles,
    struct fault *fault)
{
	size_t n = 0;

	choice->known = true;
	choice->named = mem_array(mem, choice->n_values, sizeof *choice->named);
	if (choice->offered && singles[n].outcome != OUT_DONE) {
		choice->known = false;
		*fault = singles[n].fault;
	} else if (choice->offered) {
		take_options(mem, choice, singles[n].result);
	}
	n += choice->offered;
	if (choice->n_values > 0 && singles[n].outcome == OUT_DONE)
		take_named(mem, choice, singles[n].result);
	return n + (choice->n_values > 0);
}

enum outcome
choice_read(struct db *db, struct mem *mem, const struct person *person,
    struct choice *choices, size_t n, struct fault *fault)
{
	return choice_read_with(db, mem, person, choices, n, NULL, 0, fault);
}

enum outcome
choice_read_with(struct db *db, struct mem *mem, const struct person *person,
    struct choice *choices, size_t n, struct db_single *more, size_t n_more,
    struct fault *fault)
{
	struct db_single *singles =
	    mem_array(mem, n * EACH + n_more, sizeof *singles);
	size_t asked = 0, taken = 0;

	for (size_t i = 0; i < n; i++)
		asked += ask(mem, &choices[i], &singles[asked]);
	for (size_t i = 0; i < n_more; i++)
		singles[asked++] = more[i];
	if (asked > 0 && db_run_each(db, mem, person, DB_READ, singles, asked,
			     fault) != OUT_DONE)
		return fault->outcome;
	for (size_t i = 0; i < n; i++)
		taken += take(mem, &choices[i], &singles[taken], fault);
	for (size_t i = 0; i < n_more; i++)
		more[i] = singles[taken++];
	return OUT_DONE;
}

/* The place of a value among those to be named; n_values: not there. */
static size_t
place_of(const struct choice *choice, const char *value)
{
	size_t i = 0;

	while (i < choice->n_values &&
	       (choice->n != 1 || strcmp(choice->values[i][0], value) != 0))
		i++;
	return i;
}

bool
choice_asked(const struct choice *choice, const char *value)
{
	return place_of(choice, value) < choice->n_values;
}

const struct choice_option *
choice_named(const struct choice *choice, const char *value)
{
	size_t i = place_of(choice, value);

	return i < choice->n_values ? choice->named[i] : NULL;
}
