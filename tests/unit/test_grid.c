#include "view_fixture.h"

#include "view/dispute.h"
#include "view/grid.h"

enum {
	ID,
	NAME,
	PHONE,
	N_COLUMNS
};

enum {
	N_ROWS = 3
};

struct sheet {
	struct mem *mem;
	struct table table;
	struct column columns[N_COLUMNS];
	struct cell cells[N_ROWS][N_COLUMNS];
	struct contest contests[N_ROWS][N_COLUMNS];
	const char *values[N_ROWS][N_COLUMNS];
	const char *keys[N_ROWS][1];
	struct row saved[N_ROWS];
	struct several_row rows[N_ROWS];
	bool edited[N_COLUMNS];
	struct list_links links;
	struct several_page page;
};

/* Three rows, of which phones are edited. */
static struct sheet *
sheet_of(struct mem *mem)
{
	static const char *const keys[N_ROWS] = { "1", "2", "3" };
	static const char *const labels[N_ROWS] = { "Ann <Lee>", "Bert",
		"Cleo" };
	struct sheet *s = mem_alloc(mem, sizeof *s);

	s->mem = mem;
	s->table.name = "member";
	s->columns[ID] = column_of(1, "id", "int4");
	s->columns[NAME] = text_of(2, "full_name");
	s->columns[PHONE] = text_of(3, "phone");
	s->edited[PHONE] = true;
	for (size_t i = 0; i < N_ROWS; i++) {
		s->keys[i][0] = s->values[i][ID] = keys[i];
		s->values[i][NAME] = labels[i];
		s->values[i][PHONE] = "030";
		s->saved[i] = (struct row){
			.key = s->keys[i], .state = "v8", .values = s->values[i]
		};
		s->cells[i][PHONE] = (struct cell){
			.value = "030", .was = "030", .whole = true
		};
		s->rows[i] = (struct several_row){ .key = s->keys[i],
			.state = "v7",
			.label = labels[i],
			.row = &s->saved[i],
			.cells = s->cells[i],
			.contests = s->contests[i] };
	}
	s->page = (struct several_page){
		.scope = scope_of(mem, &s->table, s->columns, N_COLUMNS),
		.columns = s->edited,
		.rows = s->rows,
		.n = N_ROWS,
		.url = "/member?_edit=phone",
		.list = "/member",
	};
	return s;
}

static char *
html_of(struct sheet *s)
{
	struct text *text = mem_text_open(s->mem);
	char *html;

	grid_page(text->out, s->mem, &site, &s->page);
	html = mem_text(text);
	assert_for_people(html);
	return html;
}

static void
test_each_row_is_a_form_of_its_own(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem);
	char *html = html_of(s);

	(void)state;
	assert_has(html, " action=\"/records/member?_edit=phone#");
	assert_has(html, " name=\"_rows\" value=\"3\">");
	assert_has(html, " name=\"_row.0._key\" value=\"1\">");
	assert_has(html, " name=\"_row.1._etag\" value=\"v7\">");
	assert_has(html, " name=\"_row.0._label\" value=\"Ann &lt;Lee&gt;\">");
	assert_has(html, " name=\"_row.2.phone\"");
	assert_has(html, " name=\"_was._row.2.phone\" value=\"030\">");
	assert_has(html, "Phone, Ann &lt;Lee&gt;");
	assert_lacks(html, "_row.0.full_name");
	assert_lacks(html, "_row.3");
	mem_free(mem);
}

/* What refers to other pages saves first. */
static void
test_pages(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem);
	char *html;

	(void)state;
	assert_lacks(html_of(s), "_go");
	s->page.links = &s->links;
	assert_lacks(html_of(s), "_go");
	s->links.next = "/member?_edit=phone&_after=3";
	s->links.first = "/member";
	html = html_of(s);
	assert_has(html, " name=\"_go\" value=\"_edit=phone&amp;_after=3\">"
			 "Save and next page</button>");
	assert_has(
	    html, " name=\"_go\" value=\"\">Save and first page</button>");
	assert_lacks(html, "Save and previous page");
	/* Enter presses the first */
	assert_order(html, "\">Save</button>", "Save and next page");
	assert_order(html, "Save and next page", "</form>");
	assert_lacks(html, "href=\"/records/member?_edit=phone&amp;_after");
	mem_free(mem);
}

/* A draft is kept, and what came back is unsaved from the start. */
static void
test_unsaved(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem);

	(void)state;
	assert_has(html_of(s), "class=\"news\"");
	assert_has(html_of(s), " data-person=\"a&amp;a\" data-offer");
	s->page.unsaved = true;
	assert_has(html_of(s), " data-person=\"a&amp;a\" data-unsaved");
	s->page.unsaved = false;
	s->page.again = true;
	assert_has(html_of(s), " data-person=\"a&amp;a\" data-unsaved");
	mem_free(mem);
}

static void
test_note(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem);

	(void)state;
	s->page.note = WORD_SAVED_ROWS;
	s->page.number = "4";
	assert_has(html_of(s), "role=\"status\">Entries saved: 4.</p>");
	mem_free(mem);
}

static void
test_fates(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem);
	struct cell *stale = &s->cells[1][PHONE];
	char *html;

	(void)state;
	s->page.again = true;
	s->page.done = 2;
	s->rows[0].fate = SEVERAL_REFUSED;
	s->rows[0].error = "No & no";
	s->rows[1].fate = SEVERAL_STALE;
	s->saved[1].changed_by = "B<n>";
	s->saved[1].changed_at = "at 14:02";
	*stale = (struct cell){ .value = "mine",
		.was = "theirs",
		.theirs = "theirs",
		.base = "before",
		.whole = true,
		.touched = true };
	s->contests[1][PHONE] = (struct contest){
		.merge = MERGE_DISPUTE, .base_known = true, .base_whole = true
	};
	s->rows[2].fate = SEVERAL_GONE;
	s->rows[2].row = NULL;
	s->cells[2][PHONE].touched = true;
	s->cells[2][PHONE].value = "typed & kept";
	html = html_of(s);
	assert_has(html, "Entries saved: 2.");
	assert_has(html, "No &amp; no");
	assert_has(html, "B&lt;n&gt; saved this entry at 14:02");
	assert_has(html, "Keep what is saved now");
	assert_has(html, " name=\"_choice._row.1.phone\" value=\"mine\">");
	assert_lacks(html, " value=\"mine\" checked");
	assert_has(html, " name=\"_base._row.1.phone\" value=\"before\">");
	assert_has(html, dispute_held(mem, "mine"));
	assert_has(html, "<dd class=\"value\" dir=\"auto\">typed &amp; kept");
	assert_lacks(html, "_row.2._key");
	assert_lacks(html, "_row.2.phone");
	mem_free(mem);
}

/* Nothing is left to be sent. */
static void
test_all_gone(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem);
	char *html;

	(void)state;
	s->page.again = true;
	for (size_t i = 0; i < N_ROWS; i++) {
		s->rows[i].fate = SEVERAL_GONE;
		s->rows[i].row = NULL;
	}
	html = html_of(s);
	assert_lacks(html, "<button type=\"submit\"");
	assert_lacks(html, "class=\"news\"");
	assert_has(html, "Back to the list</a>");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_row_is_a_form_of_its_own),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_unsaved),
		cmocka_unit_test(test_note),
		cmocka_unit_test(test_fates),
		cmocka_unit_test(test_all_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
