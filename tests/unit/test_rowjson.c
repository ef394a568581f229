#include "view_fixture.h"

#include "view/rowjson.h"

static void
test_values(void **state)
{
	static const struct {
		enum column_json json;
		const char *value, *want;
	} cases[] = {
		{ COLUMN_NUMBER, "0", "0" },
		{ COLUMN_NUMBER, "-0", "-0" },
		{ COLUMN_NUMBER, "1.50", "1.50" },
		{ COLUMN_NUMBER, "1e+308", "1e+308" },
		{ COLUMN_NUMBER, "123456789012345678901234567890.1",
		    "123456789012345678901234567890.1" },
		{ COLUMN_NUMBER, "NaN", "\"NaN\"" },
		{ COLUMN_NUMBER, "Infinity", "\"Infinity\"" },
		{ COLUMN_NUMBER, "-Infinity", "\"-Infinity\"" },
		{ COLUMN_BOOL, "t", "true" },
		{ COLUMN_BOOL, "f", "false" },
		{ COLUMN_STRING, "", "\"\"" },
		{ COLUMN_STRING, "a\"b\\\n\001\xc3\xa9/<",
		    "\"a\\\"b\\\\\\n\\u0001\xc3\xa9/<\"" },
		{ COLUMN_STRING, "null", "\"null\"" },
		{ COLUMN_JSON, "{\"b\":1, \"a\":  [1.0]}",
		    "{\"b\":1, \"a\":  [1.0]}" },
		{ COLUMN_JSON, "null", "null" },
		{ COLUMN_OTHER, "[1,null]", "[1,null]" },
		{ COLUMN_STRING, NULL, "null" },
		{ COLUMN_JSON, NULL, "null" },
		{ COLUMN_NUMBER, NULL, "null" },
	};
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct column column = column_of(1, "v", "x");

		column.json = cases[i].json;
		assert_string_equal(
		    rowjson_value(mem, &column, cases[i].value), cases[i].want);
	}
	mem_free(mem);
}

static char *
written(struct mem *mem, const struct scope *scope, const struct row *row)
{
	struct text *text = mem_text_open(mem);

	rowjson_write(text->out, scope, row);
	return mem_text(text);
}

static void
test_row(void **state)
{
	struct mem *mem = mem_new();
	struct column columns[] = { column_of(1, "id", "int4"),
		text_of(2, "q\"q"), text_of(3, "secret"), text_of(4, "none") };
	const char *const values[] = { "7", "x", "hidden", NULL };
	struct table table = { .name = "t" };
	struct scope *scope = scope_of(mem, &table, columns, COUNT(columns));
	const struct row row = { .values = values };

	(void)state;
	columns[0].json = COLUMN_NUMBER;
	scope->read[2] = false;
	assert_string_equal(written(mem, scope, &row),
	    "{\"id\":7,\"q\\\"q\":\"x\",\"none\":null}");
	scope->read[0] = scope->read[1] = scope->read[3] = false;
	assert_string_equal(written(mem, scope, &row), "{}");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
