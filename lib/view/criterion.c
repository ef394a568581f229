#include "view/criterion.h"

#include <ctype.h>
#include <string.h>

#include "base/names.h"
#include "view/control.h"

/* The end of a day as a timestamp. */
static const char midnight[] = " 24:00";

static const char *const hows[] = {
	[CRITERION_CONTAINS] = "contains",
	[CRITERION_BEGINS] = "begins",
	[CRITERION_IS] = "is",
};

const char criterion_empty[] = "empty";

const char *
criterion_how_name(enum criterion_how how)
{
	return hows[how];
}

enum criterion_how
criterion_how_named(const char *name)
{
	enum criterion_how how = CRITERION_CONTAINS;

	for (int i = 0; i < CRITERION_HOW__MAX; i++)
		if (strcmp(hows[i], name) == 0)
			how = (enum criterion_how)i;
	return how;
}

enum criterion_kind
criterion_kind(const struct column *column, bool refers)
{
	static const char *const ranges[] = { "date", "time" };
	static const char *const stamps[] = { "timestamp", "timestamptz" };
	const struct cell none = { 0 };

	if (refers)
		return CRITERION_ROW;
	switch (control_choose(column, &none)) {
	case CONTROL_YES_NO:
	case CONTROL_LABELS:
		return CRITERION_CHOICE;
	case CONTROL_FILE:
		return CRITERION_EMPTY;
	case CONTROL_LINE:
	case CONTROL_AREA:
	case CONTROL_DATE:
	case CONTROL_TIME:
	case CONTROL_TIMESTAMP:
	case CONTROL_OPTIONS:
	case CONTROL_PICKER:
		break;
	}
	if (column->json == COLUMN_NUMBER ||
	    names_hold(ranges, sizeof ranges / sizeof *ranges, column->base))
		return CRITERION_RANGE;
	if (names_hold(stamps, sizeof stamps / sizeof *stamps, column->base))
		return CRITERION_DAYS;
	return column->text ? CRITERION_TEXT : CRITERION_PART;
}

bool
criterion_sorts(const struct column *column)
{
	static const char *const bases[] = { "date", "time", "timetz",
		"timestamp", "timestamptz", "interval", "uuid", "inet", "cidr",
		"macaddr", "money", "bit", "varbit" };

	return column->text || column->json == COLUMN_NUMBER ||
	       column->json == COLUMN_BOOL || column->kind == 'e' ||
	       names_hold(bases, sizeof bases / sizeof *bases, column->base);
}

static bool
is_null_test(const struct filter *filter)
{
	return filter->kind == FILTER_TEST && !filter->negated &&
	       filter->op == FILTER_IS &&
	       strcmp(filter->values[0], "null") == 0;
}

static bool
is_empty_test(const struct filter *filter)
{
	return filter->kind == FILTER_TEST && !filter->negated &&
	       filter->op == FILTER_EQ && *filter->values[0] == '\0';
}

/* "(a.is.null,a.eq.)": there is nothing in a text. */
static bool
is_nothing(const struct filter *filter)
{
	return filter->kind == FILTER_OR && !filter->negated &&
	       filter->n_parts == 2 && is_null_test(&filter->parts[0]) &&
	       is_empty_test(&filter->parts[1]) &&
	       strcmp(filter->parts[0].column, filter->parts[1].column) == 0;
}

/* A conjunction of one is what it holds. */
static const struct filter *
core(const struct filter *filter)
{
	while (filter->kind == FILTER_AND && !filter->negated &&
	       filter->n_parts == 1)
		filter = &filter->parts[0];
	return filter;
}

const char *
criterion_column(const struct filter *filter)
{
	filter = core(filter);
	if (is_nothing(filter))
		return filter->parts[0].column;
	return filter->kind == FILTER_TEST ? filter->column : NULL;
}

