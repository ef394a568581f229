#include "view_fixture.h"

#include "view/control.h"
#include "view/reference.h"
#include "view/widget.h"

/* A column that refers to a table of two rows, of which one is named. */
struct referring {
	struct mem *mem;
	struct table table;
	struct column columns[2], column;
	struct choice_option options[3];
	const struct choice_option *named[2];
	const char *key[1], *seven[1], *nine[1];
	const char *const *values[2];
	size_t target;
	struct choice choice;
	struct cell cell;
};

static struct referring *
referring_of(struct mem *mem)
{
	struct referring *r = mem_alloc(mem, sizeof *r);

	r->mem = mem;
	r->table.name = "club";
	r->columns[0] = column_of(1, "id", "int4");
	r->columns[1] = text_of(2, "name");
	r->column = column_of(5, "club_id", "int4");
	r->key[0] = "7";
	r->options[0] =
	    (struct choice_option){ "6", "Ann's <club>", r->key, false };
	r->options[1] = (struct choice_option){ "7", "Same", r->key, true };
	r->options[2] = (struct choice_option){ "8", "Same", r->key, true };
	r->named[0] = &r->options[1];
	r->seven[0] = "7";
	r->nine[0] = "9";
	r->values[0] = r->seven;
	r->values[1] = r->nine;
	r->choice = (struct choice){
		.scope = scope_of(mem, &r->table, r->columns, 2),
		.n = 1,
		.targets = &r->target,
		.values = r->values,
		.n_values = 2,
		.offered = true,
		.known = true,
		.named = r->named,
		.options = r->options,
		.n_options = 3,
	};
	r->cell =
	    (struct cell){ .value = "7", .was = "7", .choice = &r->choice };
	return r;
}

static char *
widget(struct referring *r)
{
	struct text *text = mem_text_open(r->mem);

	widget_write(text->out, r->mem, &site, &r->column, &r->cell);
	return mem_text(text);
}

static void
test_text(void **state)
{
	static const struct {
		struct choice_option option;
		const char *text;
	} cases[] = {
		{ { "7", "Ann", NULL, false }, "Ann" },
		{ { "7", "Ann", NULL, true }, "Ann (7)" },
		{ { "7", "7", NULL, true }, "7" },
		{ { "7", "", NULL, false }, "7" },
		{ { "7", " \t", NULL, true }, "7" },
	};
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    reference_text(mem, &cases[i].option), cases[i].text);
	mem_free(mem);
}

static void
test_select(void **state)
{
	struct mem *mem = mem_new();
	struct referring *r = referring_of(mem);
	char *html = widget(r);

	(void)state;
	assert_has(html, "<option value=\"\">no value</option>\n"
			 "<option value=\"6\">Ann&#39;s &lt;club&gt;</option>\n"
			 "<option value=\"7\" selected>Same (7)</option>\n"
			 "<option value=\"8\">Same (8)</option>\n</select>");
	assert_has(html, " aria-describedby=\"c5-refers\"");
	assert_has(html, "<p class=\"refers\" id=\"c5-refers\" dir=\"auto\">"
			 "<a href=\"/records/club/7\">Open Same (7)</a></p>");
	r->column.not_null = true;
	assert_lacks(widget(r), "no value");
	r->cell.value = r->cell.was = NULL;
	html = widget(r);
	assert_has(html, " required>\n<option value=\"\" selected>Please");
	assert_lacks(html, "c5-refers");
	mem_free(mem);
}

/* Numbers that are equal may have several texts; the row's own stays. */
static void
test_present(void **state)
{
	struct mem *mem = mem_new();
	struct referring *r = referring_of(mem);
	char *html;

	(void)state;
	r->seven[0] = r->cell.value = r->cell.was = "7.00";
	html = widget(r);
	assert_has(html, "<option value=\"7.00\" selected>Same (7)</option>");
	assert_lacks(html, "<option value=\"7\"");
	r->cell.value = r->cell.was = "9";
	html = widget(r);
	assert_has(html, "<option value=\"9\" selected>9 (not found)</option>\n"
			 "<option value=\"6\"");
	assert_has(html, "There is no such entry, or you may not see it.");
	mem_free(mem);
}

