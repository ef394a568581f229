#include "view_fixture.h"

#include "view/deletion.h"
#include "view/form.h"

enum {
	ID,
	NAME,
	BORN,
	VERSION,
	N_COLUMNS
};

struct sheet {
	struct mem *mem;
	struct table table;
	struct column columns[N_COLUMNS];
	struct cell cells[N_COLUMNS];
	const char *key[1];
	struct fault fault;
	struct scope *scope;
	struct form_page page;
};

static struct sheet *
sheet_of(struct mem *mem, enum form_mode mode)
{
	static const char *const values[N_COLUMNS] = { "7", "Ann", "2001-02-03",
		"1795224838123456" };
	struct sheet *s = mem_alloc(mem, sizeof *s);

	s->mem = mem;
	s->table.name = "member";
	s->columns[ID] = column_of(1, "id", "int4");
	s->columns[NAME] = text_of(2, "full_name");
	s->columns[BORN] = column_of(3, "born", "date");
	s->columns[VERSION] = column_of(4, "version", "int8");
	s->columns[VERSION].kept = true;
	s->key[0] = "7";
	s->scope = scope_of(mem, &s->table, s->columns, N_COLUMNS);
	s->scope->insert[VERSION] = s->scope->update[VERSION] = false;
	for (size_t i = 0; i < N_COLUMNS; i++)
		s->cells[i] = (struct cell){ .value = values[i],
			.was = values[i],
			.theirs = values[i] };
	s->page = (struct form_page){ .mode = mode,
		.scope = s->scope,
		.label = "Ann <Lee>",
		.key = s->key,
		.state = "v1795224838123456",
		.cells = s->cells };
	return s;
}

static char *
html_of(struct sheet *s)
{
	struct text *text = mem_text_open(s->mem);
	char *html;

	form_page(text->out, s->mem, &site, &s->page);
	html = mem_text(text);
	assert_for_people(html);
	return html;
}

static void
test_edit(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_EDIT);
	char *html;

	(void)state;
	s->page.changed_at = "today";
	s->page.changed_by = "ben";
	s->page.variant = "j1a2b3c";
	html = html_of(s);
	assert_has(html, "<form method=\"post\" enctype=\"multipart/form-data\""
			 " accept-charset=\"utf-8\""
			 " action=\"/records/member/7#");
	assert_has(html, "\" name=\"v1795224838123456\" data-room");
	assert_has(html, " name=\"_etag\" value=\"v1795224838123456\">");
	assert_has(html, " name=\"_token\" value=\"1795.abc\">");
	assert_has(html, "<h1 dir=\"auto\">Ann &lt;Lee&gt;</h1>");
	assert_has(html,
	    "<p class=\"changed\" data-at=\"today\" data-by=\"ben\">"
	    "Last changed today by ben</p>");
	assert_order(html, "<button type=\"submit\">Save</button>",
	    "<span class=\"news\" role=\"status\" data-person=\"a&amp;a\"");
	assert_has(html, " data-variant=\"j1a2b3c\"");
	assert_lacks(html, "data-unsaved");
	assert_has(html, "<button type=\"submit\">Save</button>");
	assert_has(html, "<a href=\"/records/member/7?delete\">Delete</a>");
	assert_order(html, " name=\"id\"", " name=\"full_name\"");
	assert_order(html, " name=\"full_name\"", " name=\"born\"");
	assert_lacks(html, "class=\"notice\"");
	assert_lacks(html, "name=\"version\"");
	assert_lacks(html, "autofocus");
	mem_free(mem);
}

static void
test_edit_by_query(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_EDIT);
	char *html;

	(void)state;
	s->key[0] = "a/b";
	html = html_of(s);
	assert_has(html, " action=\"/records/member?_key=a%2Fb#");
	assert_has(html, "href=\"/records/member?_key=a%2Fb&amp;delete\"");
	mem_free(mem);
}

