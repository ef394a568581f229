#include "app/config.h"

#include <errno.h>
#include <ini.h>
#include <string.h>

#include "app/fragment.h"
#include "app/locate.h"
#include "app/parse.h"
#include "app/setting.h"
#include "format/seal.h"
#include "format/utf8.h"

enum {
	LINE_SIZE = 4096
};

static const char white[] = " \t\r\n\f\v";

/* A file that is being read. inih gets its lines from read_line, which tells
 * sections, comments and values apart before it, since inih would cut long
 * ones, take indented lines for a value's next, and not say where it is. */
struct reading {
	struct mem *mem;
	FILE *in;
	struct config *config;
	struct config_table *table; /* the section, or NULL */
	struct setting_seen seen;
	unsigned line;
	const char *value;   /* of the line */
	const char *message; /* the first complaint, or NULL */
};

__attribute__((format(printf, 4, 0))) static char *
complaint(struct mem *mem, const char *file, unsigned line, const char *format,
    va_list args)
{
	const char *text = mem_vprintf(mem, format, args);

	if (line == 0)
		return mem_printf(mem, "%s: %s", file, text);
	return mem_printf(mem, "%s:%u: %s", file, line, text);
}

char *
config_complaint(struct mem *mem, const struct config *config, unsigned line,
    const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = complaint(mem, config->file, line, format, args);
	va_end(args);
	return text;
}

__attribute__((format(printf, 2, 3))) static void
complain(struct reading *reading, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (reading->message == NULL)
		reading->config->wrong_line = reading->line;
	if (reading->message == NULL)
		reading->message = complaint(reading->mem,
		    reading->config->file, reading->line, format, args);
	va_end(args);
}

/* A name in '"', or a bare one up to a dot, a bracket or white space. Returns
 * what follows it, or NULL. */
static const char *
read_name(struct mem *mem, const char *at, const char **name)
{
	size_t len = strcspn(at, ".]\" \t");

	if (*at == '"')
		return parse_quoted(mem, at, name);
	*name = mem_copy(mem, at, len);
	return len == 0 ? NULL : at + len;
}

/* "table SCHEMA.NAME]" behind the opening bracket. */
static bool
read_section(struct mem *mem, const char *at, struct config_table *table)
{
	bool all = false;

	at += strspn(at, " \t");
	if (strncmp(at, "table", 5) != 0 || (at[5] != ' ' && at[5] != '\t'))
		return false;
	at += 5 + strspn(at + 5, " \t");
	at = read_name(mem, at, &table->table);
	if (at != NULL && *at == '.') {
		table->schema = table->table;
		all = strncmp(at, ".*", 2) == 0;
		table->table = NULL;
		at = all ? at + 2 : read_name(mem, at + 1, &table->table);
	}
	if (at == NULL ||
	    (!all && table->schema == NULL && strcmp(table->table, "*") == 0))
		return false;
	at += strspn(at, " \t");
	if (*at++ != ']')
		return false;
	at += strspn(at, " \t\r\n");
	return *at == '\0' || *at == ';' || *at == '#';
}

static void
begin_section(struct reading *reading, const char *line)
{
	struct config *config = reading->config;
	struct config_table table = { .line = reading->line };

	if (!read_section(reading->mem, line + 1, &table)) {
		complain(reading,
		    "the section %.*s: expected [table NAME], "
		    "[table SCHEMA.NAME] or [table SCHEMA.*]",
		    (int)strcspn(line, "\r\n"), line);
		return;
	}
	setting_begin(reading->mem, SETTING_TABLE, &table);
	config->tables = mem_grow(reading->mem, config->tables,
	    config->n_tables, sizeof *config->tables);
	reading->table = &config->tables[config->n_tables++];
	*reading->table = table;
	reading->seen = (struct setting_seen){ 0 };
}

/* The next line into raw, without what is before its first character. NULL at
 * the end, or with a complaint. */
static const char *
next_line(struct reading *reading, char raw[LINE_SIZE])
{
	const char *line = raw;

	if (reading->message != NULL ||
	    fgets(raw, LINE_SIZE, reading->in) == NULL)
		return NULL;
	reading->line++;
	if (strchr(raw, '\n') == NULL && !feof(reading->in)) {
		complain(reading, "the line is too long, or holds a NUL");
		return NULL;
	}
	if (reading->line == 1 && strncmp(line, "\xef\xbb\xbf", 3) == 0)
		line += 3;
	return line + strspn(line, white);
}

