#include "view_fixture.h"

#include <stdlib.h>

#include "view/was.h"
#include "view/widget.h"

static char *
html_of(struct mem *mem, const struct column *column, const struct cell *cell)
{
	struct text *text = mem_text_open(mem);

	widget_write(text->out, mem, &site, column, cell);
	return mem_text(text);
}

static struct cell
cell_of(const char *value)
{
	return (struct cell){ .value = value,
		.was = value,
		.theirs = value,
		.whole = value == NULL || !was_is_hash(value) };
}

/*
 * What a browser makes of a control, as far as our own output needs it.
 */

/* Replaces the character references that html_text writes. */
static char *
decoded(struct mem *mem, const char *at, size_t len)
{
	static const struct {
		const char *name, *text;
	} references[] = {
		{ "&amp;", "&" },
		{ "&lt;", "<" },
		{ "&gt;", ">" },
		{ "&quot;", "\"" },
		{ "&#39;", "'" },
		{ "&#13;", "\r" },
	};
	struct text *text = mem_text_open(mem);
	const char *end = at + len;

	while (at < end) {
		size_t i = 0;

		while (i < COUNT(references) &&
		       strncmp(at, references[i].name,
			   strlen(references[i].name)) != 0)
			i++;
		if (i < COUNT(references)) {
			fputs(references[i].text, text->out);
			at += strlen(references[i].name);
			continue;
		}
		/* A bare one would be read as something else. */
		assert_true(*at != '&' && *at != '<' && *at != '\r');
		putc(*at++, text->out);
	}
	return mem_text(text);
}

/* The tag around the attribute name="NAME", or NULL. */
static const char *
tag_of(struct mem *mem, const char *html, const char *name)
{
	const char *at = strstr(html, mem_printf(mem, " name=\"%s\"", name));

	while (at != NULL && *at != '<')
		at--;
	return at;
}

static char *
attribute(struct mem *mem, const char *tag, const char *name)
{
	const char *end = strchr(tag, '>');
	const char *at = strstr(tag, mem_printf(mem, " %s=\"", name));

	if (at == NULL || at > end)
		return NULL;
	at = strchr(at, '"') + 1;
	return decoded(mem, at, strcspn(at, "\""));
}

/* Every line break travels as CRLF. */
static char *
sent(struct mem *mem, const char *value)
{
	struct text *text = mem_text_open(mem);

	for (; *value != '\0'; value++) {
		if (*value == '\r' || *value == '\n')
			fputs("\r\n", text->out);
		else
			putc(*value, text->out);
		if (*value == '\r' && value[1] == '\n')
			value++;
	}
	return mem_text(text);
}

static char *
selected(struct mem *mem, const char *tag)
{
	const char *end = strstr(tag, "</select>");
	const char *at = tag;

	while ((at = strstr(at, "<option")) != NULL && at < end) {
		const char *close = strchr(at, '>');

		if (strncmp(close - strlen(" selected"), " selected", 9) == 0)
			return attribute(mem, at, "value");
		at = close;
	}
	fail_msg("no option is selected: %s", tag);
	return NULL;
}

/* What comes back from a field that nobody touched; NULL: nothing. */
static char *
posted(struct mem *mem, const char *html, const char *name)
{
	const char *tag = tag_of(mem, html, name), *end, *at;
	char *value;

	if (tag == NULL)
		return NULL;
	if (strncmp(tag, "<select", 7) == 0)
		return selected(mem, tag);
	if (strncmp(tag, "<textarea", 9) == 0) {
		end = strstr(tag, "</textarea>");
		at = strchr(tag, '>') + 1;
		at += *at == '\n';
		return sent(mem, decoded(mem, at, (size_t)(end - at)));
	}
	value = attribute(mem, tag, "value");
	if (strcmp(attribute(mem, tag, "type"), "text") == 0)
		value[strcspn(value, "\r\n")] = '\0';
	return sent(mem, value);
}