static void
test_scope(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_EDIT);
	char *html;

	(void)state;
	s->scope->update[ID] = false;
	s->scope->read[BORN] = false;
	s->scope->rights &= ~(unsigned)RIGHT_DELETE;
	html = html_of(s);
	assert_lacks(html, " name=\"id\"");
	assert_has(html, "<p class=\"value\" dir=\"auto\">7</p>");
	assert_lacks(html, "2001-02-03");
	assert_lacks(html, "name=\"born\"");
	assert_lacks(html, "?delete");
	s->scope->rights = RIGHT_READ;
	html = html_of(s);
	assert_lacks(html, "<form");
	assert_lacks(html, "<button");
	assert_has(html, "<p class=\"value\" dir=\"auto\">Ann</p>");
	assert_has(html, "These entries can be read, not changed.");
	mem_free(mem);
}

static void
test_new(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_NEW);
	char *html;

	(void)state;
	s->page.creates = true;
	s->page.label = NULL;
	s->page.key = NULL;
	s->page.state = "";
	s->scope->insert[ID] = false;
	memset(s->cells, 0, sizeof s->cells);
	html = html_of(s);
	assert_has(html, " action=\"/records/member#");
	assert_has(html, " name=\"_etag\" value=\"\">");
	assert_has(html, "<h1 dir=\"auto\">New entry</h1>");
	assert_has(html, "<button type=\"submit\">Create</button>");
	assert_has(html, " name=\"_wasnull.full_name\"");
	assert_lacks(html, "id=\"c1\"");
	assert_lacks(html, "Delete");
	assert_has(html, "class=\"news\"");
	assert_lacks(html, "data-variant");
	mem_free(mem);
}

static void
test_invalid(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_INVALID);
	char *html;

	(void)state;
	fault_set(&s->fault, OUT_INVALID, NULL, WORD_F_NOT_NULL, NULL, NULL);
	s->page.fault = &s->fault;
	s->cells[NAME].value = "typed <i>";
	s->cells[NAME].error = "too <long>";
	s->cells[BORN].error = "no day";
	s->cells[BORN].value = "2001-02-31";
	s->page.unsaved = true;
	html = html_of(s);
	assert_has(html, "<h1 dir=\"auto\">Not saved yet</h1>");
	assert_order(html, "role=\"alert\"", "<form");
	assert_has(html,
	    "<a href=\"#c2\">Full name: too &lt;long&gt;</a></li>\n"
	    "<li><a href=\"#c3\">Born: no day</a>");
	assert_has(html, "value=\"typed &lt;i&gt;\"");
	assert_has(html, "value=\"2001-02-31\"");
	assert_has(html, " name=\"_was.full_name\" value=\"Ann\">");
	assert_has(html, " data-unsaved");
	assert_order(html, " name=\"full_name\"", " autofocus");
	assert_null(strstr(strstr(html, " autofocus") + 1, " autofocus"));
	assert_lacks(html, "This has to be filled in.");
	mem_free(mem);
}

/* A fault that no field shows is said at the top. */
static void
test_invalid_without_field(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_INVALID);

	(void)state;
	fault_set(&s->fault, OUT_INVALID, NULL, WORD_F_CHECK,
	    "violates check constraint", NULL);
	s->fault.constraint = "born_before_joined";
	s->page.fault = &s->fault;
	assert_has(html_of(s), "<p class=\"error\">This value is not allowed "
			       "here: Born before joined</p>");
	fault_set(&s->fault, OUT_INVALID, NULL, WORD_F_NOT_NULL, NULL, NULL);
	s->fault.column = "hidden_one";
	assert_has(html_of(s), "<p class=\"error\">Hidden one: This has to be "
			       "filled in.</p>");
	mem_free(mem);
}

static void
test_gone(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_GONE);
	char *html;

	(void)state;
	s->page.creates = true;
	s->page.state = "";
	s->scope->insert[BORN] = false;
	s->cells[NAME].value = "typed";
	html = html_of(s);
	assert_has(html, "value=\"typed\"");
	assert_has(html, "<p class=\"value\" dir=\"auto\">2001-02-03</p>");
	assert_has(html, " action=\"/records/member#");
	assert_has(html, " name=\"_etag\" value=\"\">");
	assert_has(html, "<button type=\"submit\">Create again</button>");
	assert_lacks(html, "href=\"/records/member/7\"");
	mem_free(mem);
}