/* What stands behind the '=', without a comment behind white space. */
static const char *
value_of(struct mem *mem, const char *at)
{
	size_t start = strspn(at, white), len = strcspn(at, ";");

	while (
	    at[len] != '\0' && (len == 0 || strchr(white, at[len - 1]) == NULL))
		len += 1 + strcspn(at + len + 1, ";");
	while (len > start && strchr(white, at[len - 1]) != NULL)
		len--;
	return mem_copy(mem, at + start, len > start ? len - start : 0);
}

/* An ini_reader. It gets names alone. */
static char *
read_line(char *to, int size, void *stream)
{
	struct reading *reading = stream;
	char raw[LINE_SIZE];
	const char *line = next_line(reading, raw);
	size_t name;

	if (line == NULL)
		return NULL;
	if (*line == ';' || *line == '#')
		line = "";
	if (utf8_prefix(line, strlen(line)) < strlen(line))
		complain(reading, "expected text in UTF-8");
	if (*line == '[') {
		begin_section(reading, line);
		line = "";
	}
	name = strcspn(line, "=:");
	if (*line != '\0' && (line[name] == '\0' || name + 4 > (size_t)size))
		complain(reading, "expected KEY = VALUE, a [section] or a "
				  "# comment");
	if (reading->message != NULL)
		return NULL;
	if (*line == '\0')
		return memcpy(to, "\n", 2);
	reading->value = value_of(reading->mem, line + name + 1);
	memcpy(to, line, name);
	memcpy(to + name, "=*\n", 4);
	return to;
}

/* An ini_handler. */
static int
take(void *user, const char *section, const char *name, const char *value)
{
	struct reading *reading = user;
	bool site = reading->table == NULL;
	const char *wrong;

	(void)section;
	(void)value;
	wrong = setting_apply(reading->mem, site ? SETTING_SITE : SETTING_TABLE,
	    site ? (void *)reading->config : reading->table, name,
	    reading->value, reading->line, &reading->seen);
	if (wrong != NULL)
		complain(reading, "%s", wrong);
	return wrong == NULL;
}

static bool
same_section(const struct config_table *a, const struct config_table *b)
{
	if (strcmp(a->schema, b->schema) != 0)
		return false;
	if (a->table == NULL || b->table == NULL)
		return a->table == b->table;
	return strcmp(a->table, b->table) == 0;
}

/* Names the schema of those sections that name none; the site's key for it is
 * known only now. */
static void
finish_sections(struct reading *reading)
{
	struct config *config = reading->config;

	for (size_t i = 0; i < config->n_tables; i++) {
		struct config_table *table = &config->tables[i];

		if (table->schema == NULL)
			table->schema = config->schema;
		reading->line = table->line;
		for (size_t j = 0; j < i; j++)
			if (same_section(&config->tables[j], table))
				complain(reading,
				    "this section is there in "
				    "line %u already",
				    config->tables[j].line);
	}
}

/* What the rights name that cannot be: a column of no one table, a group that
 * no list can name. */
static void
finish_rights(struct reading *reading)
{
	const struct config *config = reading->config;

	for (size_t i = 0; i < config->groups.n; i++) {
		const struct config_named *group = &config->groups.items[i];

		reading->line = group->list.line;
		if (strpbrk(group->name, "@*, \t\"") != NULL)
			complain(reading,
			    "group.%s: expected a name without @, *, commas "
			    "and white space",
			    group->name);
	}
	for (size_t i = 0; i < config->n_tables; i++) {
		const struct config_table *table = &config->tables[i];
		const struct config_names *names =
		    table->reads.n > 0 ? &table->reads : &table->updates;

		if (table->table != NULL || names->n == 0)
			continue;
		reading->line = names->items[0].list.line;
		complain(reading,
		    "a right to the column %s belongs in the section of one "
		    "table",
		    names->items[0].name);
	}
}

/* Complains about a group of a list that nobody can be in. */
static void
check_groups(struct reading *reading, const struct config_list *list)
{
	const struct config_names *groups = &reading->config->groups;

	for (size_t i = 0; i < list->n; i++) {
		const char *who = list->items[i];
		bool found = *who != '@';

		for (size_t k = 0; k < groups->n && !found; k++)
			found = strcmp(groups->items[k].name, who + 1) == 0;
		reading->line = list->line;
		if (!found)
			complain(reading,
			    "%s: there is no such group: expected one of a "
			    "line group.NAME",
			    who);
	}
}

static void
check_named(struct reading *reading, const struct config_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		check_groups(reading, &names->items[i].list);
}

static void
finish_groups(struct reading *reading)
{
	const struct config *config = reading->config;

	/* they have groups of their own */
	if (config->accounts)
		return;
	for (enum config_may may = 0; may < MAY__MAX; may++)
		check_groups(reading, &config->may[may]);
	check_named(reading, &config->roles);
	for (size_t i = 0; i < config->n_tables; i++) {
		const struct config_table *table = &config->tables[i];

		for (enum config_may may = 0; may < MAY__MAX; may++)
			check_groups(reading, &table->may[may]);
		check_named(reading, &table->reads);
		check_named(reading, &table->updates);
	}
}

