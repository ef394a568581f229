#include "app/setting.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "app/keys.h"

enum {
	KEY_MOST = 31,
	WORKERS_EACH = 4 /* for each processor: they wait for the disk */
};

static bool
is_prefix(const struct key *setting)
{
	return setting->name[strlen(setting->name) - 1] == '.';
}

/* Whether a key in the file is this one. */
static bool
fits(const struct key *setting, const char *key)
{
	size_t len = strlen(setting->name);

	if (is_prefix(setting))
		return strncmp(key, setting->name, len) == 0 &&
		       key[len] != '\0';
	return strcmp(key, setting->name) == 0;
}

static size_t
find(enum setting_where where, const char *key)
{
	size_t i = 0;

	while (i < keys_n && (keys[i].where != where || !fits(&keys[i], key)))
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

	if (find(other, key) < keys_n)
		return mem_printf(mem, "the key %s belongs %s, not %s", key,
		    sections[other], sections[where]);
	for (size_t i = 0; i < keys_n; i++)
		if (keys[i].where == where &&
		    distance(key, keys[i].name) < nearest) {
			best = keys[i].name;
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
	for (size_t i = 0; i < keys_n; i++) {
		const struct key *setting = &keys[i];
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

/* Where the value of a key goes: for PREFIX.NAME, to a new item. NULL: that was
 * given in line *seen already. */
static void *
target_of(struct mem *mem, const struct key *setting, void *target,
    const char *key, unsigned *seen)
{
	struct config_names *names = place(target, setting->offset);
	const char *name = key + strlen(setting->name);

	if (!is_prefix(setting))
		return *seen == 0 ? (void *)names : NULL;
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->items[i].name, name) == 0) {
			*seen = names->items[i].list.line;
			return NULL;
		}
	names->items =
	    mem_grow(mem, names->items, names->n, sizeof *names->items);
	names->items[names->n] =
	    (struct config_named){ .name = mem_string(mem, name) };
	return &names->items[names->n++].list;
}

const char *
setting_apply(struct mem *mem, enum setting_where where, void *target,
    const char *key, const char *value, unsigned line,
    struct setting_seen *seen)
{
	size_t i = find(where, key);
	const struct key *setting = &keys[i];
	void *to;

	if (i == keys_n)
		return unknown(mem, where, key);
	to = target_of(mem, setting, target, key, &seen->lines[i]);
	if (!to)
		return mem_printf(mem, "%s was given in line %u already", key,
		    seen->lines[i]);
	seen->lines[i] = line;
	if (!setting->read(mem, value, setting->choices, line, to)) {
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
	for (size_t i = 0; i < keys_n; i++) {
		const struct key *setting = &keys[i];
		const char *value = setting->fallback;
		/* What a site cannot be without stands ready to be used. */
		bool given = value != NULL || setting->read == parse_secret ||
			     setting->read == parse_conninfo;

		if (setting->where != where)
			continue;
		if (value == NULL)
			value = setting->example;
		if (setting->read == parse_secret)
			value = secret;
		putc('\n', out);
		print_help(out, setting->help);
		fprintf(out, "%s%s%s%s\n",
		    given && where == SETTING_SITE ? "" : ";", setting->name,
		    is_prefix(setting) ? "" : " = ", value);
	}
}

void
setting_sample(FILE *out, const char *secret)
{
	fputs("# Lines that begin with # or ; are comments, and so is what\n"
	      "# follows a ; behind a space.\n",
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