/* A text column's empty choice is no value, without a box to tick. */
static void
test_text_column(void **state)
{
	struct mem *mem = mem_new();
	struct referring *r = referring_of(mem);
	char *html;

	(void)state;
	r->column.text = true;
	html = widget(r);
	assert_has(
	    html, "<input type=\"hidden\" name=\"_null.club_id\" value=\"1\">");
	assert_lacks(html, "checkbox");
	r->column.not_null = true;
	r->cell.was = NULL;
	r->cell.value = NULL;
	assert_has(widget(r), " required>");
	mem_free(mem);
}

/* What a choice could not give back unchanged is typed. */
static void
test_plain(void **state)
{
	static const char *const texts[] = { "", "a\nb", "a\rb" };
	struct mem *mem = mem_new();
	struct referring *r = referring_of(mem);

	(void)state;
	assert_true(control_refers(&r->cell));
	for (size_t i = 0; i < COUNT(texts); i++) {
		r->cell.value = texts[i];
		assert_false(control_refers(&r->cell));
		r->cell.value = NULL;
		r->cell.was = texts[i];
		assert_false(control_refers(&r->cell));
		r->cell.was = NULL;
		r->cell.theirs = texts[i];
		assert_false(control_refers(&r->cell));
		r->cell.theirs = NULL;
		r->options[2].value = texts[i];
		assert_false(control_refers(&r->cell));
		r->options[2].value = "8";
	}
	r->choice.offered = false;
	assert_false(control_refers(&r->cell));
	r->cell.choice = NULL;
	assert_false(control_refers(&r->cell));
	mem_free(mem);
}

static void
test_picker(void **state)
{
	struct mem *mem = mem_new();
	struct referring *r = referring_of(mem);
	char *html;

	(void)state;
	r->choice.many = true;
	r->choice.n_options = 0;
	html = widget(r);
	assert_has(html, "<input type=\"text\" id=\"c5\" name=\"club_id\"");
	assert_has(html, " value=\"7\">");
	assert_has(html, " data-choice=\"/records/club?_column=id&amp;limit=20"
			 "&amp;_choice=\"");
	assert_has(html, " data-label=\"Same (7)\"");
	assert_has(html, "<button type=\"submit\" formnovalidate value=\"1\""
			 " name=\"_search.club_id\">Search</button>");
	assert_has(html, "<label for=\"c5-query\">Search for Club id</label>");
	r->choice.search = "<x>";
	html = widget(r);
	assert_lacks(html, "data-choice");
	assert_has(html, "<select id=\"c5\" name=\"club_id\"");
	assert_has(html, "<option value=\"7\" selected>Same (7)</option>");
	assert_has(html, "Nothing found for \xe2\x80\x9c&lt;x&gt;\xe2\x80\x9d");
	assert_has(html, "c5-refers c5-found\"");
	r->choice.n_options = 3;
	assert_has(widget(r), ": more than 3;");
	r->choice.many = false;
	assert_has(widget(r), ": 3. Choose above.");
	mem_free(mem);
}

/* Of several columns together there is a link alone. */
static void
test_composite(void **state)
{
	struct mem *mem = mem_new();
	struct referring *r = referring_of(mem);
	char *html;

	(void)state;
	r->choice.n = 2;
	r->choice.offered = false;
	html = widget(r);
	assert_has(html, "<input type=\"text\" id=\"c5\"");
	assert_has(html, "<a href=\"/records/club/7\">Open Same (7)</a>");
	r->choice.n_values = 0;
	assert_lacks(widget(r), "refers");
	mem_free(mem);
}

static void
test_json(void **state)
{
	struct mem *mem = mem_new();
	struct referring *r = referring_of(mem);
	struct text *text = mem_text_open(mem);

	(void)state;
	reference_json(text->out, mem, &site, &r->choice);
	assert_string_equal(mem_text(text),
	    "[{\"value\":\"6\",\"label\":\"Ann's <club>\"},"
	    "{\"value\":\"7\",\"label\":\"Same (7)\"},"
	    "{\"value\":\"8\",\"label\":\"Same (8)\"}]");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_select),
		cmocka_unit_test(test_present),
		cmocka_unit_test(test_text_column),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_picker),
		cmocka_unit_test(test_composite),
		cmocka_unit_test(test_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
