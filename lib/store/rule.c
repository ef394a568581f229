#include "store/rule.h"

#include <stdlib.h>
#include <string.h>

#include "base/names.h"

enum {
	DEPTH_MOST = 50,
	LENGTH_MOST = 1000000
};

enum operand_kind {
	OPERAND_COLUMN,
	OPERAND_LENGTH, /* of the column */
	OPERAND_LITERAL,
	OPERAND_LIST /* ARRAY[...] of literals */
};

struct operand {
	enum operand_kind kind;
	const char *text;	    /* of a literal */
	const char *const *choices; /* of a list */
	size_t n_choices;
};

struct scan {
	struct mem *mem;
	const char *at;
	const char *name, *base; /* the column's */
	int depth;
	struct rule *rule;
};

static bool
is_text(const char *base)
{
	return strcmp(base, "text") == 0 || strcmp(base, "varchar") == 0;
}

static bool
is_number(const char *base)
{
	static const char *const bases[] = { "int2", "int4", "int8", "numeric",
		"float4", "float8" };

	return names_hold(bases, sizeof bases / sizeof *bases, base);
}

static bool
take(struct scan *scan, const char *text)
{
	size_t n = strlen(text);

	scan->at += strspn(scan->at, " \n\t");
	if (strncmp(scan->at, text, n) != 0)
		return false;
	scan->at += n;
	return true;
}

/* What stands between two quotes, doubled ones within read as one; NULL where
 * there is no such. */
static char *
take_quoted(struct scan *scan, char quote, bool escapes)
{
	struct text *text;

	if (*scan->at != quote)
		return NULL;
	text = mem_text_open(scan->mem);
	for (scan->at++; *scan->at != '\0'; scan->at++) {
		if (*scan->at == quote && *++scan->at != quote)
			return mem_text(text);
		if (escapes && *scan->at == '\\')
			scan->at++;
		if (*scan->at == '\0')
			break;
		putc(*scan->at, text->out);
	}
	return NULL;
}

/* A name, with its quotes taken off. */
static char *
take_name(struct scan *scan)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "_0123456789$";
	const char *begin;

	take(scan, "");
	if (*scan->at == '"')
		return take_quoted(scan, '"', false);
	begin = scan->at;
	scan->at += strspn(begin, letters);
	return scan->at > begin && strchr("0123456789$", *begin) == NULL
		   ? mem_copy(scan->mem, begin, (size_t)(scan->at - begin))
		   : NULL;
}

static bool
is_decimal(const char *text)
{
	size_t n;

	text += *text == '-';
	n = strspn(text, "0123456789");
	if (text[n] == '.')
		n += 1 + strspn(text + n + 1, "0123456789");
	return *text >= '0' && *text <= '9' && text[n] == '\0';
}

static char *
take_literal(struct scan *scan)
{
	const char *begin;
	char *text;

	take(scan, "");
	if (*scan->at == '\'')
		return take_quoted(scan, '\'', false);
	if (scan->at[0] == 'E' && scan->at[1] == '\'') {
		scan->at++;
		return take_quoted(scan, '\'', true);
	}
	begin = scan->at;
	scan->at += strspn(begin, "-.0123456789");
	text = mem_copy(scan->mem, begin, (size_t)(scan->at - begin));
	return is_decimal(text) ? text : NULL;
}

/* The casts behind an operand. A column's values compare otherwise once they
 * are cast to another type: only that of a text to text says nothing. */
static bool
take_casts(struct scan *scan, const struct operand *operand)
{
	static const char *const more[] = { " varying", " precision",
		" without time zone", " with time zone" };

	while (take(scan, "::")) {
		char *type = take_name(scan);

		if (type == NULL)
			return false;
		if (operand->kind == OPERAND_COLUMN &&
		    !(is_text(scan->base) && strcmp(type, "text") == 0))
			return false;
		for (size_t i = 0; i < sizeof more / sizeof *more; i++)
			if (strncmp(scan->at, more[i], strlen(more[i])) == 0)
				scan->at += strlen(more[i]);
		if (*scan->at == '(') {
			scan->at += strspn(scan->at, "(,0123456789");
			if (!take(scan, ")"))
				return false;
		}
		if (strncmp(scan->at, "[]", 2) == 0)
			scan->at += 2;
	}
	return true;
}

static bool read_operand(struct scan *, struct operand *);

static bool
read_list(struct scan *scan, struct operand *list)
{
	const char **choices = NULL;
	struct operand item;

	list->kind = OPERAND_LIST;
	do {
		if (!read_operand(scan, &item) || item.kind != OPERAND_LITERAL)
			return false;
		choices = mem_grow(
		    scan->mem, choices, list->n_choices, sizeof *choices);
		choices[list->n_choices++] = item.text;
	} while (take(scan, ","));
	list->choices = choices;
	return take(scan, "]");
}

static bool
read_named(struct scan *scan, struct operand *operand)
{
	static const char *const lengths[] = { "length", "char_length",
		"character_length" };
	struct operand of;
	char *name = take_name(scan);

	if (name == NULL)
		return false;
	if (strcmp(name, "ARRAY") == 0 && take(scan, "["))
		return read_list(scan, operand);
	if (names_hold(lengths, sizeof lengths / sizeof *lengths, name) &&
	    take(scan, "(")) {
		operand->kind = OPERAND_LENGTH;
		return read_operand(scan, &of) && of.kind == OPERAND_COLUMN &&
		       take(scan, ")");
	}
	operand->kind = OPERAND_COLUMN;
	return strcmp(name, scan->name) == 0;
}