static void
assert_untouched(
    struct mem *mem, const struct column *column, const char *value)
{
	struct cell cell = cell_of(value);
	char *html = html_of(mem, column, &cell);
	char *name = widget_name(mem, column);
	char *back = posted(mem, html, name);
	char *was = posted(mem, html, mem_printf(mem, "_was.%s", name));
	char *null = posted(mem, html, mem_printf(mem, "_wasnull.%s", name));

	assert_non_null(back);
	assert_non_null(was);
	if (was_touched(mem, back, was))
		fail_msg("comes back changed: %s", html);
	assert_int_equal(null != NULL, value == NULL);
	/* The same text typed anew is as good as untouched; another is not. */
	assert_true(was_touched(mem, mem_printf(mem, "%sx", back), was));
}

static void
test_any_text_comes_back(void **state)
{
	static const char *const texts[] = { NULL, "", " ", "  two  ", "\n",
		"\n\nlead", "\r\nlead", "\r", "a\r\nb\rc\nd", "trail\n",
		"trail\r\n", "\ttab\t", "\"", "'", "&", "&amp;", "&#13;", "<b>",
		"</textarea><script>", "\">\n<img src=x>", "\001\002\037\177",
		"\f\v", "-1", "NaN", "2024-02-29", "2023-02-29", "infinity",
		"0044-03-15 BC", "10000-01-01", "t", "f", "maybe",
		"{1,NULL,\"a b\"}", "{\"a\":\n1}", "\\x00ff",
		"\xe2\x80\x8b\xf0\x9f\x98\x80",
		"a\xe2\x80\xae"
		"b",
		"#e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b"
		"855" };
	static const char *const bases[] = { "text", "varchar", "bpchar",
		"int4", "numeric", "bool", "date", "timestamptz", "json", "xml",
		"_text", "uuid", "interval" };
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(bases); i++)
		for (size_t j = 0; j < COUNT(texts); j++)
			for (int flags = 0; flags < 4; flags++) {
				struct column c =
				    column_of(1, "field", bases[i]);

				c.text = (flags & 1) != 0;
				c.not_null = (flags & 2) != 0;
				c.max_length = 5;
				assert_untouched(mem, &c, texts[j]);
			}
	mem_free(mem);
}

static void
test_long_text_comes_back(void **state)
{
	struct mem *mem = mem_new();
	struct column column = text_of(1, "field");

	(void)state;
	for (size_t size = 55; size < 5000; size = size * 5 / 4 + 1) {
		char *text = mem_alloc(mem, size + 1);

		memset(text, 'a', size);
		assert_untouched(mem, &column, text);
		text[size / 2] = '\n';
		assert_untouched(mem, &column, text);
		text[size / 3] = '\r';
		assert_untouched(mem, &column, text);
	}
	mem_free(mem);
}

static void
test_enum_comes_back(void **state)
{
	static const char *const labels[] = { "red", "green, light", "na\"ve" };
	static const char *const empty[] = { "red", "" };
	static const char *const values[] = { NULL, "", "red", "na\"ve", "gone",
		" red" };
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++)
		for (int flags = 0; flags < 4; flags++) {
			struct column c = column_of(1, "colour", "colour");

			c.kind = 'e';
			c.not_null = (flags & 1) != 0;
			c.labels = flags & 2 ? empty : labels;
			c.n_labels = flags & 2 ? 2 : 3;
			c.text = (flags & 2) != 0;
			assert_untouched(mem, &c, values[i]);
		}
	mem_free(mem);
}

static void
test_names(void **state)
{
	struct mem *mem = mem_new();
	struct column column = text_of(12, "_etag");
	struct cell cell = cell_of(NULL);
	char *html = html_of(mem, &column, &cell);

	(void)state;
	assert_has(html, " name=\"_c._etag\"");
	assert_has(html, " name=\"_was._c._etag\" value=\"\"");
	assert_has(html, " name=\"_wasnull._c._etag\" value=\"1\"");
	assert_has(html, " name=\"_null._c._etag\" value=\"1\" checked>");
	assert_lacks(html, " name=\"_etag\"");
	assert_has(html, "<label dir=\"auto\" for=\"c12\">Etag</label>");
	column = text_of(3, "<img src=\"x\">");
	assert_string_equal(widget_name(mem, &column), column.name);
	html = html_of(mem, &column, &cell);
	assert_has(html, " name=\"&lt;img src=&quot;x&quot;&gt;\"");
	assert_lacks(html, "<img");
	mem_free(mem);
}

