#include "view_fixture.h"

#include "view/home.h"

static char *
page_of(struct mem *mem, struct scope *const *scopes, size_t n)
{
	struct text *text = mem_text_open(mem);

	home_page(text->out, mem, &site, scopes, n, false);
	return mem_text(text);
}

static char *
json_of(struct mem *mem, struct scope *const *scopes, size_t n)
{
	struct text *text = mem_text_open(mem);

	home_json(text->out, mem, &site, scopes, n);
	return mem_text(text);
}

static void
test_page(void **state)
{
	struct mem *mem = mem_new();
	struct column a[] = { text_of(1, "id") }, b[] = { text_of(1, "id") };
	struct table tables[] = {
		{ .name = "boat_house", .comment = "What <we> own." },
		{ .name = "<script>alert(1)</script>" },
	};
	struct scope *const scopes[] = { scope_of(mem, &tables[0], a, 1),
		scope_of(mem, &tables[1], b, 1) };
	char *html = page_of(mem, scopes, 2);

	(void)state;
	assert_for_people(html);
	assert_has(
	    html, "<title>Home \xe2\x80\x93 Club &lt;records&gt;</title>");
	assert_has(html, "<a class=\"skip\" href=\"#main\">");
	assert_has(html, "href=\"/records/-/style.css\"");
	assert_has(html,
	    "<a href=\"/records/boat_house\" dir=\"auto\">Boat house</a>\n"
	    "<p class=\"help\" dir=\"auto\">What &lt;we&gt; own.</p>");
	assert_has(
	    html, "href=\"/records/%3Cscript%3Ealert%281%29%3C%2Fscript%3E\"");
	assert_has(html, ">&lt;script&gt;alert(1)&lt;/script&gt;</a>");
	assert_has(page_of(mem, NULL, 0), "Nothing is on offer here yet.");
	mem_free(mem);
}

static void
test_json(void **state)
{
	struct mem *mem = mem_new();
	struct column a[] = { text_of(1, "x"), text_of(2, "a\"b") };
	struct column b[] = { text_of(1, "id") };
	struct table tables[] = { { .name = "a b", .comment = "It's" },
		{ .name = "c" } };
	struct scope *const scopes[] = { scope_of(mem, &tables[0], a, 2),
		scope_of(mem, &tables[1], b, 1) };
	size_t key[] = { 1, 0 };

	(void)state;
	tables[0].key = key;
	tables[0].n_key = 2;
	tables[0].guard = GUARD_VERSION_XMIN;
	tables[1].n_key = 0;
	tables[1].guard = GUARD_NONE;
	scopes[1]->rights = RIGHT_READ;
	assert_string_equal(json_of(mem, scopes, 2),
	    "{\"tables\":[{\"name\":\"a b\",\"url\":\"/records/a%20b\","
	    "\"key\":[\"a\\\"b\",\"x\"],\"guard\":\"version+xmin\","
	    "\"rights\":[\"read\",\"create\",\"update\",\"delete\"],"
	    "\"comment\":\"It's\"},"
	    "{\"name\":\"c\",\"url\":\"/records/c\",\"key\":[],"
	    "\"guard\":\"read-only\",\"rights\":[\"read\"],"
	    "\"comment\":null}]}");
	assert_string_equal(json_of(mem, NULL, 0), "{\"tables\":[]}");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
