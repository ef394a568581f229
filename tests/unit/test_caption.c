#include "view_fixture.h"

#include "view/caption.h"

static void
test_columns(void **state)
{
	static const struct {
		const char *name, *comment;
		bool refers;
		const char *label, *help;
	} cases[] = {
		{ "joined_on", NULL, false, "Joined on", NULL },
		{ "_private__x", NULL, false, "Private  x", NULL },
		{ "__", NULL, false, "__", NULL },
		{ "joined_on", "", false, "Joined on", NULL },
		{ "joined_on", " \n ", false, "Joined on", NULL },
		{ "phone", "Number by day", false, "Number by day", NULL },
		{ "phone", " Number by day \n", false, "Number by day", NULL },
		{ "phone", "By day\nAsk Anna.\nOr Ben", false, "By day",
		    "Ask Anna.\nOr Ben" },
		{ "phone", "By day\r\n\r\nAsk Anna.", false, "By day",
		    "Ask Anna." },
		{ "phone", "Best by day.", false, "Phone", "Best by day." },
		{ "phone", "By day. Or night", false, "Phone",
		    "By day. Or night" },
		{ "phone", "By day or by night?", false, "Phone",
		    "By day or by night?" },
		{ "phone", "Best by day.\nAsk Anna", false, "Phone",
		    "Best by day.\nAsk Anna" },
		{ "ip", "Version 1.2 of it", false, "Version 1.2 of it", NULL },
		{ "a", "1234567890123456789012345678901234567890", false,
		    "1234567890123456789012345678901234567890", NULL },
		{ "a", "12345678901234567890123456789012345678901", false, "A",
		    "12345678901234567890123456789012345678901" },
		/* characters, not bytes */
		{ "a",
		    "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		    "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		    "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4",
		    false,
		    "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		    "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
		    "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4",
		    NULL },
		{ "boat_id", NULL, true, "Boat", NULL },
		{ "boat_id", NULL, false, "Boat id", NULL },
		{ "boat_id", "Which boat.", true, "Boat", "Which boat." },
		{ "room_code", NULL, true, "Room code", NULL },
		{ "_id", NULL, true, "Id", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct mem *mem = mem_new();
		struct column column = text_of(1, cases[i].name);
		struct caption caption;

		column.comment = cases[i].comment;
		column.refers = cases[i].refers;
		caption = caption_column(mem, &column);
		assert_string_equal(caption.label, cases[i].label);
		if (cases[i].help == NULL)
			assert_null(caption.help);
		else
			assert_string_equal(caption.help, cases[i].help);
		mem_free(mem);
	}
}

static void
test_tables(void **state)
{
	struct mem *mem = mem_new();
	struct table table = { .name = "boat_permit",
		.comment = "Permits\nWho may take which boat out." };
	struct caption caption = caption_table(mem, &table);

	(void)state;
	assert_string_equal(caption.label, "Permits");
	assert_string_equal(caption.help, "Who may take which boat out.");
	table.comment = NULL;
	caption = caption_table(mem, &table);
	assert_string_equal(caption.label, "Boat permit");
	assert_null(caption.help);
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
