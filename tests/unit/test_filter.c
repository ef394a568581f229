#include "check.h"

#include "format/filter.h"

static const char *const ops[] = { "eq", "neq", "gt", "gte", "lt", "lte",
	"like", "ilike", "match", "imatch", "in", "is", "isdistinct", "cs",
	"cd", "ov", "sl", "sr", "nxr", "nxl", "adj" };

/* The tree in brackets: (and [!]column op <value> ...). */
static void
show(FILE *out, const struct filter *filter)
{
	if (filter->negated)
		putc('!', out);
	if (filter->kind == FILTER_TEST) {
		fprintf(out, "%s %s", filter->column, ops[filter->op]);
		for (size_t i = 0; i < filter->n_values; i++)
			fprintf(out, " <%s>", filter->values[i]);
		return;
	}
	fputs(filter->kind == FILTER_AND ? "(and" : "(or", out);
	for (size_t i = 0; i < filter->n_parts; i++) {
		fputs(", ", out);
		show(out, &filter->parts[i]);
	}
	putc(')', out);
}

static const char *
shown(struct mem *mem, const struct filter *filter)
{
	struct text *text = mem_text_open(mem);

	show(text->out, filter);
	return mem_text(text);
}

static void
test_tests(void **state)
{
	static const struct {
		const char *text, *shown; /* NULL: malformed */
	} cases[] = {
		{ "eq.5", "a eq <5>" },
		{ "eq.", "a eq <>" },
		{ "eq.x,y)(\".", "a eq <x,y)(\".>" },
		{ "not.eq.5", "!a eq <5>" },
		{ "eq.not.5", "a eq <not.5>" },
		{ "isdistinct.1", "a isdistinct <1>" },
		{ "is.null", "a is <null>" },
		{ "not.is.TRUE", "!a is <TRUE>" },
		{ "is.ok", NULL },
		{ "like.*x*", "a like <%x%>" },
		{ "match.^x*", "a match <^x*>" },
		{ "in.()", "a in" },
		{ "in.(1,3)", "a in <1> <3>" },
		{ "in.(,)", "a in <> <>" },
		{ "not.in.(\"b,c\",\"d\\\"e\\\\\")", "!a in <b,c> <d\"e\\>" },
		{ "in.(\")", "a in <\">" },
		{ "in.(D\"Q\"M)", "a in <D\"Q\"M>" },
		{ "in.(\"a\"b)", "a in <\"a\"b>" },
		{ "in.(\"say \"a\" & (b,c)\",d)",
		    "a in <say \"a\" & (b,c)> <d>" },
		{ "in.(1", NULL },
		{ "in.(1)x", NULL },
		{ "in.1", NULL },
		{ "5", NULL },
		{ "", NULL },
		{ "EQ.5", NULL },
		{ "eq5", NULL },
		{ "not.not.eq.5", NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct filter filter;
		bool fine = filter_read(*state, "a", cases[i].text, &filter);

		CHECK(cases[i].text, fine == (cases[i].shown != NULL));
		if (fine)
			assert_string_equal(
			    shown(*state, &filter), cases[i].shown);
	}
}

static void
test_logic(void **state)
{
	static const struct {
		const char *name, *text, *shown;
	} cases[] = {
		{ "and", "(a.eq.1)", "(and, a eq <1>)" },
		{ "not.or", "(a.eq.1,b.not.gt.2)",
		    "!(or, a eq <1>, !b gt <2>)" },
		{ "or", "(not.and(a.eq.x 2,b.in.(1,2)),or_b.is.null)",
		    "(or, !(and, a eq <x 2>, b in <1> <2>), or_b is <null>)" },
		{ "or", "( a.eq.1 , b.eq.2 )", "(or, a eq <1 >, b eq <2 >)" },
		{ "or", "( a.eq.1, and( b.eq.2) )",
		    "(or, a eq <1>, (and, b eq <2>))" },
		{ "or", "(a.cs.{1,2},a.cd.{})",
		    "(or, a cs <{1,2}>, a cd <{}>)" },
		{ "or", "(\"a.b\".eq.\"(1,2)\")", "(or, a.b eq <(1,2)>)" },
		{ "or", "()", NULL },
		{ "or", "(a.eq.1,)", NULL },
		{ "or", "(a.eq.1))", NULL },
		{ "or", "(a.eq.1", NULL },
		{ "or", "a.eq.1", NULL },
		{ "or", "(a)", NULL },
		{ "or", "", NULL },
		{ "orb", "(a.eq.1)", NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct filter filter;
		bool fine = filter_read_logic(
		    *state, cases[i].name, cases[i].text, &filter);

		CHECK(cases[i].text, fine == (cases[i].shown != NULL));
		if (fine)
			assert_string_equal(
			    shown(*state, &filter), cases[i].shown);
	}
	assert_true(filter_is_logic("and") && filter_is_logic("not.or"));
	assert_false(filter_is_logic("not") || filter_is_logic("android"));
}

static void
test_depth_and_number_are_bounded(void **state)
{
	struct text *deep = mem_text_open(*state);
	struct text *wide = mem_text_open(*state);
	struct filter filter;

	for (int i = 0; i < 17; i++)
		fputs("(and", deep->out);
	fputs("(", wide->out);
	for (int i = 0; i < 500; i++)
		fputs("a.eq.1,", wide->out);
	fputs("a.eq.1)", wide->out);
	assert_false(filter_read_logic(*state, "and", mem_text(deep), &filter));
	assert_false(filter_read_logic(*state, "and", mem_text(wide), &filter));
}

static void
test_order(void **state)
{
	struct filter_order *order;
	size_t n;

	assert_true(filter_read_order(
	    *state, "a.desc.nullsfirst,\"b.c\",d.asc,e.nullslast", &order, &n));
	assert_int_equal(n, 4);
	assert_string_equal(order[0].column, "a");
	assert_true(order[0].descending && !order[1].descending);
	assert_int_equal(order[0].nulls, FILTER_NULLS_FIRST);
	assert_string_equal(order[1].column, "b.c");
	assert_int_equal(order[1].nulls, FILTER_NULLS_DEFAULT);
	assert_int_equal(order[3].nulls, FILTER_NULLS_LAST);
	assert_false(filter_read_order(*state, "", &order, &n));
	assert_false(filter_read_order(*state, "a,", &order, &n));
	assert_false(filter_read_order(*state, "a.down", &order, &n));
	assert_false(filter_read_order(*state, "a.desc.asc", &order, &n));
	assert_false(filter_read_order(
	    *state, "a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a", &order, &n));
}

static void
test_select(void **state)
{
	struct filter_pick *picks;
	size_t n;

	assert_true(filter_read_select(
	    *state, "id,called:name,age::text,x:y::int, \"a,b\"", &picks, &n));
	assert_int_equal(n, 5);
	assert_string_equal(picks[0].column, "id");
	assert_null(picks[0].name);
	assert_string_equal(picks[1].column, "name");
	assert_string_equal(picks[1].name, "called");
	assert_string_equal(picks[2].cast, "text");
	assert_string_equal(picks[3].name, "x");
	assert_string_equal(picks[3].cast, "int");
	assert_string_equal(picks[4].column, "a,b");
	assert_true(filter_read_select(*state, "", &picks, &n));
	assert_string_equal(picks[0].column, "*");
	assert_false(filter_read_select(*state, "a,", &picks, &n));
	assert_false(filter_read_select(*state, "a::", &picks, &n));
	assert_false(filter_read_select(*state, "x:*", &picks, &n));
	assert_false(filter_read_select(*state, "a:b:c", &picks, &n));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_tests),
		MEM_TEST(test_logic),
		MEM_TEST(test_depth_and_number_are_bounded),
		MEM_TEST(test_order),
		MEM_TEST(test_select),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
