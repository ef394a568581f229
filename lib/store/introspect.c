#include "store/introspect.h"

#include <stdlib.h>
#include <string.h>

#include "format/json.h"
#include "store/inherit.h"
#include "store/statements.h"

/* Columns of the statements' results, by name of what they hold. */
enum relation_field {
	REL_SCHEMA,
	REL_NAME,
	REL_KIND,
	REL_IDENT,
	REL_COMMENT,
	REL_HEAP,
	REL_CHILDREN,
	REL_OURS,
	REL_ROW_SECURITY,
	REL_TRIGGERS, /* three: insert, update, delete */
	REL_RULES = REL_TRIGGERS + 3,
	REL_AFTER = REL_RULES + 3, /* two: insert, update */
	REL_DEFERRED = REL_AFTER + 2,
	REL_INSTEAD,
	REL_EVENTS,
	REL_MAY_SELECT,
	REL_MAY_INSERT,
	REL_MAY_UPDATE,
	REL_MAY_DELETE,
	REL_MAY_XMIN,
	REL_MAY_SCHEMA,
	REL_ROLE,
	REL_SUBMISSION,
	REL_UPLOAD
};

enum column_field {
	COL_NUMBER,
	COL_NAME,
	COL_IDENT,
	COL_TYPE,
	COL_CAST,
	COL_BASE,
	COL_KIND,
	COL_BUILTIN,
	COL_NOT_NULL,
	COL_DEFAULT,
	COL_IDENTITY,
	COL_GENERATED,
	COL_LENGTH,
	COL_LABELS,
	COL_COMMENT,
	COL_MAY_SELECT,
	COL_MAY_INSERT,
	COL_MAY_UPDATE,
	COL_UPDATABLE,
	COL_ORIGIN,
	COL_ORIGIN_NUMBER,
	COL_MODIFIER,
	COL_TYPE_OID,
	COL_CHECKS, /* of its domains */
	COL_LOOSE
};

enum constraint_field {
	CON_NAME,
	CON_COLUMNS,
	CON_SCHEMA,
	CON_TABLE,
	CON_TARGETS,
	CON_UNIQUE,
	CON_OID,
	CON_CHECK
};

/* How the types that C turns into JSON itself become it; every other one the
 * database turns. text: '' is a value of its own. */
static const struct {
	const char *base;
	enum column_json json;
	bool text;
} json_types[] = {
	{ "int2", COLUMN_NUMBER, false },
	{ "int4", COLUMN_NUMBER, false },
	{ "int8", COLUMN_NUMBER, false },
	{ "float4", COLUMN_NUMBER, false },
	{ "float8", COLUMN_NUMBER, false },
	{ "numeric", COLUMN_NUMBER, false },
	{ "bool", COLUMN_BOOL, false },
	{ "text", COLUMN_STRING, true },
	{ "varchar", COLUMN_STRING, true },
	{ "bpchar", COLUMN_STRING, true },
	{ "name", COLUMN_STRING, true },
	{ "uuid", COLUMN_STRING, false },
	{ "date", COLUMN_STRING, false },
	{ "time", COLUMN_STRING, false },
	{ "timetz", COLUMN_STRING, false },
	{ "interval", COLUMN_STRING, false },
	{ "inet", COLUMN_STRING, false },
	{ "bytea", COLUMN_STRING, false },
	{ "json", COLUMN_JSON, false },
	{ "jsonb", COLUMN_JSON, false },
};

struct reader {
	struct mem *mem;
	const struct db_result *result;
	size_t row;
};

static const char *
get(const struct reader *reader, size_t field)
{
	return mem_string(
	    reader->mem, db_value(reader->result, reader->row, field));
}

static bool
yes(const struct reader *reader, size_t field)
{
	const char *value = db_value(reader->result, reader->row, field);

	return value && *value == 't';
}

static int
number(const struct reader *reader, size_t field)
{
	const char *value = db_value(reader->result, reader->row, field);

	return value ? (int)strtol(value, NULL, 10) : 0;
}

static char
letter(const struct reader *reader, size_t field)
{
	const char *value = db_value(reader->result, reader->row, field);

	return value ? *value : 0;
}

/* The elements of a JSON array that the database has made: strings decoded,
 * numbers as their characters. */
static const char *const *
list(const struct reader *reader, size_t field, size_t *n)
{
	const char *text = db_value(reader->result, reader->row, field);
	struct json_span whole, *spans;
	struct json_error error;
	const char **items;

	*n = 0;
	if (!text || !json_read(text, strlen(text), &whole, &error))
		return NULL;
	json_elements(reader->mem, whole, &spans, n);
	items = mem_array(reader->mem, *n, sizeof *items);
	for (size_t i = 0; i < *n; i++)
		items[i] =
		    spans[i].kind == JSON_STRING
			? json_decode(reader->mem, spans[i])
			: mem_copy(reader->mem, spans[i].at, spans[i].len);
	return items;
}