const char *
criterion_plain(struct mem *mem, const char *pattern, enum criterion_how *how)
{
	struct text *text = mem_text_open(mem);
	bool ahead = *pattern == '%';
	const char *at = pattern + ahead;

	for (; *at != '\0' && *at != '%' && *at != '_'; at++) {
		at += *at == '\\' && at[1] != '\0';
		putc(*at, text->out);
	}
	mem_text(text);
	if (strcmp(at, "%") == 0)
		*how = ahead ? CRITERION_CONTAINS : CRITERION_BEGINS;
	else if (*at == '\0' && !ahead)
		*how = CRITERION_IS;
	else
		return NULL;
	return text->at;
}

static bool
set(const char **slot, const char *value)
{
	if (*slot != NULL)
		return false;
	*slot = value;
	return true;
}

static bool
take_text(struct mem *mem, enum criterion_kind kind,
    const struct filter *filter, struct criterion *criterion)
{
	enum criterion_how how = CRITERION_IS;
	const char *text = filter->values[0];

	if (filter->op == FILTER_ILIKE)
		text = criterion_plain(mem, text, &how);
	else if (filter->op != FILTER_EQ)
		return false;
	if (text == NULL || *text == '\0' ||
	    (filter->op == FILTER_ILIKE && how == CRITERION_IS) ||
	    (kind == CRITERION_PART && how != CRITERION_CONTAINS) ||
	    !set(&criterion->text, text))
		return false;
	criterion->how = how;
	return true;
}

/* The days of a timestamp: up to the end of the last one. */
static bool
take_days(
    struct mem *mem, const struct filter *filter, struct criterion *criterion)
{
	const char *value = filter->values[0];
	size_t len = strlen(value), end = strlen(midnight);

	if (filter->op == FILTER_GTE && strchr(value, ':') == NULL)
		return set(&criterion->from, value);
	if (filter->op == FILTER_LT && len > end &&
	    strcmp(value + len - end, midnight) == 0)
		return set(&criterion->to, mem_copy(mem, value, len - end));
	return false;
}

static bool
take_range(const struct filter *filter, struct criterion *criterion)
{
	if (filter->op == FILTER_GTE)
		return set(&criterion->from, filter->values[0]);
	if (filter->op == FILTER_LTE)
		return set(&criterion->to, filter->values[0]);
	return false;
}

static bool
take_choice(const struct column *column, const struct filter *filter,
    struct criterion *criterion)
{
	const char *value = filter->values[0];
	const struct cell none = { 0 };
	const char *const *choices;
	size_t n;

	if (strcmp(column->base, "bool") == 0)
		return filter->op == FILTER_IS &&
		       (strcmp(value, "true") == 0 ||
			   strcmp(value, "false") == 0) &&
		       set(&criterion->text, value);
	choices = control_choices(column, &none, &n);
	return filter->op == FILTER_EQ && names_hold(choices, n, value) &&
	       set(&criterion->text, value);
}

bool
criterion_take(struct mem *mem, const struct column *column,
    enum criterion_kind kind, const struct filter *filter,
    struct criterion *criterion)
{
	filter = core(filter);
	if (criterion->empty)
		return false;
	if (is_nothing(filter) || is_null_test(filter) ||
	    (column->text && is_empty_test(filter))) {
		/* a text that is NULL and one that is '' are one to people */
		if (column->text && !column->not_null && !is_nothing(filter))
			return false;
		criterion->empty = criterion->text == NULL &&
				   criterion->from == NULL &&
				   criterion->to == NULL;
		return criterion->empty;
	}
	if (filter->kind != FILTER_TEST || filter->negated)
		return false;
	switch (kind) {
	case CRITERION_TEXT:
	case CRITERION_PART:
		return filter->op != FILTER_IS && filter->op != FILTER_IN &&
		       take_text(mem, kind, filter, criterion);
	case CRITERION_RANGE:
		return take_range(filter, criterion);
	case CRITERION_DAYS:
		return take_days(mem, filter, criterion);
	case CRITERION_CHOICE:
		return filter->op != FILTER_IN &&
		       take_choice(column, filter, criterion);
	case CRITERION_ROW:
		return filter->op == FILTER_EQ &&
		       set(&criterion->text, filter->values[0]);
	case CRITERION_EMPTY:
		break;
	}
	return false;
}