static void
test_controls(void **state)
{
	static const struct {
		const char *base, *value, *want;
	} cases[] = {
		{ "text", "short", "<input type=\"text\"" },
		{ "text", "two\nlines", "<textarea" },
		{ "text", "return\r", "<textarea" },
		{ "text",
		    "more than sixty characters are written into "
		    "a box of several lines",
		    "<textarea" },
		{ "varchar", "two\nlines", "<textarea" },
		{ "int4", "1", "inputmode=\"numeric\"" },
		{ "numeric", "1.50", "inputmode=\"decimal\"" },
		{ "date", "2024-02-29", "<input type=\"date\"" },
		{ "date", NULL, "<input type=\"date\"" },
		{ "date", "2023-02-29", "<input type=\"text\"" },
		{ "date", "1900-02-29", "<input type=\"text\"" },
		{ "date", "2000-02-29", "<input type=\"date\"" },
		{ "date", "2024-04-31", "<input type=\"text\"" },
		{ "date", "0000-01-01", "<input type=\"text\"" },
		{ "date", "infinity", "<input type=\"text\"" },
		{ "date", "0044-03-15 BC", "<input type=\"text\"" },
		{ "time", "10:00:00", "<input type=\"time\"" },
		{ "time", "10:00:00.5", "step=\"0.001\"" },
		{ "time", "24:00:00", "<input type=\"text\"" },
		{ "time", "10:00:00.0001", "<input type=\"text\"" },
		{ "timestamp", "2024-02-29 12:00:01",
		    "step=\"1\" value=\"2024-02-29T12:00:01\"" },
		{ "timestamp", NULL, "<input type=\"datetime-local\"" },
		{ "timestamp", "infinity", "<input type=\"text\"" },
		{ "timestamp", "2024-02-29 12:00:00.123456",
		    "<input type=\"text\"" },
		{ "bytea", "\\x00", "<input type=\"file\"" },
		{ "json", "{}", "<textarea" },
		{ "xml", "", "<textarea" },
		{ "_int4", "{1}", "<textarea" },
		{ "timestamptz", "2024-02-29 12:00:00+01",
		    "<input type=\"text\"" },
		{ "bool", "t", "<option value=\"t\" selected>yes</option>" },
		{ "bool", "f", "<option value=\"f\" selected>no</option>" },
		{ "bool", NULL, "<option value=\"\" selected>no value" },
	};
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct column column = column_of(1, "field", cases[i].base);
		struct cell cell = cell_of(cases[i].value);

		assert_has(html_of(mem, &column, &cell), cases[i].want);
	}
	mem_free(mem);
}

/* No control may empty what the others hold: all three dates count. */
static void
test_date_by_all_values(void **state)
{
	struct mem *mem = mem_new();
	struct column column = column_of(1, "born", "date");
	struct cell cell = cell_of("2024-01-01");

	(void)state;
	cell.theirs = "infinity";
	assert_lacks(html_of(mem, &column, &cell), "type=\"date\"");
	cell.theirs = NULL;
	cell.was = "-infinity";
	assert_lacks(html_of(mem, &column, &cell), "type=\"date\"");
	cell = cell_of("2024-01-01");
	cell.value = "2024-02-30";
	assert_lacks(html_of(mem, &column, &cell), "type=\"date\"");
	mem_free(mem);
}

static void
test_number_pad(void **state)
{
	struct mem *mem = mem_new();
	struct column column = column_of(1, "n", "int4");
	struct cell cell = cell_of("-5");

	(void)state;
	assert_lacks(html_of(mem, &column, &cell), "inputmode");
	cell = cell_of(NULL);
	assert_has(html_of(mem, &column, &cell), "inputmode=\"numeric\"");
	mem_free(mem);
}

