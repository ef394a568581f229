#include "view/filterrow.h"

#include <string.h>

#include "format/html.h"
#include "view/caption.h"
#include "view/control.h"
#include "view/reference.h"
#include "view/typing.h"

/* What the controls of one column share. */
struct controls {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct column *column;
	const struct criterion *criterion;
	const struct choice *choice; /* or NULL */
	const char *label;
};

static void
word(const struct controls *c, enum word word)
{
	html_text(c->out, words_text(c->site->language, word));
}

static char *
id_of(const struct controls *c, const char *part)
{
	return mem_printf(c->mem, "f%d-%s", c->column->number, part);
}

static void
name_and_id(const struct controls *c, const char *part)
{
	html_attr(c->out, "id", id_of(c, part));
	html_attr(c->out, "name",
	    mem_printf(c->mem, "_%s.%s", part, c->column->name));
}

/* Beside the legend that says the column. */
static void
write_label(const struct controls *c, const char *part, enum word text)
{
	fputs("<label", c->out);
	html_attr(c->out, "for", id_of(c, part));
	putc('>', c->out);
	word(c, text);
	fputs("<span class=\"aloud\">: ", c->out);
	html_text(c->out, c->label);
	fputs("</span></label>\n", c->out);
}

static void
write_how(const struct controls *c, enum criterion_kind kind)
{
	static const enum word words[] = {
		[CRITERION_CONTAINS] = WORD_CONTAINS,
		[CRITERION_BEGINS] = WORD_BEGINS,
		[CRITERION_IS] = WORD_EQUALS,
	};

	bool whole = kind == CRITERION_TEXT;

	fputs("<select", c->out);
	name_and_id(c, "how");
	html_attr(c->out, "aria-label", c->label);
	fputs(">\n", c->out);
	for (int i = 0; i < (whole ? CRITERION_HOW__MAX : CRITERION_BEGINS);
	     i++)
		html_option(c->out, criterion_how_name((enum criterion_how)i),
		    words_text(c->site->language, words[i]),
		    (int)c->criterion->how == i);
	if (whole || !c->column->not_null)
		html_option(c->out, criterion_empty,
		    words_text(c->site->language, WORD_IS_EMPTY),
		    c->criterion->empty);
	fputs("</select>\n", c->out);
}

static void
write_text(const struct controls *c)
{
	fputs("<input type=\"text\" dir=\"auto\"", c->out);
	name_and_id(c, "text");
	html_attr(c->out, "aria-label", c->label);
	html_attr(c->out, "value",
	    c->criterion->text != NULL ? c->criterion->text : "");
	fputs(">\n", c->out);
}

/* The browser's own control where it can hold the value, whatever came by the
 * URL. */
static void
write_bound(const struct controls *c, enum criterion_kind kind,
    const char *part, enum word text, const char *value)
{
	const char *base = c->column->base;
	const char *type = "text";

	if (value == NULL)
		value = "";
	if ((kind == CRITERION_DAYS || strcmp(base, "date") == 0) &&
	    typing_fits_date(value))
		type = "date";
	else if (strcmp(base, "time") == 0 && typing_fits_time(value))
		type = "time";
	fputs("<div class=\"bound\">\n", c->out);
	write_label(c, part, text);
	fputs("<input", c->out);
	html_attr(c->out, "type", type);
	name_and_id(c, part);
	if (c->column->json == COLUMN_NUMBER)
		fputs(" inputmode=\"decimal\"", c->out);
	html_attr(c->out, "value",
	    typing_show(c->mem, c->site->language, c->column, value));
	fputs(">\n</div>\n", c->out);
}

static void
write_range(const struct controls *c, enum criterion_kind kind)
{
	write_bound(c, kind, "from", WORD_FROM, c->criterion->from);
	write_bound(c, kind, "to", WORD_TO, c->criterion->to);
}

static void
write_select(const struct controls *c, const char *const *values,
    const char *const *labels, size_t n)
{
	const char *present = c->criterion->text;

	fputs("<select", c->out);
	name_and_id(c, "text");
	html_attr(c->out, "aria-label", c->label);
	fputs(">\n", c->out);
	html_option(c->out, "", words_text(c->site->language, WORD_ANY),
	    present == NULL);
	for (size_t i = 0; i < n; i++)
		if (*values[i] != '\0')
			html_option(c->out, values[i], labels[i],
			    present != NULL && strcmp(present, values[i]) == 0);
	fputs("</select>\n", c->out);
}

