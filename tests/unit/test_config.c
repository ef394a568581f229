#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config.h"
#include "app/locate.h"

static const char base[] = "database = dbname=club\n";

static enum config_result
read_text(struct mem *mem, const char *text, struct config *config,
    const char **message)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	enum config_result result;

	assert_non_null(in);
	result = config_read(mem, in, "club.ini", config, message);
	fclose(in);
	return result;
}

static void
load(struct mem *mem, const char *text, struct config *config)
{
	const char *message;

	if (read_text(mem, text, config, &message) != CONFIG_LOADED)
		fail_msg("%s", message);
}

static void
test_defaults(void **state)
{
	struct mem *mem = mem_new();
	struct config config;

	(void)state;
	load(mem, base, &config);
	assert_string_equal(config.database, "dbname=club");
	assert_string_equal(config.schema, "public");
	assert_int_equal(config.anonymous, CONFIG_NONE);
	assert_int_equal(config.authenticated, CONFIG_NONE);
	assert_int_equal(config.language, CONFIG_AUTO);
	assert_false(config.remote_user);
	assert_null(config.secret);
	assert_null(config.base);
	assert_int_equal(config.body_limit, 1 << 20);
	assert_int_equal(config.statement_timeout, 25000);
	assert_int_equal(config.workers, 4 * sysconf(_SC_NPROCESSORS_ONLN));
	assert_true(config.blind_writes);
	assert_true(config.require_condition);
	assert_false(config.accept_dates);
	assert_false(config.accept_weak_if_match);
	assert_int_equal(config.n_tables, 0);
	mem_free(mem);
}

static void
test_site(void **state)
{
	struct mem *mem = mem_new();
	struct config config;

	(void)state;
	load(mem,
	    "\xef\xbb\xbf"
	    "database : postgresql://club@h/club?a=b\r\n"
	    "# a comment\n"
	    "; another\n"
	    "\n"
	    "title = Boats ; of the club\n"
	    "  language = en\n"
	    "time_zone=Europe/Berlin\n"
	    "base = /records/\n"
	    "anonymous = read\n"
	    "authenticated = WRITE\n"
	    "remote_user = on\n"
	    "secret = 0123456789abcdef\n"
	    "body_limit = 512k\n"
	    "statement_timeout = 2 min\n"
	    "accounts = on\n"
	    "session_idle = 90 min\n"
	    "session_absolute = 7d\n"
	    "setup_code = 12345678\n"
	    "insecure_login = yes\n"
	    "workers = 3\n"
	    "blind_writes = no\n"
	    "accept_dates = yes\n"
	    "accept_weak_if_match = true\n"
	    "require_condition = off",
	    &config);
	assert_string_equal(config.database, "postgresql://club@h/club?a=b");
	assert_string_equal(config.title, "Boats");
	assert_int_equal(config.language, CONFIG_EN);
	assert_string_equal(config.time_zone, "Europe/Berlin");
	assert_string_equal(config.base, "/records");
	assert_int_equal(config.anonymous, CONFIG_READ);
	assert_int_equal(config.authenticated, CONFIG_WRITE);
	assert_true(config.remote_user);
	assert_string_equal(config.secret, "0123456789abcdef");
	assert_int_equal(config.body_limit, 512 << 10);
	assert_int_equal(config.statement_timeout, 120000);
	assert_true(config.accounts);
	assert_int_equal(config.session_idle, 90 * 60);
	assert_int_equal(config.session_absolute, 7 * 24 * 3600);
	assert_string_equal(config.setup_code, "12345678");
	assert_true(config.insecure_login);
	assert_int_equal(config.workers, 3);
	assert_false(config.blind_writes);
	assert_true(config.accept_dates);
	assert_true(config.accept_weak_if_match);
	assert_false(config.require_condition);
	mem_free(mem);
}

static void
test_home(void **state)
{
	struct mem *mem = mem_new();
	const char *home = locate_home(mem);
	struct config config;

	(void)state;
	load(mem, "database = passfile=~/.pgpass sslkey='~/a~/b' dbname=~/c\n",
	    &config);
	assert_string_equal(config.database,
	    mem_printf(mem, "passfile=%s/.pgpass sslkey='%s/a~/b' dbname=%s/c",
		home, home, home));
	mem_free(mem);
}

