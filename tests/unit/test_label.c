#include "view_fixture.h"

#include "view/label.h"

enum {
	ID,
	FIRST,
	LAST,
	NAME,
	CODE,
	BY,
	COLUMNS
};

struct labelled {
	struct mem *mem;
	struct table table;
	struct column columns[COLUMNS];
	struct constraint constraints[3];
	const char *values[COLUMNS];
	const char *key[2];
	struct row row;
	struct scope *scope;
};

static struct labelled *
labelled_of(struct mem *mem)
{
	static size_t id[] = { ID }, code[] = { CODE },
		      both[] = { FIRST, LAST };
	struct labelled *l = mem_alloc(mem, sizeof *l);

	l->mem = mem;
	l->columns[ID] = column_of(1, "id", "int4");
	l->columns[FIRST] = text_of(2, "first");
	l->columns[LAST] = text_of(3, "last");
	l->columns[NAME] = text_of(4, "name");
	l->columns[CODE] = text_of(5, "code");
	l->columns[BY] = text_of(6, "updated_by");
	l->columns[BY].kept = true;
	l->constraints[0] = (struct constraint){
		.name = "key", .unique = true, .columns = id, .n = 1
	};
	l->constraints[1] = (struct constraint){
		.name = "both", .unique = true, .columns = both, .n = 2
	};
	l->constraints[2] = (struct constraint){
		.name = "code", .unique = true, .columns = code, .n = 1
	};
	l->table.constraints = l->constraints;
	l->table.n_constraints = COUNT(l->constraints);
	l->values[ID] = l->key[0] = "7";
	l->values[FIRST] = "Ann";
	l->values[LAST] = "Lee";
	l->values[NAME] = "Ann Lee";
	l->values[CODE] = "A-7";
	l->values[BY] = "root";
	l->row = (struct row){ .key = l->key, .values = l->values };
	l->scope = scope_of(mem, &l->table, l->columns, COLUMNS);
	return l;
}

static char *
label(struct labelled *l)
{
	return label_of(l->mem, l->scope, &l->row);
}

/* Each rule gives way to the next where its value is missing or empty. */
static void
test_rules(void **state)
{
	struct mem *mem = mem_new();
	struct labelled *l = labelled_of(mem);

	(void)state;
	assert_string_equal(label(l), "A-7");
	l->values[CODE] = "";
	assert_string_equal(label(l), "Ann Lee");
	l->values[NAME] = NULL;
	assert_string_equal(label(l), "Ann");
	l->values[FIRST] = "";
	assert_string_equal(label(l), "Lee");
	l->values[LAST] = NULL;
	assert_string_equal(label(l), "7");
	mem_free(mem);
}

static void
test_names(void **state)
{
	static const struct {
		const char *name;
		bool labels;
	} cases[] = {
		{ "name", true },
		{ "title", true },
		{ "label", true },
		{ "names", false },
		{ "Name", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct mem *mem = mem_new();
		struct labelled *l = labelled_of(mem);

		l->values[CODE] = NULL;
		l->columns[NAME].name = cases[i].name;
		assert_string_equal(
		    label(l), cases[i].labels ? "Ann Lee" : "Ann");
		mem_free(mem);
	}
}

/* A number is no name, nor is what the database keeps by itself. */
static void
test_text_alone(void **state)
{
	struct mem *mem = mem_new();
	struct labelled *l = labelled_of(mem);

	(void)state;
	for (size_t i = FIRST; i < BY; i++)
		l->values[i] = NULL;
	assert_string_equal(label(l), "7");
	mem_free(mem);
}

static void
test_key(void **state)
{
	struct mem *mem = mem_new();
	struct labelled *l = labelled_of(mem);
	size_t key[] = { ID, LAST };

	(void)state;
	for (size_t i = FIRST; i < BY; i++)
		l->values[i] = NULL;
	l->table.key = key;
	l->table.n_key = 2;
	l->key[1] = "b,c";
	assert_string_equal(label(l), "7, b,c");
	l->row.key = NULL;
	assert_string_equal(label(l), "");
	mem_free(mem);
}

static void
test_configured(void **state)
{
	static const struct {
		const char *label, *text;
	} cases[] = {
		{ "{last}, {first}", "Lee, Ann" },
		{ "{id}", "7" },
		{ "plain", "plain" },
		{ "({code})", "(A-7)" },
		{ "{none}!", "!" },
		{ "{first} {name", "Ann {name" },
		{ "}{first}{", "}Ann{" },
		{ "{first}{first}", "AnnAnn" },
		{ "<{last}>", "<Lee>" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct mem *mem = mem_new();
		struct labelled *l = labelled_of(mem);

		l->table.label = cases[i].label;
		assert_string_equal(label(l), cases[i].text);
		mem_free(mem);
	}
}

/* A value of the row is text: its braces are not filled in. */
static void
test_values_are_text(void **state)
{
	struct mem *mem = mem_new();
	struct labelled *l = labelled_of(mem);

	(void)state;
	l->table.label = "{first}-{last}";
	l->values[FIRST] = "{last}";
	l->values[LAST] = NULL;
	assert_string_equal(label(l), "{last}-");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_text_alone),
		cmocka_unit_test(test_key),
		cmocka_unit_test(test_configured),
		cmocka_unit_test(test_values_are_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
