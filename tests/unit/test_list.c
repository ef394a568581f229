#include "view_fixture.h"

#include "view/list.h"

struct listing {
	struct mem *mem;
	struct table table;
	struct column columns[4];
	struct row row;
	struct row *rows[1];
	const char *values[4], *key[1];
	struct scope *scope;
	struct finder finder;
	struct criterion criteria[4];
	bool refers[4];
	size_t shown[3];
	struct list_page page;
};

static struct listing *
listing_of(struct mem *mem)
{
	struct listing *l = mem_alloc(mem, sizeof *l);

	l->mem = mem;
	l->table.name = "member";
	l->columns[0] = column_of(1, "id", "int4");
	l->columns[0].json = COLUMN_NUMBER;
	l->columns[1] = text_of(2, "full_name");
	l->columns[2] = column_of(3, "paid", "bool");
	l->columns[2].json = COLUMN_BOOL;
	l->columns[3] = column_of(4, "version", "int8");
	l->columns[3].kept = true;
	l->values[0] = l->key[0] = "7";
	l->values[1] = "<i>Ann</i>";
	l->values[2] = "t";
	l->values[3] = "1795224838123456";
	l->row = (struct row){ .key = l->key, .values = l->values };
	l->rows[0] = &l->row;
	l->scope = scope_of(mem, &l->table, l->columns, 4);
	for (size_t i = 0; i < COUNT(l->shown); i++)
		l->shown[i] = i;
	l->finder = (struct finder){
		.scope = l->scope,
		.columns = l->shown,
		.n_columns = COUNT(l->shown),
		.searches = true,
		.criteria = l->criteria,
		.refers = l->refers,
		.all = "/member",
		.unordered = "/member",
		.limit = -1,
		.usual = 25,
		.count = -1,
	};
	l->page = (struct list_page){
		.scope = l->scope, .finder = &l->finder, .rows = l->rows, .n = 1
	};
	return l;
}

static char *
html_of(struct listing *l)
{
	struct text *text = mem_text_open(l->mem);
	char *html;

	list_page(text->out, l->mem, &site, &l->page);
	html = mem_text(text);
	assert_for_people(html);
	return html;
}

static void
test_rows(void **state)
{
	struct mem *mem = mem_new();
	struct listing *l = listing_of(mem);
	char *html = html_of(l);

	(void)state;
	assert_has(html,
	    "<th scope=\"col\">"
	    "<a href=\"/records/member?order=full_name\">Full name</a></th>");
	assert_has(html, "<th scope=\"row\" data-label=\"Id\">"
			 "<a href=\"/records/member/7\">7"
			 "</a></th>\n<td data-label=\"Full "
			 "name\">&lt;i&gt;Ann&lt;/i&gt;</td>\n"
			 "<td data-label=\"Paid\">yes</td>\n</tr>");
	assert_lacks(html, "1795224838123456");
	assert_has(html, "href=\"/records/member?new\"");
	assert_lacks(html, "class=\"pages\"");
	l->values[1] = NULL;
	assert_has(html_of(l), "<span class=\"none\">no value</span></td>");
	l->values[1] = "";
	assert_has(html_of(l), "<span class=\"none\">empty</span></td>");
	mem_free(mem);
}

/* A link needs something to see, and a key that no path can carry a query. */
static void
test_links(void **state)
{
	struct mem *mem = mem_new();
	struct listing *l = listing_of(mem);

	(void)state;
	l->columns[0] = text_of(1, "code");
	l->columns[0].key_part = 1;
	l->values[0] = l->key[0] = "";
	assert_has(html_of(l), "<a href=\"/records/member?_key=\">"
			       "<span class=\"none\">empty</span></a>");
	l->values[0] = l->key[0] = "a/b";
	assert_has(
	    html_of(l), "<a href=\"/records/member?_key=a%2Fb\">a/b</a>");
	l->values[0] = l->key[0] = " ";
	assert_has(html_of(l), "<a href=\"/records/member/%20\"> Open</a>");
	l->finder.columns = &l->shown[1];
	l->finder.n_columns = 2;
	assert_has(html_of(l), "<a href=\"/records/member/%20\">"
			       "&lt;i&gt;Ann&lt;/i&gt;</a>");
	l->row.key = NULL;
	assert_has(html_of(l), "<th scope=\"row\" data-label=\"Full name\">"
			       "&lt;i&gt;Ann&lt;/i&gt;</th>");
	mem_free(mem);
}

static void
test_cut(void **state)
{
	struct mem *mem = mem_new();
	struct listing *l = listing_of(mem);
	struct text *want = mem_text_open(mem), *value = mem_text_open(mem);

	(void)state;
	fputs("<td data-label=\"Full name\">", want->out);
	for (int i = 0; i < 80; i++) {
		fputs("\xc3\xa9", want->out);
		fputs("\xc3\xa9", value->out);
	}
	l->values[1] = mem_text(value);
	assert_has(
	    html_of(l), mem_printf(mem, "<td data-label=\"Full name\">%s</td>",
			    l->values[1]));
	fputs("\xe2\x80\xa6</td>", want->out);
	l->values[1] = mem_printf(mem, "%sxy", l->values[1]);
	assert_has(html_of(l), mem_text(want));
	mem_free(mem);
}

static void
test_read_only(void **state)
{
	struct mem *mem = mem_new();
	struct listing *l = listing_of(mem);
	char *html;

	(void)state;
	l->scope->rights = RIGHT_READ;
	html = html_of(l);
	assert_has(html, "These entries can be read, not changed.");
	assert_lacks(html, "?new");
	assert_lacks(html, "<pre>");
	l->table.guard = GUARD_NONE;
	l->table.why = WORD_WHY_CANDIDATE;
	l->table.why_arg = "revision";
	l->table.advice = "version_column = revision\nversion_column = none";
	html = html_of(l);
	assert_has(html, "&quot;revision&quot; may be a version");
	assert_has(html,
	    "<pre>version_column = revision\nversion_column = none</pre>");
	l->table.why = WORD_WHY_GRANT;
	l->table.why_arg = "xmin";
	l->table.advice = "GRANT SELECT (xmin) ON member TO web;";
	html = html_of(l);
	assert_has(html, "These entries can be read, not changed.");
	assert_lacks(html, "GRANT");
	mem_free(mem);
}

static void
test_pages(void **state)
{
	struct mem *mem = mem_new();
	struct listing *l = listing_of(mem);
	char *html;

	(void)state;
	l->page.links.next = "/member?_after=7&limit=5";
	html = html_of(l);
	assert_has(html, "href=\"/records/member?_after=7&amp;limit=5\">Next");
	assert_lacks(html, "Previous");
	l->page.links.first = "/member";
	l->page.links.previous = "/member?_before=8";
	html = html_of(l);
	assert_order(html, ">First page<", ">Previous<");
	assert_order(html, ">Previous<", ">Next<");
	l->page.n = 0;
	html = html_of(l);
	assert_has(html, "There are no entries.");
	assert_lacks(html, "<table>");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_read_only),
		cmocka_unit_test(test_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