static void
test_required(void **state)
{
	static const struct {
		const char *base;
		bool not_null, text, has_default;
		const char *was;
		bool want;
	} cases[] = {
		{ "int4", true, false, false, NULL, true },
		{ "int4", true, false, true, NULL, false },
		{ "int4", true, false, true, "1", true },
		{ "int4", false, false, false, "1", false },
		{ "text", true, true, false, NULL, false },
		{ "date", true, false, false, NULL, true },
		{ "bool", true, false, false, NULL, true },
		{ "json", true, false, false, NULL, true },
	};
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct column c = column_of(1, "field", cases[i].base);
		struct cell cell = cell_of(cases[i].was);
		char *html;

		c.not_null = cases[i].not_null;
		c.text = cases[i].text;
		c.default_sql = cases[i].has_default ? "1" : NULL;
		html = html_of(mem, &c, &cell);
		assert_int_equal(
		    strstr(html, " required") != NULL, cases[i].want);
		assert_int_equal(
		    strstr(html, "(required)") != NULL, cases[i].want);
	}
	mem_free(mem);
}

static void
test_no_value_box(void **state)
{
	struct mem *mem = mem_new();
	struct column column = text_of(5, "nick_name");
	struct cell cell = cell_of(NULL);
	char *html = html_of(mem, &column, &cell);

	(void)state;
	assert_has(html, "name=\"_null.nick_name\" value=\"1\" checked>");
	assert_has(html, "<label for=\"c5-null\">no value"
			 "<span class=\"aloud\">: Nick name</span></label>");
	cell = cell_of("");
	html = html_of(mem, &column, &cell);
	assert_has(html, "name=\"_null.nick_name\" value=\"none\">");
	assert_lacks(html, "_wasnull");
	column.not_null = true;
	assert_lacks(html_of(mem, &column, &cell), "_null.");
	column = column_of(1, "n", "int4");
	assert_lacks(html_of(mem, &column, &cell), "_null.");
	mem_free(mem);
}

static void
test_length(void **state)
{
	static const struct {
		const char *value;
		bool want;
	} cases[] = {
		{ NULL, true },
		{ "ab", true },
		{ "abcde", true },
		{ "abcdef", false },
		{ "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", true },
		{ "\xf0\x9f\x98\x80\xf0\x9f\x98\x80", true },
	};
	struct mem *mem = mem_new();
	struct column column = text_of(1, "code");

	(void)state;
	column.base = "varchar";
	column.max_length = 5;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct cell cell = cell_of(cases[i].value);

		assert_int_equal(strstr(html_of(mem, &column, &cell),
				     " maxlength=\"10\"") != NULL,
		    cases[i].want);
	}
	mem_free(mem);
}

/* A file's control carries nothing of what is stored but its hash. */
static void
test_bytes(void **state)
{
	struct mem *mem = mem_new();
	struct column column = column_of(1, "photo", "bytea");
	char *text = mem_alloc(mem, 2 + 2 * 1001 + 1);
	struct cell cell = cell_of(text);
	char *html;

	(void)state;
	memset(text, '0', 2 + 2 * 1001);
	text[0] = '\\';
	text[1] = 'x';
	cell.whole = false;
	cell.link = "/t/1/photo";
	html = html_of(mem, &column, &cell);
	assert_has(html, "1001 bytes <a download href=\"/records/t/1/photo\">");
	assert_has(html, "<input type=\"file\" id=\"c1\" name=\"photo\"");
	assert_has(html, "name=\"_null.photo\" value=\"none\">");
	assert_lacks(html, "0000");
	assert_string_equal(
	    posted(mem, html, "_was.photo"), was_hash(mem, text));
	column.not_null = true;
	assert_lacks(html_of(mem, &column, &cell), "_null.photo");
	assert_lacks(html_of(mem, &column, &cell), " required");
	cell = cell_of(NULL);
	assert_has(html_of(mem, &column, &cell), " required>");
	assert_has(html_of(mem, &column, &cell), "no file");
	mem_free(mem);
}