/* The section of this head; table NULL: the schema's "*". */
static const struct config_table *
section(const struct config *config, const char *schema, const char *table)
{
	for (size_t i = 0; i < config->n_tables; i++) {
		const struct config_table *at = &config->tables[i];

		if (strcmp(at->schema, schema) == 0 &&
		    (table == NULL || at->table == NULL
			    ? table == at->table
			    : strcmp(at->table, table) == 0))
			return at;
	}
	return NULL;
}

static void
test_tables(void **state)
{
	struct mem *mem = mem_new();
	struct config config;
	const struct config_table *table;

	(void)state;
	load(mem,
	    "database = dbname=club\n"
	    "schema = club\n"
	    "[table member]\n"
	    "label = {last_name}, {first_name}\n"
	    "hidden = iban , \"odd, name\",x\n"
	    "read_only = joined\n"
	    "version_column = none\n"
	    "bump = trigger\n"
	    "key = a,b\n"
	    "name = members\n"
	    "modified = changed\n"
	    "[table other.*] # all\n"
	    "  [ table other.\"od.d]\"\"; name\" ]\n"
	    "[table "
	    "a_schema_name_of_sixty_three_characters_is_the_longest_there_is"
	    ".a_table_name_of_sixty_three_characters_is_the_longest_there_is_]"
	    "\n",
	    &config);
	assert_int_equal(config.n_tables, 4);
	table = section(&config, "club", "member");
	assert_non_null(table);
	assert_int_equal(table->line, 3);
	assert_string_equal(table->label.text, "{last_name}, {first_name}");
	assert_int_equal(table->label.line, 4);
	assert_int_equal(table->hidden.n, 3);
	assert_string_equal(table->hidden.items[0], "iban");
	assert_string_equal(table->hidden.items[1], "odd, name");
	assert_string_equal(table->hidden.items[2], "x");
	assert_int_equal(table->hidden.line, 5);
	assert_int_equal(table->read_only.n, 1);
	assert_string_equal(table->version_column.text, "none");
	assert_int_equal(table->bump, CONFIG_BUMP_TRIGGER);
	assert_int_equal(table->bump_line, 8);
	assert_int_equal(table->key.n, 2);
	assert_string_equal(table->name.text, "members");
	assert_string_equal(table->modified.text, "changed");

	table = section(&config, "other", NULL);
	assert_non_null(table);
	assert_null(table->label.text);
	assert_int_equal(table->bump, CONFIG_BUMP_SELF);
	assert_int_equal(table->bump_line, 0);
	table = section(&config, "other", "od.d]\"; name");
	assert_non_null(table);
	assert_non_null(section(&config,
	    "a_schema_name_of_sixty_three_characters_is_the_longest_there_is",
	    "a_table_name_of_sixty_three_characters_is_the_longest_there_is_"));
	assert_null(section(&config, "club", NULL));
	assert_null(section(&config, "public", "member"));
	mem_free(mem);
}

