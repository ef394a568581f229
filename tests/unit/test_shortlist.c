#include "view_fixture.h"

#include "view/shortlist.h"

enum {
	COLUMNS = 12
};

struct wide {
	struct mem *mem;
	struct table table;
	struct column columns[COLUMNS];
	struct scope *scope;
};

static struct wide *
wide_of(struct mem *mem, size_t n)
{
	struct wide *w = mem_alloc(mem, sizeof *w);

	w->mem = mem;
	for (size_t i = 0; i < n; i++)
		w->columns[i] =
		    column_of((int)i + 1, mem_printf(mem, "c%zu", i), "int4");
	w->scope = scope_of(mem, &w->table, w->columns, n);
	return w;
}

/* The columns that are shown, as letters. */
static const char *
shown(struct wide *w)
{
	bool *list = shortlist(w->mem, w->scope);
	struct text *text = mem_text_open(w->mem);

	for (size_t i = 0; i < w->table.n_columns; i++)
		if (list[i])
			putc('a' + (int)i, text->out);
	return mem_text(text);
}

static void
test_all(void **state)
{
	struct mem *mem = mem_new();
	struct wide *w = wide_of(mem, 8);

	(void)state;
	w->columns[5].base = "bytea";
	assert_string_equal(shown(w), "abcdefgh");
	w->scope->read[1] = false;
	w->columns[7].kept = true;
	assert_string_equal(shown(w), "acdefg");
	mem_free(mem);
}

static void
test_many(void **state)
{
	struct mem *mem = mem_new();
	struct wide *w = wide_of(mem, COLUMNS);

	(void)state;
	assert_string_equal(shown(w), "abcdefgh");
	w->columns[2].base = "jsonb";
	w->columns[3].base = "uuid";
	assert_string_equal(shown(w), "abefghij");
	/* what tells rows apart and names them is there in any case */
	w->columns[0].key_part = 0;
	w->columns[3].key_part = 1;
	w->columns[11] = text_of(12, "name");
	assert_string_equal(shown(w), "abdefghl");
	w->table.label = "{c10} {c9}";
	assert_string_equal(shown(w), "abdefgjk");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
