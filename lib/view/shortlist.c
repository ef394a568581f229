#include "view/shortlist.h"

#include "base/names.h"
#include "view/value.h"

enum {
	COLUMNS_MOST = 8
};

struct pick {
	const struct scope *scope;
	const struct label_rule *label;
};

static bool
is_key(const struct pick *pick, size_t i)
{
	return pick->scope->table->columns[i].key_part > 0;
}

static bool
is_label(const struct pick *pick, size_t i)
{
	const struct label_rule *label = pick->label;

	for (size_t p = 0; p < label->n; p++)
		if (label->parts[p].text == NULL && label->parts[p].column == i)
			return label->joined || p == 0;
	return false;
}

static bool
is_legible(const struct pick *pick, size_t i)
{
	static const char *const bases[] = { "bytea", "json", "jsonb", "xml",
		"uuid" };
	const char *base = pick->scope->table->columns[i].base;

	return !names_hold(bases, sizeof bases / sizeof *bases, base);
}

static bool
is_any(const struct pick *pick, size_t i)
{
	(void)pick;
	(void)i;
	return true;
}

bool *
shortlist(struct mem *mem, const struct scope *scope)
{
	static bool (*const rules[])(const struct pick *, size_t) = { is_key,
		is_label, is_legible, is_any };
	const struct label_rule label = table_label(mem, scope);
	const struct pick pick = { scope, &label };
	size_t n = scope->table->n_columns, left = COLUMNS_MOST;
	bool *shown = mem_array(mem, n, sizeof *shown);

	for (size_t rule = 0; rule < sizeof rules / sizeof *rules; rule++)
		for (size_t i = 0; i < n && left > 0; i++)
			if (!shown[i] && scope->read[i] &&
			    value_shown(scope->table, i) &&
			    rules[rule](&pick, i)) {
				shown[i] = true;
				left--;
			}
	return shown;
}