/* What somebody has chosen is kept where it is short, else it is said. */
static void
test_bytes_again(void **state)
{
	struct mem *mem = mem_new();
	struct column column = column_of(1, "photo", "bytea");
	char *text = mem_alloc(mem, 2 + 2 * (16 << 10) + 3);
	struct cell cell = { .value = text, .touched = true, .posted = true };
	char *html;

	(void)state;
	memset(text, '0', 2 + 2 * (16 << 10));
	text[0] = '\\';
	text[1] = 'x';
	html = html_of(mem, &column, &cell);
	assert_string_equal(posted(mem, html, "photo"), text);
	assert_has(html, "The file that you chose is kept: 16 kB.");
	text[strlen(text)] = '0';
	text[strlen(text)] = '0';
	html = html_of(mem, &column, &cell);
	assert_lacks(html, "0000");
	assert_has(html, "Please choose the file again");
	/* the box says what the form says */
	cell = (struct cell){ .was = "\\x00", .touched = true };
	assert_has(html_of(mem, &column, &cell), " checked>");
	cell = (struct cell){ .was = was_hash(mem, "x"), .hashed = true };
	assert_lacks(html_of(mem, &column, &cell), " checked");
	assert_has(html_of(mem, &column, &cell), "A file is stored.");
	mem_free(mem);
}

static void
test_error_and_help(void **state)
{
	struct mem *mem = mem_new();
	struct column column = column_of(4, "price", "numeric");
	struct cell cell = cell_of("x");
	char *html;

	(void)state;
	column.comment = "In <euro>.";
	cell.error = "Not a \"number\"";
	cell.focus = true;
	cell.show_theirs = true;
	cell.touched = true;
	cell.theirs = "9 < 10";
	html = html_of(mem, &column, &cell);
	assert_has(html, " aria-describedby=\"c4-error c4-theirs c4-help\""
			 " aria-invalid=\"true\" autofocus");
	assert_has(html, "id=\"c4-error\">Not a &quot;number&quot;</p>");
	assert_has(html, "id=\"c4-help\" dir=\"auto\">In &lt;euro&gt;.</p>");
	assert_has(html, "id=\"c4-theirs\">Now saved: <bdi>9 &lt; 10</bdi>");
	assert_string_equal(posted(mem, html, "price"), "x");
	cell = cell_of("x");
	column.comment = NULL;
	html = html_of(mem, &column, &cell);
	assert_lacks(html, "aria-");
	assert_lacks(html, "autofocus");
	mem_free(mem);
}

static void
test_theirs(void **state)
{
	struct mem *mem = mem_new();
	struct column column = text_of(4, "note");
	struct cell cell = cell_of("new");

	(void)state;
	cell.show_theirs = true;
	assert_has(html_of(mem, &column, &cell),
	    "Changed meanwhile; you did not touch it.</p>");
	cell.touched = true;
	cell.theirs = NULL;
	assert_has(html_of(mem, &column, &cell),
	    "Now saved: <bdi><span class=\"none\">no value</span></bdi>");
	cell.theirs = "";
	assert_has(html_of(mem, &column, &cell),
	    "Now saved: <bdi><span class=\"none\">empty</span></bdi>");
	cell.theirs = "%1 %2";
	assert_has(html_of(mem, &column, &cell), "<bdi>%1 %2</bdi>");
	mem_free(mem);
}

static void
test_filled_in(void **state)
{
	struct mem *mem = mem_new();
	struct column column = column_of(1, "id", "int8");
	struct cell cell = cell_of(NULL);

	(void)state;
	column.not_null = true;
	column.identity = 'd';
	assert_has(html_of(mem, &column, &cell), "it is filled in by itself");
	cell = cell_of("1");
	assert_lacks(html_of(mem, &column, &cell), "filled in by itself");
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_text_comes_back),
		cmocka_unit_test(test_long_text_comes_back),
		cmocka_unit_test(test_enum_comes_back),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_controls),
		cmocka_unit_test(test_date_by_all_values),
		cmocka_unit_test(test_number_pad),
		cmocka_unit_test(test_required),
		cmocka_unit_test(test_no_value_box),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_bytes_again),
		cmocka_unit_test(test_error_and_help),
		cmocka_unit_test(test_theirs),
		cmocka_unit_test(test_filled_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
