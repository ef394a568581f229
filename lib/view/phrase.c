#include "view/phrase.h"

#include <string.h>
#include <strings.h>

#include "view/caption.h"
#include "view/criterion.h"
#include "view/reference.h"
#include "view/typing.h"

enum {
	GROUP = 3,	/* digits between two marks */
	SIGNIFICANT = 2 /* digits of a number that nobody counted */
};

struct phrase {
	struct mem *mem;
	const struct site *site;
	const struct scope *scope;
	struct choice *const *choices;
};

static char *
fill(const struct phrase *p, enum word word, const char *first,
    const char *second)
{
	const char *const args[3] = { first, second, NULL };

	return words_fill(p->mem, p->site->language, word, args);
}

/* A value as lists show it. */
static const char *
shown(const struct phrase *p, const struct column *column, const char *value)
{
	const struct choice *choice =
	    p->choices ? p->choices[table_index(p->scope->table, column)]
		       : NULL;

	if (reference_known(choice, value))
		return reference_text(p->mem, choice_named(choice, value));
	if (*value == '\0')
		return words_text(p->site->language, WORD_EMPTY);
	return typing_show(p->mem, p->site->language, column, value);
}

static char *
is_phrase(
    const struct phrase *p, const char *label, const char *value, bool negated)
{
	enum language language = p->site->language;
	bool none = strcasecmp(value, "null") == 0;

	if (none || strcasecmp(value, "not_null") == 0)
		return fill(p,
		    none != negated ? WORD_SAID_EMPTY : WORD_SAID_FILLED, label,
		    NULL);
	if (strcasecmp(value, "true") == 0)
		value = words_text(language, WORD_YES);
	else if (strcasecmp(value, "false") == 0)
		value = words_text(language, WORD_NO);
	else
		value = words_text(language, WORD_NO_VALUE);
	return fill(
	    p, negated ? WORD_SAID_UNEQUAL : WORD_SAID_IS, label, value);
}

static char *
like_phrase(const struct phrase *p, const char *label, const char *pattern)
{
	static const enum word words[] = {
		[CRITERION_CONTAINS] = WORD_SAID_CONTAINS,
		[CRITERION_BEGINS] = WORD_SAID_BEGINS,
		[CRITERION_IS] = WORD_SAID_IS,
	};
	enum criterion_how how;
	const char *text = criterion_plain(p->mem, pattern, &how);
	char *stars;

	if (text)
		return fill(p, words[how], label, text);
	stars = mem_string(p->mem, pattern);
	for (char *at = stars; (at = strchr(at, '%')) != NULL; at++)
		*at = '*';
	return fill(p, WORD_SAID_LIKE, label, stars);
}

static char *
list_phrase(const struct phrase *p, const struct column *column,
    const char *label, const struct filter *filter)
{
	struct text *text = mem_text_open(p->mem);

	for (size_t i = 0; i < filter->n_values; i++) {
		fputs(i > 0 ? ", " : "", text->out);
		fputs(shown(p, column, filter->values[i]), text->out);
	}
	return fill(p, WORD_SAID_ONE_OF, label, mem_text(text));
}

/* "2020-12-31 24:00", before which all of the day lies. */
static char *
below_phrase(const struct phrase *p, const struct column *column,
    const char *label, const char *value)
{
	struct criterion criterion = { 0 };
	const struct filter filter = { .kind = FILTER_TEST,
		.column = column->name,
		.op = FILTER_LT,
		.values = &value,
		.n_values = 1 };

	if (criterion_take(p->mem, column, CRITERION_DAYS, &filter, &criterion))
		return fill(p, WORD_SAID_TO, label, criterion.to);
	return fill(p, WORD_SAID_LESS, label, shown(p, column, value));
}