static void
write_quoted(FILE *out, const char *text)
{
	putc('"', out);
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			putc('\\', out);
		putc(*text, out);
	}
	putc('"', out);
}

char *
criterion_name(struct mem *mem, const char *name)
{
	struct text *text;

	if (*name != '\0' && strpbrk(name, "\",.:()\\{} ") == NULL)
		return mem_string(mem, name);
	text = mem_text_open(mem);
	write_quoted(text->out, name);
	return mem_text(text);
}

/* A column whose name means something else in a query. */
static bool
is_reserved(const char *name)
{
	static const char *const names[] = { "select", "order", "limit",
		"offset", "columns", "on_conflict" };

	return *name == '_' || filter_is_logic(name) ||
	       names_hold(names, sizeof names / sizeof *names, name);
}

static struct uri_pair
pair_of(struct mem *mem, const struct column *column, const char *op,
    const char *value)
{
	struct text *text;

	if (!is_reserved(column->name))
		return (struct uri_pair){ .name = column->name,
			.value = mem_printf(mem, "%s.%s", op, value) };
	text = mem_text_open(mem);
	fputs(mem_printf(mem, "(%s.%s.", criterion_name(mem, column->name), op),
	    text->out);
	if (strcmp(op, "is") == 0)
		fputs(value, text->out);
	else
		write_quoted(text->out, value);
	putc(')', text->out);
	return (struct uri_pair){ .name = "and", .value = mem_text(text) };
}

static struct uri_pair
nothing(struct mem *mem, const struct column *column)
{
	const char *name = criterion_name(mem, column->name);

	if (!column->text)
		return pair_of(mem, column, "is", "null");
	if (column->not_null)
		return pair_of(mem, column, "eq", "");
	return (struct uri_pair){ .name = "or",
		.value =
		    mem_printf(mem, "(%s.is.null,%s.eq.\"\")", name, name) };
}

/* A pattern in which '*' stands for anything has no way to say '*' itself; '_'
 * stands for any one character. */
static struct uri_pair
like(struct mem *mem, const struct column *column,
    const struct criterion *criterion)
{
	struct text *text = mem_text_open(mem);

	if (criterion->how == CRITERION_CONTAINS)
		putc('*', text->out);
	for (const char *at = criterion->text; *at != '\0'; at++) {
		if (strchr("\\%_", *at) != NULL)
			putc('\\', text->out);
		putc(*at == '*' ? '_' : *at, text->out);
	}
	putc('*', text->out);
	return pair_of(mem, column, "ilike", mem_text(text));
}

static size_t
range(struct mem *mem, const struct column *column, enum criterion_kind kind,
    const struct criterion *criterion, struct uri_pair *pairs)
{
	bool days = kind == CRITERION_DAYS;
	size_t n = 0;

	if (criterion->from != NULL)
		pairs[n++] = pair_of(mem, column, "gte", criterion->from);
	if (criterion->to != NULL)
		pairs[n++] = pair_of(mem, column, days ? "lt" : "lte",
		    mem_printf(
			mem, "%s%s", criterion->to, days ? midnight : ""));
	return n;
}

size_t
criterion_pairs(struct mem *mem, const struct column *column,
    enum criterion_kind kind, const struct criterion *criterion,
    struct uri_pair *pairs)
{
	bool plain = kind != CRITERION_TEXT && kind != CRITERION_PART;

	if (criterion->empty) {
		pairs[0] = nothing(mem, column);
		return 1;
	}
	if (kind == CRITERION_RANGE || kind == CRITERION_DAYS)
		return range(mem, column, kind, criterion, pairs);
	if (criterion->text == NULL || kind == CRITERION_EMPTY)
		return 0;
	if (kind == CRITERION_CHOICE && strcmp(column->base, "bool") == 0)
		pairs[0] = pair_of(mem, column, "is", criterion->text);
	else if (plain || criterion->how == CRITERION_IS)
		pairs[0] = pair_of(mem, column, "eq", criterion->text);
	else
		pairs[0] = like(mem, column, criterion);
	return 1;
}