static void
read_type(const struct reader *reader, struct column *column)
{
	column->base = get(reader, COL_BASE);
	column->kind = letter(reader, COL_KIND);
	column->json = column->kind == 'e' ? COLUMN_STRING : COLUMN_OTHER;
	if (!yes(reader, COL_BUILTIN))
		return;
	for (size_t i = 0; i < sizeof json_types / sizeof *json_types; i++)
		if (strcmp(json_types[i].base, column->base) == 0) {
			column->json = json_types[i].json;
			column->text = json_types[i].text;
		}
}

static void
read_column(const struct reader *reader, struct column *column)
{
	bool updatable = yes(reader, COL_UPDATABLE);
	const char *const *checks;
	size_t n;

	column->name = get(reader, COL_NAME);
	column->ident = get(reader, COL_IDENT);
	column->number = number(reader, COL_NUMBER);
	column->type = get(reader, COL_TYPE);
	column->cast = get(reader, COL_CAST);
	column->modifier = number(reader, COL_MODIFIER);
	column->type_oid =
	    (unsigned)strtoul(get(reader, COL_TYPE_OID), NULL, 10);
	read_type(reader, column);
	column->loose = yes(reader, COL_LOOSE);
	column->not_null = yes(reader, COL_NOT_NULL);
	column->identity = letter(reader, COL_IDENTITY);
	column->generated = yes(reader, COL_GENERATED);
	if (!column->generated)
		column->default_sql = get(reader, COL_DEFAULT);
	column->max_length = number(reader, COL_LENGTH);
	column->labels = list(reader, COL_LABELS, &column->n_labels);
	checks = list(reader, COL_CHECKS, &n);
	for (size_t i = 0; i < n; i++)
		rule_read(reader->mem, checks[i], "VALUE", column->base,
		    &column->rule);
	column->comment = get(reader, COL_COMMENT);
	column->selectable = yes(reader, COL_MAY_SELECT);
	column->insertable = yes(reader, COL_MAY_INSERT) && updatable;
	column->updatable = yes(reader, COL_MAY_UPDATE) && updatable;
	if (column->generated || column->identity == 'a')
		column->insertable = column->updatable = false;
	column->origin = (unsigned)strtoul(
	    get(reader, COL_ORIGIN) ? get(reader, COL_ORIGIN) : "0", NULL, 10);
	column->origin_number = number(reader, COL_ORIGIN_NUMBER);
}

static void
read_columns(
    struct mem *mem, const struct db_result *result, struct table *table)
{
	struct reader reader = { mem, result, 0 };

	table->n_columns = db_rows(result);
	table->columns =
	    mem_array(mem, table->n_columns, sizeof *table->columns);
	for (; reader.row < table->n_columns; reader.row++)
		read_column(&reader, &table->columns[reader.row]);
}

static bool
find_number(const struct table *table, int wanted, size_t *index)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (table->columns[i].number == wanted) {
			*index = i;
			return true;
		}
	return false;
}

static void
read_key(struct mem *mem, const struct db_result *result, struct table *table)
{
	struct reader reader = { mem, result, 0 };

	table->key = mem_array(mem, db_rows(result), sizeof *table->key);
	for (; reader.row < db_rows(result); reader.row++)
		if (find_number(
			table, number(&reader, 0), &table->key[table->n_key]))
			table->n_key++;
}

static void
read_constraint(const struct reader *reader, struct table *table)
{
	struct constraint *constraint;
	size_t n, n_targets, *columns;
	const char *const *numbers = list(reader, CON_COLUMNS, &n);

	columns = mem_array(reader->mem, n, sizeof *columns);
	for (size_t i = 0; i < n; i++)
		if (!find_number(
			table, (int)strtol(numbers[i], NULL, 10), &columns[i]))
			return;
	constraint = &table->constraints[table->n_constraints++];
	constraint->name = get(reader, CON_NAME);
	constraint->columns = columns;
	constraint->n = n;
	constraint->unique = yes(reader, CON_UNIQUE);
	if (n == 1 && db_value(reader->result, reader->row, CON_CHECK)) {
		struct column *column = &table->columns[columns[0]];

		rule_read(reader->mem, get(reader, CON_CHECK), column->name,
		    column->base, &column->rule);
	}
	if (db_value(reader->result, reader->row, CON_TABLE)) {
		struct foreign_key *key =
		    &table->foreign_keys[table->n_foreign_keys++];

		key->name = constraint->name;
		key->columns = columns;
		key->n = n;
		key->schema = get(reader, CON_SCHEMA);
		key->table = get(reader, CON_TABLE);
		key->oid = (unsigned)strtoul(get(reader, CON_OID), NULL, 10);
		key->targets = list(reader, CON_TARGETS, &n_targets);
		if (n == 1)
			table->columns[columns[0]].refers = true;
	}
}

static void
read_constraints(
    struct mem *mem, const struct db_result *result, struct table *table)
{
	struct reader reader = { mem, result, 0 };
	size_t n = db_rows(result);