static void
test_complaints(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "titel = x\n",
		    "club.ini:2: there is no key titel: the nearest is title" },
		{ "\nanonymous = maybe\n",
		    "club.ini:3: anonymous = maybe: expected none, read or "
		    "write" },
		{ "title = a\ntitle = b\n",
		    "club.ini:3: title was given in line 2 already" },
		{ "secret = short-secret\n",
		    "club.ini:2: secret: expected at least 16 characters" },
		{ "setup_code = 1234567\n",
		    "club.ini:2: setup_code: expected at least 8 characters" },
		{ "session_idle = 90\n",
		    "club.ini:2: session_idle = 90: expected a time such as "
		    "30min, 8h or 7d" },
		{ "session_absolute = 367d\n",
		    "club.ini:2: session_absolute = 367d: expected a time such "
		    "as 30min, 8h or 7d" },
		{ "session_idle = 0h\n",
		    "club.ini:2: session_idle = 0h: expected a time such as "
		    "30min, 8h or 7d" },
		{ "accounts = on\n",
		    "club.ini: accounts = on needs a secret: \"ifmatch "
		    "sample\" prints one" },
		{ "workers = 0\n",
		    "club.ini:2: workers = 0: expected 1 to 1000" },
		{ "workers = 4x\n",
		    "club.ini:2: workers = 4x: expected 1 to 1000" },
		{ "body_limit = 1\n",
		    "club.ini:2: body_limit = 1: expected 1K to 64M" },
		{ "body_limit = 99999999999999999999M\n",
		    "club.ini:2: body_limit = 99999999999999999999M: expected "
		    "1K to 64M" },
		{ "statement_timeout = 25\n",
		    "club.ini:2: statement_timeout = 25: expected a time such "
		    "as 25s, 500ms or 2min, or 0" },
		{ "base = records\n",
		    "club.ini:2: base = records: expected a path such as "
		    "/records, or / alone" },
		{ "base = //records\n",
		    "club.ini:2: base = //records: expected a path such as "
		    "/records, or / alone" },
		{ "title =\n", "club.ini:2: title = : expected a text" },
		{ "hidden = x\n",
		    "club.ini:2: the key hidden belongs in a section [table "
		    "...], not before the first section" },
		{ "[table a]\ntitle = x\n",
		    "club.ini:3: the key title belongs before the first "
		    "section, not in a section [table ...]" },
		{ "[table a]\nhidden = a,,b\n",
		    "club.ini:3: hidden = a,,b: expected names, separated by "
		    "commas" },
		{ "[table a]\nhidden = \"a\n",
		    "club.ini:3: hidden = \"a: expected names, separated by "
		    "commas" },
		{ "[tables a]\n",
		    "club.ini:2: the section [tables a]: expected [table "
		    "NAME], [table SCHEMA.NAME] or [table SCHEMA.*]" },
		{ "[table *]\n",
		    "club.ini:2: the section [table *]: expected [table NAME],"
		    " [table SCHEMA.NAME] or [table SCHEMA.*]" },
		{ "[table a] b\n",
		    "club.ini:2: the section [table a] b: expected [table "
		    "NAME], [table SCHEMA.NAME] or [table SCHEMA.*]" },
		{ "[table a\n",
		    "club.ini:2: the section [table a: expected [table NAME], "
		    "[table SCHEMA.NAME] or [table SCHEMA.*]" },
		{ "[table a]\n\n[table public.a]\n",
		    "club.ini:4: this section is there in line 2 already" },
		{ "[table a.*]\n[table a.*]\n",
		    "club.ini:3: this section is there in line 2 already" },
		{ "title\n",
		    "club.ini:2: expected KEY = VALUE, a [section] or a # "
		    "comment" },
		{ "title ; = x\n", "club.ini:2: expected KEY = VALUE" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		struct config config;
		const char *message;

		assert_int_equal(
		    read_text(mem, mem_printf(mem, "%s%s", base, cases[i].text),
			&config, &message),
		    CONFIG_WRONG);
		assert_string_equal(message, cases[i].want);
		mem_free(mem);
	}
}

static void
test_no_database(void **state)
{
	struct mem *mem = mem_new();
	struct config config;
	const char *message;

	(void)state;
	assert_int_equal(
	    read_text(mem, "title = x\n", &config, &message), CONFIG_WRONG);
	assert_string_equal(message,
	    "club.ini: there is no database: expected database = host=... "
	    "dbname=... before the first section");
	mem_free(mem);
}

/* A line is taken whole or refused, never cut. */
static void
test_long_lines(void **state)
{
	struct mem *mem = mem_new();

	(void)state;
	for (int len = 150; len < 5000; len += len < 250 ? 1 : 997) {
		char *value = mem_alloc(mem, (size_t)len + 1);
		struct config config;
		const char *message;
		enum config_result result;

		memset(value, 'x', (size_t)len);
		result = read_text(mem,
		    mem_printf(mem, "%stitle = %s\n", base, value), &config,
		    &message);
		if (result == CONFIG_LOADED) {
			assert_string_equal(config.title, value);
			continue;
		}
		assert_int_equal(result, CONFIG_WRONG);
		assert_true(len + (int)strlen("title = ") > 4000);
		assert_memory_equal(message, "club.ini:2: the line is ", 24);
	}
	mem_free(mem);
}

static void
test_long_comment(void **state)
{
	struct mem *mem = mem_new();
	char *words = mem_alloc(mem, 1001);
	struct config config;

	(void)state;
	memset(words, 'x', 1000);
	load(mem, mem_printf(mem, "# %s\n%s", words, base), &config);
	mem_free(mem);
}

