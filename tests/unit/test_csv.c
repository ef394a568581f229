#include "check.h"

#include "format/csv.h"

/* The records in a form that tells everything: <a> plain, <<a>> quoted. */
static const char *
shown(struct mem *mem, const char *bytes, size_t len)
{
	static const char *const ends[] = { [CSV_END] = "",
		[CSV_NUL] = "NUL",
		[CSV_OPEN] = "OPEN",
		[CSV_INCOMPLETE] = "INCOMPLETE" };
	struct text *text = mem_text_open(mem);
	struct csv_record record;
	enum csv_result result;
	struct csv csv;

	csv_open(mem, bytes, len, &csv);
	while ((result = csv_next(&csv, mem, &record)) == CSV_RECORD) {
		fprintf(text->out, "%zu:", record.line);
		for (size_t i = 0; i < record.n; i++)
			fprintf(text->out,
			    record.fields[i].quoted ? "<<%s>>" : "<%s>",
			    record.fields[i].text);
		putc('|', text->out);
	}
	if (result != CSV_END)
		fprintf(text->out, "%zu:%s", record.line, ends[result]);
	return mem_text(text);
}

static void
test_reading(void **state)
{
	static const struct {
		const char *bytes, *shown;
	} cases[] = {
		{ "", "" },
		{ "\r\n\n", "" },
		{ "a,b", "1:<a><b>|" },
		{ "a,b\r\n1,2\r\n", "1:<a><b>|2:<1><2>|" },
		{ "a;b\n1,5;2\n", "1:<a><b>|2:<1,5><2>|" },
		{ "a\tb\rc\td", "1:<a><b>|2:<c><d>|" },
		{ "\xef\xbb\xbf"
		  "a,b",
		    "1:<a><b>|" },
		{ "a,,\"\"", "1:<a><><<>>|" },
		{ "a,", "1:<a><>|" },
		{ ",", "1:<><>|" },
		{ "\"a,b\",c", "1:<<a,b>><c>|" },
		{ "\"a;b;c\",d", "1:<<a;b;c>><d>|" },
		{ "\"a\r\nb\"\"\",c\nd", "1:<<a\nb\">><c>|3:<d>|" },
		{ "\"a\"b,c", "1:<<ab>><c>|" },
		{ "a\"b\",c", "1:<a\"b\"><c>|" },
		{ "a\n\"b", "1:<a>|2:OPEN" },
		{ "a,b\n\n1,2", "1:<a><b>|3:<1><2>|" },
		{ "'=1+1,'a,''-x,'", "1:<=1+1><'a><'-x><'>|" },
		{ "a\nERROR: export incomplete\n", "1:<a>|2:INCOMPLETE" },
		{ "a\n\"ERROR: export incomplete\"", "1:<a>|2:INCOMPLETE" },
		{ "Gr\xfc\xdf"
		  "e,\x80",
		    "1:<Gr\xc3\xbc\xc3\x9f"
		    "e><\xe2\x82\xac>|" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    shown(*state, cases[i].bytes, strlen(cases[i].bytes)),
		    cases[i].shown);
	assert_string_equal(shown(*state, "a\nb\0c", 5), "1:<a>|2:NUL");
}

static void
test_encoding_and_separator_are_told(void **state)
{
	struct csv_record record;
	struct csv csv;

	csv_open(*state, "\xfc;x", 3, &csv);
	assert_int_equal(csv.encoding, CSV_WINDOWS_1252);
	assert_int_equal(csv.separator, ';');
	csv_open(*state, "\xc3\xbc", 2, &csv);
	assert_int_equal(csv.encoding, CSV_UTF8);
	assert_int_equal(csv.separator, ',');
	csv_open(*state, "\xff\xfe;\0", 4, &csv);
	assert_int_equal(csv.encoding, CSV_OTHER);
	csv_open(*state, "\xfe\xff\0;", 4, &csv);
	assert_int_equal(csv_next(&csv, *state, &record), CSV_UTF16);
}

static void
test_writing(void **state)
{
	static const struct {
		const char *value;
		bool text;
		const char *written;
	} cases[] = {
		{ NULL, true, "" },
		{ "", true, "\"\"" },
		{ "a", true, "a" },
		{ "a,b", true, "\"a,b\"" },
		{ "a;b", true, "a;b" },
		{ "a\"b", true, "\"a\"\"b\"" },
		{ "a\nb", true, "\"a\nb\"" },
		{ " a", true, "\" a\"" },
		{ "a ", true, "\"a \"" },
		{ "-5", false, "-5" },
		{ "-5", true, "\"'-5\"" },
		{ "=1+1", true, "\"'=1+1\"" },
		{ "@x", true, "\"'@x\"" },
		{ "\tx", true, "\"'\tx\"" },
		{ "'", true, "'" },
		{ "'a", true, "'a" },
		{ "'=a", true, "\"''=a\"" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text *text = mem_text_open(*state);

		csv_write(text->out, ',', cases[i].value, cases[i].text);
		assert_string_equal(mem_text(text), cases[i].written);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_reading),
		MEM_TEST(test_encoding_and_separator_are_told),
		MEM_TEST(test_writing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
