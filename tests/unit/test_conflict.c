#include "view_fixture.h"

#include "view/conflict.h"
#include "view/difference.h"
#include "view/dispute.h"
#include "view/places.h"

enum {
	ID,
	NAME,
	NOTE,
	SEEN,
	SECRET,
	N_COLUMNS
};

struct sheet {
	struct mem *mem;
	struct table table;
	struct column columns[N_COLUMNS];
	struct cell cells[N_COLUMNS];
	struct contest contests[N_COLUMNS];
	const char *key[1];
	struct row row;
	struct conflict_page page;
};

static struct sheet *
sheet_of(struct mem *mem, enum conflict_kind kind)
{
	struct sheet *s = mem_alloc(mem, sizeof *s);
	struct scope *scope;

	s->mem = mem;
	s->table.name = "member";
	s->columns[ID] = column_of(1, "id", "int4");
	s->columns[NAME] = text_of(2, "full_name");
	s->columns[NOTE] = text_of(3, "note");
	s->columns[SEEN] = column_of(4, "seen", "date");
	s->columns[SECRET] = text_of(5, "salary");
	scope = scope_of(mem, &s->table, s->columns, N_COLUMNS);
	scope->update[SEEN] = scope->read[SECRET] = false;
	scope->update[SECRET] = false;
	s->key[0] = "7";
	s->row = (struct row){ .state = "v8",
		.key = s->key,
		.changed_by = "B<n>",
		.changed_at = "at 14:02" };
	for (size_t i = 0; i < N_COLUMNS; i++)
		s->cells[i] = (struct cell){
			.value = "7", .was = "7", .theirs = "7", .whole = true
		};
	s->page = (struct conflict_page){ .kind = kind,
		.scope = scope,
		.row = &s->row,
		.label = "Ann <Lee>",
		.cells = s->cells,
		.contests = s->contests };
	return s;
}

/* Both changed the name. */
static void
dispute_name(struct sheet *s)
{
	s->cells[NAME] = (struct cell){ .value = "Mine & yours",
		.was = "Theirs",
		.theirs = "Theirs",
		.base = "Before",
		.whole = true,
		.touched = true };
	s->contests[NAME] = (struct contest){
		.merge = MERGE_DISPUTE, .base_known = true, .base_whole = true
	};
}

static char *
html_of(struct sheet *s)
{
	struct text *text = mem_text_open(s->mem);
	char *html;

	conflict_page(text->out, s->mem, &site, &s->page);
	html = mem_text(text);
	assert_for_people(html);
	return html;
}

static void
test_dispute(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, CONFLICT_CHANGED);
	char *html;

	(void)state;
	dispute_name(s);
	html = html_of(s);
	assert_has(html, "B&lt;n&gt; saved this entry at 14:02 while you were "
			 "typing. Nothing of yours is lost.");
	assert_order(html, "<h1", "<a href=\"#c2-dispute\">Full name</a>");
	assert_has(html, "<fieldset class=\"dispute\" id=\"c2-dispute\"");
	assert_has(html, "<legend dir=\"auto\">Full name</legend>");
	assert_order(html, "Before: <bdi class=\"given\">Before</bdi>",
	    "Keep what B&lt;n&gt; saved");
	assert_order(html, "Keep what B&lt;n&gt; saved",
	    "id=\"c2-theirs\"><bdi class=\"given\">Theirs</bdi>");
	assert_order(html, ">Theirs</bdi>", "Save what I typed");
	assert_order(html, "Save what I typed", "value=\"Mine &amp; yours\"");
	assert_has(html, "name=\"_choice.full_name\" value=\"theirs\""
			 " aria-describedby=\"c2-theirs\" required><label");
	assert_has(
	    html, "name=\"_choice.full_name\" value=\"mine\" required><label");
	assert_lacks(html, " checked");
	assert_has(html, "name=\"_base.full_name\" value=\"Before\"");
	assert_has(html, "name=\"_was.full_name\" value=\"Theirs\"");
	assert_has(html, dispute_held(mem, "Mine & yours"));
	assert_has(html, " name=\"_etag\" value=\"v8\">");
	assert_has(html, " name=\"_conflict\" value=\"1\">");
	assert_has(html, " action=\"/records/member/7#");
	assert_has(html, "\" name=\"v8\" data-room");
	assert_has(html, "<button type=\"submit\">Save</button>");
	assert_has(html, "<a class=\"button\" href=\"/records/member/7\">"
			 "Discard what I typed</a>");
	s->row.changed_by = site.account;
	assert_has(html_of(s), "<p>You saved this entry at 14:02 in another "
			       "window, while you were typing here.");
	s->row.changed_by = NULL;
	assert_has(html_of(s), "Somebody saved this entry at 14:02 while");
	assert_has(html_of(s), "Keep what is saved now");
	s->row.changed_at = NULL;
	assert_has(html_of(s), "Somebody saved this entry while");
	mem_free(mem);
}

static void
test_asked_again(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, CONFLICT_OPEN);
	char *html;

	(void)state;
	dispute_name(s);
	s->cells[NAME].base = NULL;
	s->contests[NAME].choice = CHOICE_MINE;
	s->contests[NAME].wrong = WORD_CONFLICT_EDITED;
	html = html_of(s);
	assert_has(html, "<h1 dir=\"auto\">Please choose first</h1>");
	assert_has(html, "value=\"mine\" required checked>");
	assert_has(html, "tabindex=\"-1\" aria-describedby=\"c2-wrong\">");
	assert_has(html, "<p class=\"error\" id=\"c2-wrong\">You chose");
	assert_has(html, "name=\"_basenull.full_name\" value=\"1\"");
	mem_free(mem);
}

