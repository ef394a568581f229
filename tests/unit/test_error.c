#include "view_fixture.h"

#include "view/error.h"

struct faulty {
	struct mem *mem;
	struct fault fault;
	struct table table;
	struct column columns[2];
	const char *values[2], *key[1];
	struct row row;
	struct error_page page;
};

static struct faulty *
faulty_of(struct mem *mem, enum outcome outcome, enum word message)
{
	struct faulty *f = mem_alloc(mem, sizeof *f);

	f->mem = mem;
	fault_set(&f->fault, outcome, NULL, message, NULL, NULL);
	f->table.name = "member";
	f->columns[0] = column_of(1, "id", "int4");
	f->columns[0].json = COLUMN_NUMBER;
	f->columns[1] = text_of(2, "name");
	f->values[0] = f->key[0] = "7";
	f->values[1] = "<b>";
	f->row = (struct row){ .key = f->key,
		.values = f->values,
		.changed_at = "today",
		.changed_by = "ben" };
	f->page = (struct error_page){ .fault = &f->fault,
		.status = 400,
		.reason = "Bad Request",
		.scope = scope_of(mem, &f->table, f->columns, 2) };
	return f;
}

static char *
json_of(struct faulty *f)
{
	struct text *text = mem_text_open(f->mem);

	error_json(text->out, f->mem, &site, &f->page);
	return mem_text(text);
}

static char *
html_of(struct faulty *f)
{
	struct text *text = mem_text_open(f->mem);

	error_html(text->out, f->mem, &site, &f->page);
	return mem_text(text);
}

static void
test_json_least(void **state)
{
	struct mem *mem = mem_new();
	struct faulty *f = faulty_of(mem, OUT_MALFORMED, WORD_NO_SUCH_ADDRESS);

	(void)state;
	assert_string_equal(json_of(f),
	    "{\"type\":\"/records/-/problems/malformed\",\"title\":\"Bad "
	    "Request\","
	    "\"status\":400,"
	    "\"detail\":\"There is nothing at this address.\","
	    "\"message\":\"There is nothing at this address.\","
	    "\"code\":\"IFM400\",\"details\":null,\"hint\":null}");
	mem_free(mem);
}

static void
test_json_database(void **state)
{
	struct mem *mem = mem_new();
	struct faulty *f = faulty_of(mem, OUT_INVALID, WORD_F_NOT_NULL);
	char *json;

	(void)state;
	f->fault.part = "column name";
	f->fault.column = "name";
	f->fault.constraint = "c\"c";
	f->fault.sqlstate = "23502";
	f->fault.primary = "the \"primary\"";
	f->fault.detail = "a detail";
	f->fault.hint = "a hint";
	json = json_of(f);
	assert_has(json, "\"part\":\"column name\",\"column\":\"name\","
			 "\"constraint\":\"c\\\"c\",");
	assert_has(json, "\"message\":\"the \\\"primary\\\"\","
			 "\"code\":\"23502\",\"details\":\"a detail\","
			 "\"hint\":\"a hint\"}");
	assert_lacks(json, "\"current\"");
	mem_free(mem);
}

static void
test_json_stale(void **state)
{
	struct mem *mem = mem_new();
	struct faulty *f = faulty_of(mem, OUT_STALE, WORD_F_STALE);

	(void)state;
	f->page.status = 412;
	f->page.tag = "\"v7-j1\"";
	f->page.row = &f->row;
	f->page.already_equal = true;
	assert_has(json_of(f),
	    ",\"etag\":\"\\\"v7-j1\\\"\","
	    "\"current\":{\"id\":7,\"name\":\"<b>\"},"
	    "\"changed\":null,\"changed_by\":\"ben\",\"changed_at\":\"today\","
	    "\"already_equal\":true}");
	f->page.row = NULL;
	f->page.tag = NULL;
	f->page.already_equal = false;
	assert_has(json_of(f),
	    ",\"etag\":null,\"current\":null,\"changed\":null,"
	    "\"changed_by\":null,\"changed_at\":null,\"already_equal\":false}");
	f->page.scope->read[1] = false;
	f->page.row = &f->row;
	assert_has(json_of(f), "\"current\":{\"id\":7},");
	mem_free(mem);
}

/* Every outcome has a page with a title, a sentence and a way on. */
static void
test_pages(void **state)
{
	struct mem *mem = mem_new();

	(void)state;
	for (int i = OUT_MALFORMED; i < OUT__MAX; i++) {
		struct faulty *f =
		    faulty_of(mem, (enum outcome)i, WORD_F_UNGUARDED);
		char *html;

		/* A sentence for programs must not reach these pages. */
		if (i != OUT_STALE && i != OUT_UNGUARDED)
			f->fault.message = WORD_F_ABSENT;
		html = html_of(f);
		assert_for_people(html);
		assert_lacks(html, "<h1 dir=\"auto\"></h1>");
		assert_has(html, "</h1>\n<p>");
		assert_has(html, "href=\"/records/\"");
		assert_has(html, "href=\"/records/member\"");
	}
	mem_free(mem);
}

static void
test_page_lost(void **state)
{
	struct mem *mem = mem_new();
	struct faulty *f = faulty_of(mem, OUT_BUSY, WORD_F_DATABASE_AWAY);
	char *html;

	(void)state;
	f->page.scope = NULL;
	html = html_of(f);
	assert_has(html, "It is still there.");
	assert_lacks(html, "/records/member");
	assert_has(html, "href=\"/records/\"");
	mem_free(mem);
}

static void
test_sentence(void **state)
{
	struct mem *mem = mem_new();
	struct faulty *f = faulty_of(mem, OUT_INVALID, WORD_F_CHECK);

	(void)state;
	f->fault.args[0] = "new row violates check constraint \"x\"";
	f->fault.constraint = "price_must_be_positive";
	assert_string_equal(error_sentence(mem, &site, &f->fault),
	    "This value is not allowed here: Price must be positive");
	assert_for_people(html_of(f));
	assert_has(json_of(f), "violates check constraint");
	f->fault.constraint = "item_price_check12";
	assert_string_equal(error_sentence(mem, &site, &f->fault),
	    "This value is not allowed here.");
	f->fault.constraint = "<b>bold</b>";
	assert_has(html_of(f), "&lt;b&gt;bold&lt;/b&gt;");
	f->fault.message = WORD_F_COLUMN_READ_ONLY;
	f->fault.args[0] = "joined_on";
	assert_string_equal(error_sentence(mem, &site, &f->fault),
	    "The column \"Joined on\" cannot be changed here.");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_least),
		cmocka_unit_test(test_json_database),
		cmocka_unit_test(test_json_stale),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_page_lost),
		cmocka_unit_test(test_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