static char *
delete_of(struct sheet *s, bool stale)
{
	static const char *const values[N_COLUMNS] = { "7", "Ann <Lee>", NULL,
		"1" };
	const struct row row = {
		.state = "v9",
		.key = s->key,
		.values = values,
		.changed_by = "ben",
		.changed_at = "at 14:02",
	};
	struct cell cells[N_COLUMNS] = { { 0 } };
	struct contest contests[N_COLUMNS] = { { 0 } };
	struct deletion page = {
		.scope = s->scope, .row = &row, .label = "Ann", .cells = cells
	};
	struct text *text = mem_text_open(s->mem);
	char *html;

	for (size_t i = 0; i < N_COLUMNS; i++)
		cells[i].value = cells[i].theirs = values[i];
	cells[NAME].base = "Ann";
	contests[NAME].base_known = true;
	contests[NAME].merge = MERGE_THEIRS;
	if (stale)
		page.contests = contests;
	deletion_page(text->out, s->mem, &site, &page);
	html = mem_text(text);
	assert_for_people(html);
	return html;
}

static void
test_delete(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_EDIT);
	char *html = delete_of(s, false);

	(void)state;
	assert_has(html, " action=\"/records/member/7#");
	assert_has(html, " name=\"_method\" value=\"DELETE\">");
	assert_has(html, " name=\"_etag\" value=\"v9\">");
	assert_has(html, " name=\"_token\" value=\"1795.abc\">");
	assert_has(html, "Ann &lt;Lee&gt;</p>");
	assert_has(html, " name=\"_was.full_name\" value=\"Ann &lt;Lee&gt;\">");
	assert_has(html, " name=\"_wasnull.born\" value=\"1\">");
	assert_lacks(html, "_was.version");
	assert_has(html, "It will be gone for good.");
	assert_lacks(html, "role=\"alert\"");
	html = delete_of(s, true);
	assert_has(html, "changed after you opened it");
	assert_has(html, "Last changed at 14:02 by ben");
	assert_has(html,
	    "<b dir=\"auto\">Full name</b>: changed meanwhile. "
	    "<span>Before: <bdi class=\"given\">Ann</bdi></span> "
	    "<span>Now: <bdi class=\"given\">Ann &lt;Lee&gt;</bdi>");
	mem_free(mem);
}

static void
test_merged(void **state)
{
	static const bool columns[N_COLUMNS] = { [BORN] = true };
	static const bool none[N_COLUMNS] = { false };
	struct form_merged merged = { columns, "B<n>", "at 14:02" };
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_EDIT);
	char *html;

	(void)state;
	s->page.merged = &merged;
	html = html_of(s);
	assert_order(html, "class=\"note\" role=\"status\"", "<form");
	assert_has(html, "Meanwhile B&lt;n&gt; had changed the entry, too "
			 "(at 14:02).");
	assert_has(html, "<ul>\n<li>Born</li>\n</ul>");
	merged.by = NULL;
	assert_has(html_of(s), "changed by somebody else, too.");
	merged.columns = none;
	assert_lacks(html_of(s), "class=\"note\"");
	mem_free(mem);
}

static void
test_gone_as_another(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, FORM_GONE);
	char *html;

	(void)state;
	s->page.creates = true;
	assert_lacks(html_of(s), "_copy");
	s->columns[ID].identity = 'd';
	html = html_of(s);
	assert_order(html, ">Create again</button>",
	    "name=\"_copy\" value=\"1\" class=\"second\">Create as a new "
	    "entry");
	s->scope->rights &= ~(unsigned)RIGHT_CREATE;
	html = html_of(s);
	assert_has(html, "Copy from below what you still need.");
	assert_has(html, "<p class=\"value\" dir=\"auto\">Ann</p>");
	assert_lacks(html, "<form");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edit),
		cmocka_unit_test(test_edit_by_query),
		cmocka_unit_test(test_scope),
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_invalid),
		cmocka_unit_test(test_invalid_without_field),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_delete),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_gone_as_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