enum config_result
config_read(struct mem *mem, FILE *in, const char *file, struct config *config,
    const char **message)
{
	struct reading reading = { .mem = mem, .in = in, .config = config };
	int rc;

	*config = (struct config){ .file = mem_string(mem, file) };
	setting_begin(mem, SETTING_SITE, config);
	rc = ini_parse_stream(read_line, &reading, take, &reading);
	if (rc > 0)
		reading.line = (unsigned)rc;
	if (rc != 0)
		complain(&reading, "expected KEY = VALUE");
	if (ferror(in))
		complain(&reading, "%s", strerror(errno));
	finish_sections(&reading);
	finish_rights(&reading);
	finish_groups(&reading);
	if (config->database == NULL && reading.message == NULL)
		reading.message = config_complaint(mem, config, 0,
		    "there is no database: expected database = host=... "
		    "dbname=... before the first section");
	if (config->accounts && config->secret == NULL &&
	    reading.message == NULL)
		reading.message = config_complaint(mem, config, 0,
		    "accounts = on needs a secret: \"ifmatch sample\" prints "
		    "one");
	*message = reading.message;
	return reading.message == NULL ? CONFIG_LOADED : CONFIG_WRONG;
}

/* Whether a conninfo or URI holds a password: "password=", or what stands
 * between ':' and '@' of a URI's authority. */
static bool
has_password(const char *conninfo)
{
	const char *word = conninfo;
	const char *authority = strstr(conninfo, "://");

	while ((word = strcasestr(word, "password")) != NULL) {
		word += strlen("password");
		if (word[strspn(word, " \t")] == '=')
			return true;
	}
	if (authority == NULL)
		return false;
	authority += 3;
	word = memchr(authority, '@', strcspn(authority, "/?"));
	return word != NULL &&
	       memchr(authority, ':', (size_t)(word - authority)) != NULL;
}

/* Reads a file that the configuration names. */
static const char *
read_fragment(struct mem *mem, const struct config *config, const char *key,
    const struct config_text *name, const char **message)
{
	const char *why, *html;

	if (name->text == NULL || *message != NULL)
		return NULL;
	html = fragment_read(mem, config->file, name->text, &why);
	if (html == NULL)
		*message = config_complaint(mem, config, name->line,
		    "%s = %s: %s", key, name->text, why);
	return html;
}

static enum config_result
read_kept(struct mem *mem, FILE *in, const char *path, bool sought,
    struct config *config, const char **message)
{
	enum config_result result;

	if (sought && !locate_is_ours(in)) {
		*message = mem_printf(mem,
		    "%s: it belongs to somebody else: "
		    "expected a file of the program's owner",
		    path);
		return CONFIG_FOREIGN;
	}
	result = config_read(mem, in, path, config, message);
	if (result != CONFIG_LOADED)
		return result;
	config->header_html =
	    read_fragment(mem, config, "header", &config->header, message);
	config->footer_html =
	    read_fragment(mem, config, "footer", &config->footer, message);
	if (*message != NULL)
		return CONFIG_WRONG;
	if (!locate_is_open(in) ||
	    (config->secret == NULL && !has_password(config->database)))
		return CONFIG_LOADED;
	*message = mem_printf(mem,
	    "%s: others can read this file, and it "
	    "holds a password or the secret: chmod 600 %s",
	    path, path);
	return CONFIG_OPEN;
}

enum config_result
config_load(struct mem *mem, const char *program, struct config *config,
    const char **message)
{
	const char *tried;
	const char *path = locate_config(mem, program, &tried);
	bool sought = tried != NULL;
	enum config_result result;
	FILE *in;

	*config = (struct config){ 0 };
	*message = NULL;
	if (path == NULL) {
		*message = mem_printf(mem,
		    "there is no configuration: "
		    "expected one of %s",
		    tried == NULL ? "none" : tried);
		return CONFIG_ABSENT;
	}
	in = fopen(path, "re");
	if (in == NULL) {
		result = errno == ENOENT ? CONFIG_ABSENT : CONFIG_WRONG;
		*message = mem_printf(
		    mem, "%s: it cannot be read: %s", path, strerror(errno));
		return result;
	}
	result = read_kept(mem, in, path, sought, config, message);
	fclose(in);
	return result;
}

void
config_sample(FILE *out)
{
	struct mem *mem = mem_new();

	setting_sample(out, seal_secret(mem));
	mem_free(mem);
}