static void
write_choice(const struct controls *c)
{
	static const char *const truth[] = { "true", "false" };
	const char *const words[] = {
		words_text(c->site->language, WORD_YES),
		words_text(c->site->language, WORD_NO),
	};
	const struct cell none = { 0 };
	const char *const *choices;
	size_t n;

	if (strcmp(c->column->base, "bool") == 0) {
		write_select(c, truth, words, sizeof truth / sizeof *truth);
		return;
	}
	choices = control_choices(c->column, &none, &n);
	write_select(c, choices, choices, n);
}

/* A key to be typed, a search for it beside. */
static void
write_key(const struct controls *c)
{
	fputs("<label class=\"aloud\"", c->out);
	html_attr(c->out, "for", id_of(c, "text"));
	putc('>', c->out);
	html_text(c->out, c->label);
	fputs("</label>\n<input type=\"text\"", c->out);
	name_and_id(c, "text");
	html_attr(c->out, "value",
	    c->criterion->text != NULL ? c->criterion->text : "");
	fputs(">\n", c->out);
}

/* Of few rows one to choose, of many those that a search has found. */
static void
write_row(const struct controls *c)
{
	const struct choice *choice = c->choice;
	const struct reference_control control = {
		.id = id_of(c, "text"),
		.name = mem_printf(c->mem, "_text.%s", c->column->name),
		.label = c->label,
		.present = c->criterion->text,
	};
	const char *const *values, *const *labels;
	size_t n;

	html_hidden(
	    c->out, mem_printf(c->mem, "_how.%s", c->column->name), "row");
	if (choice == NULL || (choice->many && choice->search == NULL)) {
		write_key(c);
	} else {
		n = reference_options(c->mem, c->site, choice,
		    c->criterion->text, &values, &labels);
		write_select(c, values, labels, n);
	}
	if (choice != NULL && (choice->many || choice->search != NULL))
		reference_search(c->out, c->mem, c->site, choice, &control);
}

static void
write_empty(const struct controls *c)
{
	if (c->column->not_null)
		return;
	fputs("<p class=\"null\"><input type=\"checkbox\" value=\"1\"", c->out);
	name_and_id(c, "empty");
	html_flag(c->out, "checked", c->criterion->empty);
	putc('>', c->out);
	write_label(c, "empty", WORD_EMPTY);
	fputs("</p>\n", c->out);
}

void
filterrow_write(FILE *out, struct mem *mem, const struct site *site,
    const struct finder *finder, size_t column)
{
	const struct column *of = &finder->scope->table->columns[column];
	enum criterion_kind kind = criterion_kind(of, finder->refers[column]);
	const struct controls c = {
		.out = out,
		.mem = mem,
		.site = site,
		.column = of,
		.criterion = &finder->criteria[column],
		.choice = finder->choices ? finder->choices[column] : NULL,
		.label = caption_column(mem, of).label,
	};

	if (kind == CRITERION_EMPTY && of->not_null)
		return;
	fputs(kind == CRITERION_TEXT || kind == CRITERION_PART
		  ? "<fieldset class=\"criterion line\">\n"
		  : "<fieldset class=\"criterion\">\n",
	    out);
	fputs("<legend dir=\"auto\">", out);
	html_text(out, c.label);
	fputs("</legend>\n", out);
	switch (kind) {
	case CRITERION_TEXT:
	case CRITERION_PART:
		write_how(&c, kind);
		write_text(&c);
		break;
	case CRITERION_RANGE:
	case CRITERION_DAYS:
		write_range(&c, kind);
		write_empty(&c);
		break;
	case CRITERION_CHOICE:
		write_choice(&c);
		write_empty(&c);
		break;
	case CRITERION_ROW:
		write_row(&c);
		write_empty(&c);
		break;
	case CRITERION_EMPTY:
		write_empty(&c);
		break;
	}
	fputs("</fieldset>\n", out);
}