static void
test_sample(void **state)
{
	struct mem *mem = mem_new();
	struct text *first = mem_text_open(mem);
	struct text *second = mem_text_open(mem);
	struct text *bare = mem_text_open(mem);
	struct config config, defaults;

	(void)state;
	config_sample(first->out);
	config_sample(second->out);
	assert_string_not_equal(mem_text(first), mem_text(second));
	load(mem, first->at, &config);
	load(mem, base, &defaults);
	assert_true(strlen(config.secret) >= 32);
	assert_string_equal(config.title, defaults.title);
	assert_int_equal(config.anonymous, CONFIG_NONE);
	assert_int_equal(config.body_limit, defaults.body_limit);
	assert_int_equal(config.workers, defaults.workers);
	assert_int_equal(config.n_tables, 0);

	/* What is commented out is right too. */
	for (const char *c = first->at; *c != '\0'; c++)
		if (*c != ';' || (c > first->at && c[-1] != '\n'))
			putc(*c, bare->out);
	load(mem, mem_text(bare), &config);
	assert_int_equal(config.n_tables, 1);
	assert_string_equal(config.base, "/records");
	assert_string_equal(config.tables[0].table, "member");
	assert_string_equal(config.tables[0].hidden.items[0], "iban");
	mem_free(mem);
}

static enum config_result
load_file(struct mem *mem, const char *text, mode_t mode, const char **message)
{
	char path[] = "/tmp/test_config_XXXXXX";
	int fd = mkstemp(path);
	struct config config;
	enum config_result result;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
	setenv("IFMATCH_CONFIG", path, 1);
	result = config_load(mem, NULL, &config, message);
	unsetenv("IFMATCH_CONFIG");
	unlink(path);
	return result;
}

static void
test_open_file(void **state)
{
	static const struct {
		const char *text;
		mode_t mode;
		enum config_result want;
	} cases[] = {
		{ "database = dbname=club\n", 0644, CONFIG_LOADED },
		{ "database = password=x\n", 0600, CONFIG_LOADED },
		{ "database = password=x\n", 0640, CONFIG_OPEN },
		{ "database = a=b PASSWORD = x\n", 0604, CONFIG_OPEN },
		{ "database = passfile=x\n", 0644, CONFIG_LOADED },
		{ "database = postgresql://u:p@h/d\n", 0644, CONFIG_OPEN },
		{ "database = postgresql://u@h:5432/d\n", 0644, CONFIG_LOADED },
		{ "database = postgresql:///d?password=x\n", 0644,
		    CONFIG_OPEN },
		{ "database = a=b\nsecret = 0123456789abcdef\n", 0644,
		    CONFIG_OPEN },
		{ "database = a=b\nsecret = 0123456789abcdef\n", 0400,
		    CONFIG_LOADED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct mem *mem = mem_new();
		const char *message;

		assert_int_equal(
		    load_file(mem, cases[i].text, cases[i].mode, &message),
		    cases[i].want);
		if (cases[i].want == CONFIG_OPEN)
			assert_non_null(
			    strstr(message, ": chmod 600 /tmp/test_config_"));
		mem_free(mem);
	}
}

static void
test_absent(void **state)
{
	struct mem *mem = mem_new();
	struct config config;
	const char *message;

	(void)state;
	setenv("IFMATCH_CONFIG", "/nowhere/at/all.ini", 1);
	assert_int_equal(
	    config_load(mem, NULL, &config, &message), CONFIG_ABSENT);
	assert_non_null(strstr(message, "/nowhere/at/all.ini"));
	unsetenv("IFMATCH_CONFIG");
	assert_int_equal(
	    config_load(mem, NULL, &config, &message), CONFIG_ABSENT);
	assert_non_null(strstr(message, "/test_config.ini"));
	mem_free(mem);
}

/* A link to the program has a name and a folder of its own; another program's
 * name does not count. */
static void
test_link(void **state)
{
	struct mem *mem = mem_new();
	char folder[] = "/tmp/test_config_XXXXXX";
	const char *program, *file, *tried;

	(void)state;
	assert_non_null(mkdtemp(folder));
	program = mem_printf(mem, "%s/club.fcgi", folder);
	file = mem_printf(mem, "%s/club.ini", folder);
	assert_int_equal(symlink("/proc/self/exe", program), 0);
	assert_null(locate_config(mem, program, &tried));
	assert_non_null(strstr(tried, "/tmp/club.ini, /club.ini"));
	assert_int_equal(close(open(file, O_CREAT | O_WRONLY, 0600)), 0);
	assert_string_equal(locate_config(mem, program, &tried), file);
	assert_null(locate_config(mem, "/bin/sh", &tried));
	assert_null(strstr(tried, "sh.ini"));
	unlink(file);
	unlink(program);
	rmdir(folder);
	mem_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_site),
		cmocka_unit_test(test_home),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_complaints),
		cmocka_unit_test(test_no_database),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_long_comment),
		cmocka_unit_test(test_sample),
		cmocka_unit_test(test_open_file),
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_link),
	};

	unsetenv("IFMATCH_CONFIG");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