static char *
test_phrase(const struct phrase *p, const struct filter *filter)
{
	const struct column *column =
	    table_column(p->scope->table, filter->column);
	const char *label = caption_column(p->mem, column).label;
	enum word word = WORD_SAID_OTHER;

	switch (filter->op) {
	case FILTER_EQ:
		word = WORD_SAID_IS;
		break;
	case FILTER_NEQ:
	case FILTER_ISDISTINCT:
		word = WORD_SAID_UNEQUAL;
		break;
	case FILTER_GT:
		word = WORD_SAID_MORE;
		break;
	case FILTER_GTE:
		word = WORD_SAID_FROM;
		break;
	case FILTER_LT:
		return below_phrase(p, column, label, filter->values[0]);
	case FILTER_LTE:
		word = WORD_SAID_TO;
		break;
	case FILTER_LIKE:
	case FILTER_ILIKE:
		return like_phrase(p, label, filter->values[0]);
	case FILTER_MATCH:
	case FILTER_IMATCH:
		word = WORD_SAID_LIKE;
		break;
	case FILTER_IN:
		return list_phrase(p, column, label, filter);
	case FILTER_IS:
		return is_phrase(p, label, filter->values[0], filter->negated);
	case FILTER_CS:
		word = WORD_SAID_CONTAINS;
		break;
	case FILTER_CD:
	case FILTER_OV:
	case FILTER_SL:
	case FILTER_SR:
	case FILTER_NXR:
	case FILTER_NXL:
	case FILTER_ADJ:
		break;
	}
	return fill(p, word, label, shown(p, column, filter->values[0]));
}

static char *join(const struct phrase *p, const struct filter *filter);

static char *
any_phrase(const struct phrase *p, const struct filter *filter)
{
	bool alone = filter->kind == FILTER_TEST && filter->op == FILTER_IS;
	char *text = filter->kind == FILTER_TEST ? test_phrase(p, filter)
						 : join(p, filter);

	return filter->negated && !alone ? fill(p, WORD_SAID_NOT, text, NULL)
					 : text;
}

/* Parts within parts stand in parentheses. */
static char *
join(const struct phrase *p, const struct filter *filter)
{
	struct text *text = mem_text_open(p->mem);
	enum word word =
	    filter->kind == FILTER_AND ? WORD_SAID_AND : WORD_SAID_OR;

	for (size_t i = 0; i < filter->n_parts; i++) {
		const struct filter *part = &filter->parts[i];
		bool group = part->kind != FILTER_TEST && part->n_parts > 1;

		if (i > 0)
			fputs(mem_printf(p->mem, " %s ",
				  words_text(p->site->language, word)),
			    text->out);
		fputs(group ? "(" : "", text->out);
		fputs(any_phrase(p, part), text->out);
		fputs(group ? ")" : "", text->out);
	}
	return mem_text(text);
}

char *
phrase_filter(struct mem *mem, const struct site *site,
    const struct scope *scope, struct choice *const *choices,
    const struct filter *filter)
{
	const struct phrase p = { mem, site, scope, choices };
	const char *name = criterion_column(filter);
	const struct column *column =
	    name ? table_column(scope->table, name) : NULL;
	struct criterion criterion = { 0 };

	if (column &&
	    criterion_take(mem, column, CRITERION_EMPTY, filter, &criterion))
		return fill(&p, WORD_SAID_EMPTY,
		    caption_column(mem, column).label, NULL);
	return any_phrase(&p, filter);
}

char *
phrase_count(
    struct mem *mem, enum language language, long long count, bool about)
{
	static const char marks[] = {
		[LANGUAGE_EN] = ',',
		[LANGUAGE_DE] = '.',
	};
	struct text *text = mem_text_open(mem);
	char *digits = mem_printf(mem, "%lld", count);
	size_t n = strlen(digits);

	for (size_t i = SIGNIFICANT; about && i < n; i++)
		digits[i] = '0';
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % GROUP == 0)
			putc(marks[language], text->out);
		putc(digits[i], text->out);
	}
	return mem_text(text);
}
