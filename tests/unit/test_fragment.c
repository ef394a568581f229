#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config.h"
#include "app/fragment.h"

enum {
	MOST = 65536
};

struct place {
	char folder[32];
	struct mem *mem;
};

static const char *
path_of(const struct place *place, const char *name)
{
	return mem_printf(place->mem, "%s/%s", place->folder, name);
}

static void
make_file(
    const struct place *place, const char *name, const char *text, size_t len)
{
	FILE *out = fopen(path_of(place, name), "w");

	assert_non_null(out);
	assert_int_equal(fwrite(text, 1, len, out), len);
	assert_int_equal(fclose(out), 0);
}

static int
set_up(void **state)
{
	struct mem *mem = mem_new();
	struct place *place = mem_alloc(mem, sizeof *place);

	strcpy(place->folder, "/tmp/test_fragment_XXXXXX");
	place->mem = mem;
	*state = place;
	return mkdtemp(place->folder) == NULL;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "a.html", "club.ini" };
	struct place *place = *state;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(path_of(place, names[i]));
	rmdir(place->folder);
	mem_free(place->mem);
	return 0;
}

static void
test_paths(void **state)
{
	struct place *place = *state;
	const char *config = path_of(place, "club.ini"), *why;

	make_file(place, "a.html", "<b>\xc3\xa4</b>\n", 10);
	assert_string_equal(fragment_read(place->mem, config, "a.html", &why),
	    "<b>\xc3\xa4</b>\n");
	assert_null(why);
	assert_string_equal(fragment_read(place->mem, "elsewhere/club.ini",
				path_of(place, "a.html"), &why),
	    "<b>\xc3\xa4</b>\n");
	assert_null(fragment_read(place->mem, config, "b.html", &why));
	assert_string_equal(why, "No such file or directory");
	assert_null(fragment_read(place->mem, config, "~/no/such.html", &why));
	assert_string_equal(why, "No such file or directory");
	assert_null(fragment_read(place->mem, config, place->folder, &why));
	assert_string_equal(why, "expected a plain file");
}

static void
test_texts(void **state)
{
	struct place *place = *state;
	const char *config = path_of(place, "club.ini"), *why;
	char *text = mem_alloc(place->mem, MOST + 1);

	memset(text, 'x', MOST + 1);
	make_file(place, "a.html", text, MOST);
	assert_int_equal(
	    strlen(fragment_read(place->mem, config, "a.html", &why)), MOST);
	make_file(place, "a.html", text, MOST + 1);
	assert_null(fragment_read(place->mem, config, "a.html", &why));
	assert_string_equal(why, "expected at most 65536 bytes");
	make_file(place, "a.html", "\xe4", 1);
	assert_null(fragment_read(place->mem, config, "a.html", &why));
	assert_string_equal(why, "expected text in UTF-8");
	make_file(place, "a.html", "a\0b", 3);
	assert_null(fragment_read(place->mem, config, "a.html", &why));
	make_file(place, "a.html", "", 0);
	assert_string_equal(
	    fragment_read(place->mem, config, "a.html", &why), "");
}

static void
test_config(void **state)
{
	static const char text[] = "database = dbname=club\nlogo = /l.svg\n"
				   "stylesheet = /s.css?2\nheader = a.html\n"
				   "footer = b.html\n";
	struct place *place = *state;
	const char *message;
	struct config config;

	make_file(place, "a.html", "<i>", 3);
	make_file(place, "club.ini", text, strlen(text));
	setenv("IFMATCH_CONFIG", path_of(place, "club.ini"), 1);
	assert_int_equal(
	    config_load(place->mem, NULL, &config, &message), CONFIG_WRONG);
	assert_string_equal(message,
	    mem_printf(place->mem,
		"%s/club.ini:5: footer = b.html: No such file or directory",
		place->folder));
	make_file(place, "club.ini", text,
	    strlen(text) - strlen("footer = b.html\n"));
	assert_int_equal(
	    config_load(place->mem, NULL, &config, &message), CONFIG_LOADED);
	unsetenv("IFMATCH_CONFIG");
	assert_string_equal(config.logo, "/l.svg");
	assert_string_equal(config.stylesheet, "/s.css?2");
	assert_string_equal(config.header_html, "<i>");
	assert_null(config.footer_html);
}

/* No page of ours asks another host for anything. */
static void
test_urls(void **state)
{
	static const char *const wrong[] = { "logo.svg", "https://a/b.svg",
		"//a/b.svg", "/a b.svg", "/\\a/b.svg", "/a\"b", "data:,x" };
	struct place *place = *state;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		const char *message;
		struct config config;
		char *text = mem_printf(place->mem,
		    "database = dbname=club\nlogo = %s\n", wrong[i]);
		FILE *in = fmemopen(text, strlen(text), "r");

		assert_non_null(in);
		assert_int_equal(
		    config_read(place->mem, in, "club.ini", &config, &message),
		    CONFIG_WRONG);
		assert_non_null(strstr(message, "club.ini:2: logo = "));
		fclose(in);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_paths, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_texts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_config, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_urls, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
