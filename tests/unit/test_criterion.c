#include "view_fixture.h"

#include "view/criterion.h"
#include "view/phrase.h"

/* What controls say, the query that it becomes, and the words for that. */
static const struct {
	const char *name, *base;
	bool not_null;
	struct criterion criterion;
	const char *query, *words;
} cases[] = {
	{ "town", "text", false, { .text = "ham" }, "town=ilike.*ham*",
	    "Town contains “ham”" },
	{ "town", "text", false, { .how = CRITERION_BEGINS, .text = "A%_\\" },
	    "town=ilike.A\\%\\_\\\\*", "Town begins with “A%_\\”" },
	{ "town", "text", false, { .how = CRITERION_IS, .text = "a,(b)" },
	    "town=eq.a,(b)", "Town: a,(b)" },
	{ "town", "text", false, { .empty = true },
	    "or=(town.is.null,town.eq.\"\")", "Town is empty" },
	{ "town", "text", true, { .empty = true }, "town=eq.",
	    "Town is empty" },
	{ "a.b", "text", false, { .empty = true },
	    "or=(\"a.b\".is.null,\"a.b\".eq.\"\")", "A.b is empty" },
	{ "order", "text", false, { .how = CRITERION_IS, .text = "a\"b\\c" },
	    "and=(order.eq.\"a\\\"b\\\\c\")", "Order: a\"b\\c" },
	{ "order", "int4", false, { .empty = true }, "and=(order.is.null)",
	    "Order is empty" },
	{ "not.or", "int4", false, { .from = "3" },
	    "and=(\"not.or\".gte.\"3\")", "Not.or from 3" },
	{ "age", "int4", false, { .from = "18" }, "age=gte.18", "Age from 18" },
	{ "age", "int4", false, { .to = "65" }, "age=lte.65", "Age up to 65" },
	{ "born", "date", false, { .from = "2000-01-01" },
	    "born=gte.2000-01-01", "Born from 2000-01-01" },
	{ "seen", "timestamptz", false, { .from = "2000-01-01" },
	    "seen=gte.2000-01-01", "Seen from 2000-01-01" },
	{ "seen", "timestamptz", false, { .to = "2000-01-31" },
	    "seen=lt.2000-01-31 24:00", "Seen up to 2000-01-31" },
	{ "paid", "bool", false, { .text = "false" }, "paid=is.false",
	    "Paid: no" },
	{ "data", "jsonb", false, { .text = "x" }, "data=ilike.*x*",
	    "Data contains “x”" },
	{ "photo", "bytea", false, { .empty = true }, "photo=is.null",
	    "Photo is empty" },
};

static struct column
column_for(size_t i)
{
	struct column column = strcmp(cases[i].base, "text") == 0
				   ? text_of(1, cases[i].name)
				   : column_of(1, cases[i].name, cases[i].base);

	column.not_null = cases[i].not_null;
	if (strcmp(cases[i].base, "int4") == 0)
		column.json = COLUMN_NUMBER;
	return column;
}

static void
read_pair(struct mem *mem, const struct uri_pair *pair, struct filter *filter)
{
	if (filter_is_logic(pair->name))
		assert_true(
		    filter_read_logic(mem, pair->name, pair->value, filter));
	else
		assert_true(filter_read(mem, pair->name, pair->value, filter));
}

static void
same(const char *a, const char *b)
{
	assert_string_equal(a ? a : "-", b ? b : "-");
}

static void
test_there_and_back(void **state)
{
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct column column = column_for(i);
		struct table table = { .name = "t" };
		struct scope *scope = scope_of(mem, &table, &column, 1);
		enum criterion_kind kind = criterion_kind(&column, false);
		struct criterion back = { 0 };
		struct uri_pair pairs[2];
		struct filter filter;

		assert_int_equal(criterion_pairs(mem, &column, kind,
				     &cases[i].criterion, pairs),
		    1);
		assert_string_equal(
		    mem_printf(mem, "%s=%s", pairs[0].name, pairs[0].value),
		    cases[i].query);
		read_pair(mem, &pairs[0], &filter);
		assert_string_equal(criterion_column(&filter), column.name);
		assert_true(criterion_take(mem, &column, kind, &filter, &back));
		assert_int_equal(back.empty, cases[i].criterion.empty);
		assert_int_equal(back.how, cases[i].criterion.how);
		same(back.text, cases[i].criterion.text);
		same(back.from, cases[i].criterion.from);
		same(back.to, cases[i].criterion.to);
		/* there is room for one */
		assert_false(
		    criterion_take(mem, &column, kind, &filter, &back));
		assert_string_equal(
		    phrase_filter(mem, &site, scope, NULL, &filter),
		    cases[i].words);
	}
	mem_free(mem);
}

/* What no control shows, in words. */
static void
test_words(void **state)
{
	static const struct {
		const char *name, *value, *words;
	} said[] = {
		{ "age", "neq.5", "Age: not 5" },
		{ "age", "gt.5", "Age above 5" },
		{ "age", "lt.5", "Age below 5" },
		{ "age", "not.gt.5", "not: Age above 5" },
		{ "age", "is.not_null", "Age is not empty" },
		{ "age", "not.is.null", "Age is not empty" },
		{ "age", "in.(1,2)", "Age: one of 1, 2" },
		{ "age", "like.1*3", "Age is like “1*3”" },
		{ "age", "cd.{1}", "Age fits {1}" },
		{ "or", "(age.eq.1,and(age.gte.5,age.lte.9))",
		    "Age: 1 or (Age from 5 and Age up to 9)" },
		{ "not.or", "(age.eq.1,age.eq.2)", "not: Age: 1 or Age: 2" },
	};
	struct mem *mem = mem_new();
	struct column column = column_of(1, "age", "int4");
	struct table table = { .name = "t" };
	struct scope *scope = scope_of(mem, &table, &column, 1);

	(void)state;
	column.json = COLUMN_NUMBER;
	for (size_t i = 0; i < COUNT(said); i++) {
		const struct uri_pair pair = { .name = said[i].name,
			.value = said[i].value };
		struct criterion criterion = { 0 };
		struct filter filter;

		read_pair(mem, &pair, &filter);
		assert_string_equal(
		    phrase_filter(mem, &site, scope, NULL, &filter),
		    said[i].words);
		assert_false(criterion_take(
		    mem, &column, CRITERION_RANGE, &filter, &criterion));
	}
	mem_free(mem);
}

static void
test_counts(void **state)
{
	struct mem *mem = mem_new();

	(void)state;
	same(phrase_count(mem, LANGUAGE_EN, 0, false), "0");
	same(phrase_count(mem, LANGUAGE_EN, 999, false), "999");
	same(phrase_count(mem, LANGUAGE_EN, 1000, false), "1,000");
	same(phrase_count(mem, LANGUAGE_DE, 1234567, false), "1.234.567");
	same(phrase_count(mem, LANGUAGE_EN, 1234567, true), "1,200,000");
	same(phrase_count(mem, LANGUAGE_EN, 7, true), "7");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
