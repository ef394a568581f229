#include "check.h"

#include "store/rule.h"

static struct rule
rule_of(struct mem *mem, const char *base, const char *expression)
{
	struct rule rule = { 0 };

	rule_read(mem, expression, "n", base, &rule);
	return rule;
}

/* ">=5" for a bound that is allowed itself, ">5" for one that is not. */
static char *
text_of(struct mem *mem, const struct rule *rule)
{
	struct text *text = mem_text_open(mem);

	if (rule->least.text != NULL)
		fprintf(text->out, "%s%s ", rule->least.allowed ? ">=" : ">",
		    rule->least.text);
	if (rule->most.text != NULL)
		fprintf(text->out, "%s%s ", rule->most.allowed ? "<=" : "<",
		    rule->most.text);
	if (rule->max_length > 0)
		fprintf(text->out, "len %d ", rule->max_length);
	if (rule->regex != NULL)
		fprintf(text->out, "~%s ", rule->regex);
	for (size_t i = 0; i < rule->n_choices; i++)
		fprintf(text->out, "[%s] ", rule->choices[i]);
	return mem_text(text);
}

/* Expressions as pg_get_expr writes them. */
static void
test_read(void **state)
{
	static const struct {
		const char *base, *expression, *want;
	} cases[] = {
		{ "int4", "(n >= 18)", ">=18 " },
		{ "int4", "((n > 0) AND (n < 100))", ">0 <100 " },
		{ "int4", "((n >= 1) AND (n <= 10))", ">=1 <=10 " },
		{ "int4", "(n >= '-5'::integer)", ">=-5 " },
		{ "numeric", "(n >= (0)::numeric)", ">=0 " },
		{ "numeric", "(n <= 99.95)", "<=99.95 " },
		{ "float8", "(n > (0)::double precision)", ">0 " },
		{ "date", "(n >= '2000-01-01'::date)", ">=2000-01-01 " },
		{ "int4", "(\"n\" >= 1)", ">=1 " },
		{ "int4", "((n IS NOT NULL) AND (n >= 1))", ">=1 " },
		{ "int4", "((n >= 1) AND (n <> 5))", ">=1 " },
		{ "int4", "(n = ANY (ARRAY[1, 2, 3]))", "[1] [2] [3] " },
		{ "text", "(n ~ '^[A-Z]{3}$'::text)", "~^[A-Z]{3}$ " },
		{ "varchar", "((n)::text ~ '^a$'::text)", "~^a$ " },
		{ "text", "(n ~ '^it''s$'::text)", "~^it's$ " },
		{ "text", "(n ~ E'^a\\\\.b$'::text)", "~^a\\.b$ " },
		{ "text", "(length(n) <= 10)", "len 10 " },
		{ "varchar", "(char_length((n)::text) < 10)", "len 9 " },
		{ "text",
		    "((length(n) >= 2) AND (length(n) <= 5) AND "
		    "(n ~ '^x*$'::text))",
		    "len 5 ~^x*$ " },
		{ "text", "(n = ANY (ARRAY['a'::text, 'b c'::text]))",
		    "[a] [b c] " },
		{ "varchar",
		    "((n)::text = ANY ((ARRAY['a'::character varying, "
		    "'it''s'::character varying(5)])::text[]))",
		    "[a] [it's] " },
		/* what says less, or something else */
		{ "int4", "((n >= 1) OR (n = '-1'::integer))", "" },
		{ "int4", "(((n >= 1) AND (n <= 5)) OR (n = 9))", "" },
		{ "int4", "(((n >= 1) AND (n <= 5)) = false)", "" },
		{ "int4", "(NOT (n >= 1))", "" },
		{ "int4", "((n IS NULL) OR (n >= 1))", "" },
		{ "int4", "((n + 1) >= 5)", "" },
		{ "int4", "(n >= m)", "" },
		{ "int4", "(m >= 1)", "" },
		{ "int4", "(abs(n) <= 5)", "" },
		{ "int4", "(n >= (5 + 1))", "" },
		{ "int4", "(n <> 5)", "" },
		{ "int4", "(n <> ALL (ARRAY[1, 2]))", "" },
		{ "int4", "(n = ANY (ARRAY[1, m]))", "" },
		{ "numeric", "((n)::integer >= 5)", "" },
		{ "text", "((n)::integer >= 5)", "" },
		{ "text", "(n >= 'a'::text)", "" },
		{ "text", "(lower(n) ~ '^a$'::text)", "" },
		{ "text", "(n ~* '^a$'::text)", "" },
		{ "text", "(n !~ '^a$'::text)", "" },
		{ "text", "(octet_length(n) <= 5)", "" },
		{ "text", "(length(n) >= 5)", "" },
		{ "text", "(length(lower(n)) <= 5)", "" },
		{ "bpchar", "(length(n) <= 5)", "" },
		{ "bpchar", "(n ~ '^a$'::text)", "" },
		{ "date", "(n >= CURRENT_DATE)", "" },
		{ "date", "(n >= 'infinity'::date)", "" },
		{ "timestamptz",
		    "(n >= '2000-01-01 00:00:00+00'::timestamp with time "
		    "zone)",
		    "" },
		{ "text", "(n ~ '^)AND (n >= 1$'::text) AND", "" },
		{ "int4", "((n >= 1) AND (f('\")'::text, \"x(\")))", ">=1 " },
		{ "int4", "", "" },
		{ "int4", "true", "" },
		{ "int4", "((((n >= 1))))", ">=1 " },
		{ "int4", "(n >= 1", "" },
		{ "text", "(n ~ 'x", "" },
		{ "text", "(n = ANY (ARRAY['a'::text", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rule rule =
		    rule_of(*state, cases[i].base, cases[i].expression);
		char *got = text_of(*state, &rule);

		if (strcmp(got, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].expression, got);
	}
}

static void
test_two_checks(void **state)
{
	struct rule rule = { 0 };

	rule_read(*state, "(length(n) <= 10)", "n", "text", &rule);
	rule_read(*state, "(length(n) <= 5)", "n", "text", &rule);
	rule_read(*state, "(length(n) <= 8)", "n", "text", &rule);
	rule_read(*state, "(VALUE ~ '^a$'::text)", "VALUE", "text", &rule);
	assert_int_equal(rule.max_length, 5);
	assert_string_equal(rule.regex, "^a$");
}

static void
test_deep(void **state)
{
	enum {
		DEEP = 2000
	};
	char *text = mem_alloc(*state, 2 * DEEP + 10);
	struct rule rule;

	memset(text, '(', DEEP);
	strcpy(text + DEEP, "n >= 1");
	memset(text + strlen(text), ')', DEEP);
	rule = rule_of(*state, "int4", text);
	assert_null(rule.least.text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_read),
		MEM_TEST(test_two_checks),
		MEM_TEST(test_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