	table->constraints = mem_array(mem, n, sizeof *table->constraints);
	table->foreign_keys = mem_array(mem, n, sizeof *table->foreign_keys);
	for (; reader.row < n; reader.row++)
		read_constraint(&reader, table);
}

/* What the relation's kind, privileges and rules let anybody do. */
static unsigned
read_rights(
    const struct reader *reader, const struct table *table, unsigned events)
{
	bool is_table = table->kind == 'r' || table->kind == 'p';
	unsigned rights = 0;

	if (!yes(reader, REL_MAY_SCHEMA))
		return 0;
	if (yes(reader, REL_MAY_SELECT))
		rights |= RIGHT_READ | RIGHT_EXPORT;
	if (yes(reader, REL_MAY_INSERT) && (is_table || events & 8))
		rights |= RIGHT_CREATE;
	if (yes(reader, REL_MAY_UPDATE) && (is_table || events & 4))
		rights |= RIGHT_UPDATE;
	if (yes(reader, REL_MAY_DELETE) && (is_table || events & 16))
		rights |= RIGHT_DELETE;
	return rights;
}

static struct table *
read_relation(
    struct mem *mem, const struct db_result *result, struct guard_facts *facts)
{
	struct reader reader = { mem, result, 0 };
	struct table *table = mem_alloc(mem, sizeof *table);
	bool children = yes(&reader, REL_CHILDREN);
	bool view;

	table->schema = get(&reader, REL_SCHEMA);
	table->name = table->relation = get(&reader, REL_NAME);
	table->kind = letter(&reader, REL_KIND);
	table->ident = get(&reader, REL_IDENT);
	table->comment = get(&reader, REL_COMMENT);
	table->row_security = yes(&reader, REL_ROW_SECURITY);
	table->role = get(&reader, REL_ROLE);
	table->submission = get(&reader, REL_SUBMISSION);
	table->upload = get(&reader, REL_UPLOAD);
	view = table->kind == 'v' || table->kind == 'm';
	facts->heap = yes(&reader, REL_HEAP);
	facts->ours = number(&reader, REL_OURS);
	facts->instead = yes(&reader, REL_INSTEAD);
	facts->events = (unsigned)number(&reader, REL_EVENTS);
	facts->xmin = yes(&reader, REL_MAY_XMIN);
	table->deferred = yes(&reader, REL_DEFERRED);
	for (size_t i = 0; i < 3; i++) {
		bool ruled = yes(&reader, REL_RULES + i);

		table->ruled[i] = ruled;
		table->plain[i] = table->kind == 'r' && !children && !ruled &&
				  !yes(&reader, REL_TRIGGERS + i);
		table->reread[i] = i < 2 && yes(&reader, REL_AFTER + i);
		facts->instead |= view && ruled;
	}
	table->rights = read_rights(&reader, table, facts->events);
	return table;
}

/* Reads the one relation below an auto-updatable view, with its guard. */
static enum outcome
read_base(struct db *db, struct mem *mem, const struct person *reader,
    struct table *view, struct guard_facts *facts, struct fault *fault)
{
	struct guard_wish wish = { 0 };
	struct guard_facts below;
	struct table *base = NULL;
	enum outcome outcome;
	unsigned origin = 0;

	for (size_t i = 0; i < view->n_columns; i++) {
		if (!view->columns[i].origin)
			continue;
		if (origin && origin != view->columns[i].origin)
			return OUT_DONE;
		origin = view->columns[i].origin;
	}
	if (!origin || !facts->events)
		return OUT_DONE;
	outcome = introspect(db, mem, reader, mem_printf(mem, "%u", origin),
	    &base, &below, fault);
	if (outcome != OUT_DONE || !base)
		return outcome;
	guard_decide(mem, base, &below, &wish);
	facts->base = base;
	inherit_table(mem, view, base);
	return OUT_DONE;
}

enum outcome
introspect(struct db *db, struct mem *mem, const struct person *reader,
    const char *oid, struct table **table, struct guard_facts *facts,
    struct fault *fault)
{
	const struct db_step steps[] = {
		{ statement_relation, &oid, 1 },
		{ statement_columns, &oid, 1 },
		{ statement_key, &oid, 1 },
		{ statement_constraints, &oid, 1 },
	};
	struct db_result *results[4];
	enum outcome outcome =
	    db_learn(db, mem, reader, oid, steps, 4, results, fault);

	*facts = (struct guard_facts){ 0 };
	if (outcome != OUT_DONE)
		return outcome;
	if (db_rows(results[0]) == 0)
		return fault_set(
		    fault, OUT_ABSENT, NULL, WORD_F_ABSENT, NULL, NULL);
	*table = read_relation(mem, results[0], facts);
	(*table)->oid = (unsigned)strtoul(oid, NULL, 10);
	read_columns(mem, results[1], *table);
	read_key(mem, results[2], *table);
	read_constraints(mem, results[3], *table);
	if ((*table)->kind == 'v')
		return read_base(db, mem, reader, *table, facts, fault);
	return OUT_DONE;
}
