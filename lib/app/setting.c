#include "app/setting.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "app/parse.h"

enum {
	KEY_MOST = 31,
	WORKERS_EACH = 4 /* for each processor: they wait for the disk */
};

struct setting {
	const char *key;
	enum setting_where where;
	parse_read *read;
	size_t offset;
	const char *const *choices; /* of an enum, NULL at the end */
	const char *fallback;	    /* NULL: no value */
	const char *example;	    /* shown where there is no fallback */
	const char *expected;
	const char *help;
	size_t line_offset; /* of a line number beside the value, or 0 */
	bool secret;
};

static const char *const languages[] = { "auto", "en", "de", NULL };
static const char *const accesses[] = { "none", "read", "write", NULL };
static const char *const bumps[] = { "self", "trigger", NULL };

#define SITE(member)                                                           \
	.where = SETTING_SITE, .offset = offsetof(struct config, member)
#define TABLE(member)                                                          \
	.where = SETTING_TABLE, .offset = offsetof(struct config_table, member)

static const struct setting settings[] = {
	{ .key = "database",
	    SITE(database),
	    .read = parse_conninfo,
	    .secret = true,
	    .example = "host=localhost dbname=club user=club "
		       "passfile=~/.pgpass",
	    .expected = "keywords as in host=localhost dbname=club, or a URI",
	    .help = "Where the database is, in PostgreSQL's manner: keywords "
		    "or a URI." },
	{ .key = "title",
	    SITE(title),
	    .read = parse_text,
	    .fallback = "Records",
	    .expected = "a text",
	    .help = "What the pages call the site." },
	{ .key = "logo",
	    SITE(logo),
	    .read = parse_url,
	    .example = "/club/logo.svg",
	    .expected = "a path of this host such as /club/logo.svg",
	    .help = "The picture beside the title." },
	{ .key = "stylesheet",
	    SITE(stylesheet),
	    .read = parse_url,
	    .example = "/club/records.css",
	    .expected = "a path of this host such as /club/records.css",
	    .help = "A stylesheet of your own; its rules count after ours." },
	{ .key = "header",
	    SITE(header),
	    .read = parse_config_text,
	    .example = "header.html",
	    .expected = "a file's name",
	    .help = "A file with HTML that every page begins with. It is read "
		    "when the program starts." },
	{ .key = "footer",
	    SITE(footer),
	    .read = parse_config_text,
	    .example = "footer.html",
	    .expected = "a file's name",
	    .help = "The same for the end of every page." },
	{ .key = "language",
	    SITE(language),
	    .read = parse_choice,
	    .choices = languages,
	    .fallback = "auto",
	    .expected = "auto, en or de",
	    .help = "Of the pages. auto: as the browser asks." },
	{ .key = "time_zone",
	    SITE(time_zone),
	    .read = parse_text,
	    .fallback = "UTC",
	    .expected = "a name such as Europe/Berlin",
	    .help = "In which times are shown and read." },
	{ .key = "base",
	    SITE(base),
	    .read = parse_base,
	    .example = "/records",
	    .expected = "a path such as /records, or / alone",
	    .help = "The path before all addresses, where the web server's "
		    "SCRIPT_NAME does not tell it." },
	{ .key = "schema",
	    SITE(schema),
	    .read = parse_text,
	    .fallback = "public",
	    .expected = "a schema's name",
	    .help = "Where tables without a schema in their section are." },
	{ .key = "anonymous",
	    SITE(anonymous),
	    .read = parse_choice,
	    .choices = accesses,
	    .fallback = "none",
	    .expected = "none, read or write",
	    .help = "What people may do who have not said who they are: "
		    "none, read or write." },
	{ .key = "authenticated",
	    SITE(authenticated),
	    .read = parse_choice,
	    .choices = accesses,
	    .fallback = "none",
	    .expected = "none, read or write",
	    .help = "What everybody may do who is known: none, read or "
		    "write." },
	{ .key = "remote_user",
	    SITE(remote_user),
	    .read = parse_bool,
	    .fallback = "off",
	    .expected = "on or off",
	    .help = "on: the web server asks for passwords, and its "
		    "REMOTE_USER is believed." },
	{ .key = "admin",
	    SITE(admin),
	    .read = parse_list,
	    .example = "anna, bernd",
	    .expected = "names, separated by commas",
	    .help = "Who administrates: these people see the check of this "
		    "site at /-/check." },
	{ .key = "secret",
	    SITE(secret),
	    .read = parse_secret,
	    .secret = true,
	    .example = "",
	    .expected = "at least 16 characters",
	    .help = "Signs the forms. Keep it to yourself: chmod 600 this "
		    "file." },
	{ .key = "body_limit",
	    SITE(body_limit),
	    .read = parse_bytes,
	    .fallback = "1M",
	    .expected = "1K to 64M",
	    .help = "The longest request body that is read." },
	{ .key = "front_limit",
	    SITE(front_limit),
	    .read = parse_bytes,
	    .example = "128K",
	    .expected = "1K to 64M",
	    .help = "The longest one that the web server in front lets through: "
		    "pages say so before anything is sent. Without it: 128K "
		    "where Apache starts the program, else body_limit." },
	{ .key = "statement_timeout",
	    SITE(statement_timeout),
	    .read = parse_duration,
	    .fallback = "25s",
	    .expected = "a time such as 25s, 500ms or 2min, or 0",
	    .help = "How long one statement may take. 0: for ever." },
	{ .key = "workers",
	    SITE(workers),
	    .read = parse_count,
	    .example = "8",
	    .expected = "1 to 1000",
	    .help = "Processes of \"serve\", each with a database "
		    "connection. Without it: four for each processor." },
	{ .key = "blind_writes",
	    SITE(blind_writes),
	    .read = parse_bool,
	    .fallback = "yes",
	    .expected = "yes or no",
	    .help = "yes: programs may overwrite deliberately, with "
		    "If-Match: *." },
	{ .key = "accept_dates",
	    SITE(accept_dates),
	    .read = parse_bool,
	    .fallback = "no",
	    .expected = "yes or no",
	    .help = "yes: If-Unmodified-Since alone permits a write, though "
		    "a date cannot prove that nothing changed." },
	{ .key = "accept_weak_if_match",
	    SITE(accept_weak_if_match),
	    .read = parse_bool,
	    .fallback = "no",
	    .expected = "yes or no",
	    .help = "yes: tags that a server weakened on their way (W/\"...\")"
		    " are accepted in If-Match." },
	{ .key = "require_condition",
	    SITE(require_condition),
	    .read = parse_bool,
	    .fallback = "yes",
	    .expected = "yes or no",
	    .help = "yes: a write that does not say which version it is "
		    "meant for is refused." },

	{ .key = "label",
	    TABLE(label),
	    .read = parse_config_text,
	    .example = "{last_name}, {first_name}",
	    .expected = "a text",
	    .help = "What a row is called." },
	{ .key = "hidden",
	    TABLE(hidden),
	    .read = parse_list,
	    .example = "iban",
	    .expected = "names, separated by commas",
	    .help = "Columns that nobody sees." },
	{ .key = "read_only",
	    TABLE(read_only),
	    .read = parse_list,
	    .example = "joined",
	    .expected = "names, separated by commas",
	    .help = "Columns that nobody changes." },
	{ .key = "version_column",
	    TABLE(version_column),
	    .read = parse_config_text,
	    .example = "version",
	    .expected = "a column's name, or none",
	    .help = "The column that counts a row's versions, if another "
		    "program keeps one; none: no column does." },
	{ .key = "bump",
	    TABLE(bump),
	    .read = parse_choice,
	    .choices = bumps,
	    .fallback = "self",
	    .expected = "self or trigger",
	    .line_offset = offsetof(struct config_table, bump_line),
	    .help = "Who counts the version column up: self, or a trigger of "
		    "the database." },
	{ .key = "counter",
	    TABLE(counter),
	    .read = parse_bool,
	    .fallback = "no",
	    .expected = "yes or no",
	    .help = "yes: people count in this table, so that the same value "
		    "twice means two changes. Then a program that repeats a "
		    "write whose answer it lost is told 412; otherwise it is "
		    "told that it succeeded, where the row is as it asked and "
		    "the same person wrote it last." },
	{ .key = "filtered_writes",
	    TABLE(filtered_writes),
	    .read = parse_bool,
	    .fallback = "no",
	    .expected = "yes or no",
	    .help = "yes: a program may change or delete all rows that the "
		    "filters of its URL let through, without saying which "
		    "version it has seen. Otherwise one of the filters names "
		    "the version, or Prefer: max-affected=N says how many rows "
		    "it may be." },
	{ .key = "key",
	    TABLE(key),
	    .read = parse_list,
	    .example = "id",
	    .expected = "names, separated by commas",
	    .help = "The columns that tell rows apart, for a view." },
	{ .key = "name",
	    TABLE(name),
	    .read = parse_config_text,
	    .example = "members",
	    .expected = "a name",
	    .help = "The table's name in addresses." },
	{ .key = "modified",
	    TABLE(modified),
	    .read = parse_config_text,
	    .example = "updated_at",
	    .expected = "a column's name",
	    .help = "The column that says when a row was last changed." },
};