static bool
read_operand(struct scan *scan, struct operand *operand)
{
	bool read;

	*operand = (struct operand){ .kind = OPERAND_LITERAL };
	if (scan->depth == DEPTH_MOST)
		return false;
	scan->depth++;
	if (take(scan, "("))
		read = read_operand(scan, operand) && take(scan, ")");
	else
		read = (operand->text = take_literal(scan)) != NULL ||
		       read_named(scan, operand);
	scan->depth--;
	return read && take_casts(scan, operand);
}

static void
set_bound(const struct scan *scan, struct rule_bound *bound, const char *text,
    bool allowed)
{
	bool fits = is_number(scan->base)
			? is_decimal(text)
			: strcmp(scan->base, "date") == 0 &&
			      strlen(text) == strlen("2001-02-03") &&
			      strspn(text, "0123456789-") == strlen(text);

	if (fits && bound->text == NULL)
		*bound = (struct rule_bound){ text, allowed };
}

static void
set_length(const struct scan *scan, const char *text, bool allowed)
{
	long most = strtol(text, NULL, 10);

	if (!is_text(scan->base) || strspn(text, "0123456789") != strlen(text))
		return;
	most -= !allowed;
	if (most > 0 && most <= LENGTH_MOST &&
	    (scan->rule->max_length == 0 || most < scan->rule->max_length))
		scan->rule->max_length = (int)most;
}

static void
set_rule(const struct scan *scan, const struct operand *left,
    const char *operation, const struct operand *right)
{
	struct rule *rule = scan->rule;
	bool allowed = strchr(operation, '=') != NULL;
	bool column = left->kind == OPERAND_COLUMN;

	if (right->kind == OPERAND_LIST) {
		if (column && rule->choices == NULL &&
		    (is_text(scan->base) || is_number(scan->base))) {
			rule->choices = right->choices;
			rule->n_choices = right->n_choices;
		}
	} else if (*operation == '~') {
		if (column && is_text(scan->base) && rule->regex == NULL)
			rule->regex = right->text;
	} else if (*operation == '<' && !column) {
		set_length(scan, right->text, allowed);
	} else if (*operation == '<') {
		set_bound(scan, &rule->most, right->text, allowed);
	} else if (column) {
		set_bound(scan, &rule->least, right->text, allowed);
	}
}

static bool
ends(struct scan *scan)
{
	take(scan, "");
	return *scan->at == '\0' || *scan->at == ')' ||
	       strncmp(scan->at, "AND ", 4) == 0;
}

/* One comparison of the column with something that stands fast. */
static bool
read_comparison(struct scan *scan)
{
	static const char *const operations[] = { ">= ", "<= ", "> ", "< ",
		"~ ", "= ANY (" };
	struct operand left, right;

	if (!read_operand(scan, &left) || left.kind > OPERAND_LENGTH)
		return false;
	for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
		bool list = *operations[i] == '=';

		if (!take(scan, operations[i]))
			continue;
		if (!read_operand(scan, &right) ||
		    right.kind != (list ? OPERAND_LIST : OPERAND_LITERAL) ||
		    (list && !take(scan, ")")) || !ends(scan))
			return false;
		set_rule(scan, &left, operations[i], &right);
		return true;
	}
	return false;
}

/* Passes over something in parentheses. */
static bool
skip(struct scan *scan)
{
	int open = 0;

	take(scan, "");
	do {
		if (*scan->at == '\'') {
			if (take_quoted(scan, '\'', scan->at[-1] == 'E') ==
			    NULL)
				return false;
			continue;
		}
		if (*scan->at == '"') {
			if (take_quoted(scan, '"', false) == NULL)
				return false;
			continue;
		}
		open += *scan->at == '(';
		open -= *scan->at == ')';
		if (*scan->at++ == '\0')
			return false;
	} while (open > 0);
	return ends(scan);
}

/* Comparisons joined by AND, each of them perhaps in parentheses; what is
 * something else in parentheses says nothing. */
static bool
read_all(struct scan *scan)
{
	do {
		const struct scan before = *scan;
		const struct rule said = *scan->rule;

		if (read_comparison(scan))
			continue;
		*scan = before;
		if (!take(scan, "(") || scan->depth++ == DEPTH_MOST)
			return false;
		if (read_all(scan) && take(scan, ")") && ends(scan)) {
			scan->depth = before.depth;
			continue;
		}
		*scan = before;
		*scan->rule = said;
		if (!skip(scan))
			return false;
	} while (take(scan, "AND "));
	return true;
}

void
rule_read(struct mem *mem, const char *expression, const char *name,
    const char *base, struct rule *rule)
{
	struct rule read = *rule;
	struct scan scan = { .mem = mem,
		.at = expression,
		.name = name,
		.base = base,
		.rule = &read };

	if (read_all(&scan) && *scan.at == '\0')
		*rule = read;
}
