/*
 * view_fixture: a site, a table and a scope for the tests of the pages.
 */
#ifndef VIEW_FIXTURE_H
#define VIEW_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "store/table.h"
#include "view/layout.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct site site = {
	.title = "Club <records>",
	.base = "/records",
	.person = "anna",
	.account = "a&a",
	.language = LANGUAGE_EN,
	.time_zone = "UTC",
	.limit = 1 << 20,
	.token = "1795.abc",
};

/* A plain column; a test changes what it needs. */
static inline struct column
column_of(int number, const char *name, const char *base)
{
	return (struct column){
		.name = name,
		.number = number,
		.type = base,
		.base = base,
		.kind = 'b',
		.json = COLUMN_STRING,
		.selectable = true,
		.insertable = true,
		.updatable = true,
	};
}

static inline struct column
text_of(int number, const char *name)
{
	struct column column = column_of(number, name, "text");

	column.text = true;
	return column;
}

/* A scope that allows everything, with the first column as key. */
static inline struct scope *
scope_of(struct mem *mem, struct table *table, struct column *columns, size_t n)
{
	struct scope *scope = mem_alloc(mem, sizeof *scope);

	table->columns = columns;
	table->n_columns = n;
	table->key = mem_array(mem, 1, sizeof *table->key);
	table->n_key = 1;
	table->guard = GUARD_VERSION;
	columns[0].key_part = 1;
	scope->table = table;
	scope->rights = RIGHT_READ | RIGHT_CREATE | RIGHT_UPDATE | RIGHT_DELETE;
	scope->read = mem_array(mem, n, sizeof *scope->read);
	scope->insert = mem_array(mem, n, sizeof *scope->insert);
	scope->update = mem_array(mem, n, sizeof *scope->update);
	for (size_t i = 0; i < n; i++)
		scope->read[i] = scope->insert[i] = scope->update[i] = true;
	return scope;
}

static inline void
assert_has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("lacks: %s\nin: %s", part, text);
}

static inline void
assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("has: %s\nin: %s", part, text);
}

/* Parts that stand in this order. */
static inline void
assert_order(const char *text, const char *first, const char *second)
{
	const char *at = strstr(text, first);

	assert_has(text, first);
	assert_has(text, second);
	if (at == NULL || strstr(at, second) == NULL)
		fail_msg("%s\nstands behind: %s", first, second);
}

/* The page without what stands there by chance: runs of hex digits that no
 * person reads, long ones and fragments. */
static inline char *
without_nonces(struct mem *mem, const char *text)
{
	enum {
		LONG = 32
	};
	struct text *out = mem_text_open(mem);

	while (*text != '\0') {
		bool fragment = *text == '#';
		size_t run = strspn(text + fragment, "0123456789abcdef");

		if (fragment)
			putc('#', out->out);
		else if (run < LONG)
			fwrite(text, 1, run > 0 ? run : 1, out->out);
		text += fragment || run == 0 ? run + 1 : run;
	}
	return mem_text(out);
}

/* Words that no page may say. */
static inline void
assert_for_people(const char *text)
{
	static const char *const never[] = { "ETag", "entity tag",
		"precondition", "412", "SQL", "constraint", "NULL", "xmin",
		"ifmatch", "If-Match", "style=", "<script>" };

	struct mem *mem = mem_new();
	const char *read = without_nonces(mem, text);

	for (size_t i = 0; i < COUNT(never); i++)
		assert_lacks(read, never[i]);
	mem_free(mem);
	assert_has(text, "<!DOCTYPE html>\n<html lang=\"en\">");
	assert_has(text, "</main>\n</body>\n</html>\n");
}

#endif