enum {
	N_SETTINGS = sizeof settings / sizeof *settings
};
_Static_assert(
    N_SETTINGS <= sizeof((struct setting_seen *)0)->lines / sizeof(unsigned),
    "every key has its place");

static size_t
find(enum setting_where where, const char *key)
{
	size_t i = 0;

	while (i < N_SETTINGS && (settings[i].where != where ||
				     strcmp(settings[i].key, key) != 0))
		i++;
	return i;
}

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* How many characters must be changed to make one word of the other. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[KEY_MOST + 1];
	size_t len = strlen(b);

	assert(len <= KEY_MOST);
	for (size_t j = 0; j <= len; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 1; j <= len; j++) {
			size_t above = row[j];

			row[j] = least(above + 1, row[j - 1] + 1,
			    diagonal + (a[i] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[len];
}

static const char *
unknown(struct mem *mem, enum setting_where where, const char *key)
{
	static const char *const sections[] = { [SETTING_SITE] =
						    "before the first section",
		[SETTING_TABLE] = "in a section [table ...]" };
	enum setting_where other =
	    where == SETTING_SITE ? SETTING_TABLE : SETTING_SITE;
	const char *best = NULL;
	size_t nearest = (size_t)-1;

	if (find(other, key) < N_SETTINGS)
		return mem_printf(mem, "the key %s belongs %s, not %s", key,
		    sections[other], sections[where]);
	for (size_t i = 0; i < N_SETTINGS; i++)
		if (settings[i].where == where &&
		    distance(key, settings[i].key) < nearest) {
			best = settings[i].key;
			nearest = distance(key, best);
		}
	return mem_printf(
	    mem, "there is no key %s: the nearest is %s", key, best);
}

static void *
place(void *target, size_t offset)
{
	return (char *)target + offset;
}

void
setting_begin(struct mem *mem, enum setting_where where, void *target)
{
	for (size_t i = 0; i < N_SETTINGS; i++) {
		const struct setting *setting = &settings[i];
		bool valid =
		    setting->where != where || setting->fallback == NULL ||
		    setting->read(mem, setting->fallback, setting->choices, 0,
			place(target, setting->offset));

		assert(valid);
		(void)valid;
	}
	if (where == SETTING_SITE) {
		long processors = sysconf(_SC_NPROCESSORS_ONLN);

		((struct config *)target)->workers =
		    WORKERS_EACH * (processors < 1 ? 1 : (int)processors);
	}
}

const char *
setting_apply(struct mem *mem, enum setting_where where, void *target,
    const char *key, const char *value, unsigned line,
    struct setting_seen *seen)
{
	size_t i = find(where, key);
	const struct setting *setting = &settings[i];

	if (i == N_SETTINGS)
		return unknown(mem, where, key);
	if (seen->lines[i] != 0)
		return mem_printf(mem, "%s was given in line %u already", key,
		    seen->lines[i]);
	seen->lines[i] = line;
	if (!setting->read(mem, value, setting->choices, line,
		place(target, setting->offset))) {
		if (setting->secret)
			return mem_printf(
			    mem, "%s: expected %s", key, setting->expected);
		return mem_printf(
		    mem, "%s = %s: expected %s", key, value, setting->expected);
	}
	if (setting->line_offset != 0)
		*(unsigned *)place(target, setting->line_offset) = line;
	return NULL;
}

/* Prints a help text as comment lines. */
static void
print_help(FILE *out, const char *text)
{
	enum {
		WIDTH = 72
	};

	while (*text != '\0') {
		size_t len = strlen(text);

		if (len > WIDTH)
			for (len = WIDTH; len > 0 && text[len] != ' ';)
				len--;
		fprintf(out, "# %.*s\n", (int)len, text);
		text += len;
		text += strspn(text, " ");
	}
}

static void
print_all(FILE *out, enum setting_where where, const char *secret)
{
	for (size_t i = 0; i < N_SETTINGS; i++) {
		const struct setting *setting = &settings[i];
		const char *value = setting->fallback;
		/* What a site cannot be without stands ready to be used. */
		bool given = value != NULL || setting->secret;

		if (setting->where != where)
			continue;
		if (value == NULL)
			value = setting->example;
		if (setting->read == parse_secret)
			value = secret;
		putc('\n', out);
		print_help(out, setting->help);
		fprintf(out, "%s%s = %s\n",
		    given && where == SETTING_SITE ? "" : ";", setting->key,
		    value);
	}
}

void
setting_sample(FILE *out, const char *secret)
{
	fputs("# Lines that begin with # or ; are comments, and so is what\n"
	      "# follows a ; behind a space. No line may be longer than 197\n"
	      "# characters.\n",
	    out);
	print_all(out, SETTING_SITE, secret);
	fputs("\n"
	      "# Only tables with a section are exposed: [table NAME],\n"
	      "# [table SCHEMA.NAME], or [table SCHEMA.*] for all tables of a\n"
	      "# schema. A name with a dot, a bracket or a space is written\n"
	      "# in double quotes.\n"
	      ";[table member]\n",
	    out);
	print_all(out, SETTING_TABLE, secret);
}
