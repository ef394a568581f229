#include "view/hint.h"

#include <string.h>

#include "view/control.h"
#include "view/room.h"
#include "view/typing.h"
#include "view/value.h"

enum {
	MODIFIER_BASE = 4, /* atttypmod of numeric: precision and scale */
	SCALE_MASK = 0x7ff,
	SCALE_SIGN = 0x400
};

/* How a value is written, where the control does not show it by itself. */
static const struct {
	const char *base;
	enum word word;
} written[] = {
	{ "timestamptz", WORD_HINT_TIMESTAMPTZ },
	{ "timestamp", WORD_HINT_TIMESTAMP },
	{ "date", WORD_HINT_DATE },
	{ "time", WORD_HINT_TIME },
	{ "timetz", WORD_HINT_TIMETZ },
	{ "interval", WORD_HINT_INTERVAL },
	{ "inet", WORD_HINT_INET },
	{ "cidr", WORD_HINT_CIDR },
	{ "macaddr", WORD_HINT_MACADDR },
	{ "uuid", WORD_HINT_UUID },
	{ "bit", WORD_HINT_BIT },
	{ "varbit", WORD_HINT_BITS },
	{ "json", WORD_HINT_JSON },
	{ "jsonb", WORD_HINT_JSON },
	{ "xml", WORD_HINT_XML },
};

static void
add(struct text *text, struct mem *mem, const struct site *site, enum word word,
    const char *arg1, const char *arg2)
{
	const char *const args[3] = { arg1, arg2, NULL };

	if (mem_text_size(text) > 0)
		putc(' ', text->out);
	fputs(words_fill(mem, site->language, word, args), text->out);
}

static enum word
way_of_writing(const struct column *column)
{
	if (*column->base == '_')
		return WORD_HINT_LIST;
	if (column->kind == 'r')
		return WORD_HINT_RANGE;
	if (column->kind == 'm')
		return WORD_HINT_RANGES;
	if (column->kind == 'c')
		return WORD_HINT_PARTS;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++)
		if (strcmp(column->base, written[i].base) == 0)
			return written[i].word;
	return WORD_NONE;
}

static void
add_way(struct text *text, struct mem *mem, const struct site *site,
    const struct column *column, enum word word)
{
	if (word == WORD_HINT_TIMESTAMPTZ)
		add(text, mem, site, word, site->time_zone, NULL);
	else if (word == WORD_HINT_BIT)
		add(text, mem, site, word,
		    mem_printf(mem, "%d", column->modifier), NULL);
	else if (word != WORD_NONE)
		add(text, mem, site, word, NULL, NULL);
}

/* How many decimal places a number may have, or -1. */
static int
scale_of(const struct column *column)
{
	int scale = (column->modifier - MODIFIER_BASE) & SCALE_MASK;

	return strcmp(column->base, "numeric") != 0 ||
		       column->modifier < MODIFIER_BASE || scale >= SCALE_SIGN
		   ? -1
		   : scale;
}

static enum word
scale_word(int scale)
{
	return scale == 0   ? WORD_HINT_WHOLE
	       : scale == 1 ? WORD_HINT_DECIMAL
			    : WORD_HINT_DECIMALS;
}

static void
add_scale(struct text *text, struct mem *mem, const struct site *site,
    const struct column *column)
{
	int scale = scale_of(column);

	if (scale >= 0)
		add(text, mem, site, scale_word(scale),
		    mem_printf(mem, "%d", scale), NULL);
}

enum word
hint_too_fine(struct mem *mem, const struct column *column, const char *value,
    const char **most)
{
	int scale = scale_of(column);
	const char *point = strchr(value, '.');
	size_t n;

	if (scale < 0 || point == NULL)
		return WORD_NONE;
	n = strspn(point + 1, "0123456789");
	if (point[n + 1] != '\0')
		return WORD_NONE;
	while (point[n] == '0')
		n--;
	*most = mem_printf(mem, "%d", scale);
	return n > (size_t)scale ? scale_word(scale) : WORD_NONE;
}

static const char *
shown(struct mem *mem, const struct site *site, const struct column *column,
    const struct rule_bound *bound)
{
	return typing_show(mem, site->language, column, bound->text);
}

static void
add_bounds(struct text *text, struct mem *mem, const struct site *site,
    const struct column *column)
{
	static const struct {
		enum word least, more, most, less;
	} words[2] = {
		{ WORD_HINT_LEAST, WORD_HINT_MORE, WORD_HINT_MOST,
		    WORD_HINT_LESS },
		{ WORD_HINT_FROM, WORD_HINT_AFTER, WORD_HINT_UNTIL,
		    WORD_HINT_BEFORE },
	};
	bool date = strcmp(column->base, "date") == 0;
	const struct rule_bound *least = &column->rule.least;
	const struct rule_bound *most = &column->rule.most;

	if (least->text != NULL && least->allowed && most->text != NULL &&
	    most->allowed) {
		add(text, mem, site, WORD_HINT_FROM_TO,
		    shown(mem, site, column, least),
		    shown(mem, site, column, most));
		return;
	}
	if (least->text != NULL)
		add(text, mem, site,
		    least->allowed ? words[date].least : words[date].more,
		    shown(mem, site, column, least), NULL);
	if (most->text != NULL)
		add(text, mem, site,
		    most->allowed ? words[date].most : words[date].less,
		    shown(mem, site, column, most), NULL);
}

char *
hint_text(struct mem *mem, const struct site *site, const struct column *column,
    const struct cell *cell)
{
	struct text *text = mem_text_open(mem);
	enum control control = control_choose(column, cell);
	bool typed = control == CONTROL_LINE || control == CONTROL_AREA;
	enum word word = typed ? way_of_writing(column) : WORD_NONE;

	add_way(text, mem, site, column, word);
	if (typed)
		add_scale(text, mem, site, column);
	if (control == CONTROL_FILE)
		add(text, mem, site, WORD_HINT_FILE,
		    value_size(mem, site, room_of(site)), NULL);
	if (typed || control == CONTROL_DATE)
		add_bounds(text, mem, site, column);
	mem_text(text);
	return text->len > 0 ? text->at : NULL;
}

/* That of numbers goes without saying until it is missed. */
static enum word
expected(const struct column *column)
{
	if (column->json != COLUMN_NUMBER)
		return way_of_writing(column);
	return strncmp(column->base, "int", 3) == 0 ? WORD_HINT_WHOLE
						    : WORD_HINT_NUMBER;
}

char *
hint_refusal(struct mem *mem, const struct site *site,
    const struct column *column, const struct fault *fault)
{
	struct text *text = mem_text_open(mem);

	if (fault->message == WORD_F_TOO_LONG && column->max_length > 0)
		add(text, mem, site, WORD_F_LONGER,
		    mem_printf(mem, "%d", column->max_length), NULL);
	if (fault->message == WORD_F_VALUE ||
	    (fault->message == WORD_F_TOO_LONG &&
		strstr(column->base, "bit") != NULL)) {
		add(text, mem, site, WORD_F_WRITTEN, NULL, NULL);
		add_way(text, mem, site, column, expected(column));
	}
	mem_text(text);
	return text->len > 0 ? text->at : NULL;
}