static void
test_settled(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, CONFLICT_CHANGED);
	char *html;

	(void)state;
	s->contests[SEEN].merge = MERGE_THEIRS;
	s->cells[SEEN].theirs = s->cells[SEEN].value = "2002-02-02";
	s->contests[SECRET].merge = MERGE_THEIRS;
	html = html_of(s);
	assert_has(html, "fit together");
	assert_has(html, "<b dir=\"auto\">Seen</b>: changed meanwhile. "
			 "<span>Now: <bdi class=\"given\">2002-02-02</bdi>");
	assert_lacks(html, "alary");
	assert_lacks(html, "cannot see");
	assert_has(html, "name=\"_was.seen\"");
	/* nothing that is seen has changed */
	s->contests[SEEN].merge = MERGE_SAME;
	assert_has(html_of(s), "Something that you cannot see here");
	s->contests[SECRET].merge = MERGE_SAME;
	s->page.scope->read[SECRET] = true;
	assert_has(html_of(s), "nothing that you see here is different");
	/* where it is not known what the form showed, nothing is said */
	s->contests[SEEN].blind = true;
	assert_lacks(html_of(s), "class=\"settled\"");
	mem_free(mem);
}

static void
test_places(void **state)
{
	struct mem *mem = mem_new();
	struct sheet *s = sheet_of(mem, CONFLICT_CHANGED);
	struct contest *contest = &s->contests[NOTE];
	char *html, *key;

	(void)state;
	s->cells[NOTE] = (struct cell){ .value = "1\nmine one\n2\n3",
		.was = "1\ntheirs one\n2\n3",
		.theirs = "1\ntheirs one\n2\n3",
		.base = "1\nold one\n2",
		.whole = true };
	*contest = (struct contest){ .merge = MERGE_DISPUTE,
		.base_known = true,
		.base_whole = true,
		.mine = "1\nmine one\n2" };
	contest->hunks = lines_merge(
	    mem, s->cells[NOTE].base, s->cells[NOTE].theirs, contest->mine);
	key = places_key(mem, &contest->hunks, 1);
	html = html_of(s);
	assert_has(html, "<legend>Place 1 of 1</legend>");
	assert_has(html,
	    mem_printf(mem, "name=\"_part.note.%s\" value=\"both\"", key));
	assert_has(html, "<del><span class=\"aloud\">removed: </span>old</del>"
			 "<ins><span class=\"aloud\">added: </span>theirs</ins>"
			 " one");
	assert_order(html, "Place 1 of 1", "changed meanwhile.");
	assert_has(html, "name=\"_mine.note\" value=\"1\nmine one\n2\"");
	assert_has(html, "<details>\n<summary>Write the result yourself");
	assert_order(html, "<details>", "\n1\nmine one\n2\n3</textarea>");
	assert_lacks(html, "_held");
	assert_lacks(html, "Place 1 of 1</legend>\n<p class=\"option\"");
	/* a key is of these texts alone */
	contest->hunks.items[1].mine.len--;
	assert_string_not_equal(key, places_key(mem, &contest->hunks, 1));
	contest->own = "my own";
	assert_has(html_of(s), "<details open>");
	assert_has(html_of(s), "name=\"_choice.note\" value=\"mine\"");
	mem_free(mem);
}

static char *
marked(struct mem *mem, const char *before, const char *after)
{
	struct text *text = mem_text_open(mem);

	difference_write(text->out, mem, &site, before, after);
	return mem_text(text);
}

#define DEL(text) "<del><span class=\"aloud\">removed: </span>" text "</del>"
#define INS(text) "<ins><span class=\"aloud\">added: </span>" text "</ins>"

static void
test_marks(void **state)
{
	static const struct {
		const char *before, *after, *marked;
	} cases[] = {
		{ "a", "a", "a" },
		{ "the old hat", "the new hat",
		    "the " DEL("old") INS("new") " hat" },
		{ "a very old hat of hers", "a quite new hat of hers",
		    "a " DEL("very old") INS("quite new") " hat of hers" },
		{ "one", "<two>", DEL("one") "\n" INS("&lt;two&gt;") },
		{ "1\n2\n3\n4\n5\n6\nx", "1\n2\n3\n4\n5\n6\ny",
		    "<span class=\"gap\">\xe2\x80\xa6</span>\n5\n6\n" DEL(
			"x") "\n" INS("y") },
		{ "1\n2\n3\n4\n5\n6\n7", "0\n1\n2\n3\n4\n5\n6\n7\n8",
		    INS("0") "\n1\n2\n<span class=\"gap\">\xe2\x80\xa6</span>"
			     "\n6\n7\n" INS("8") },
		{ "", "new", INS("new") },
		{ "old", "", DEL("old") },
	};
	struct mem *mem = mem_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    marked(mem, cases[i].before, cases[i].after),
		    cases[i].marked);
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dispute),
		cmocka_unit_test(test_asked_again),
		cmocka_unit_test(test_settled),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
