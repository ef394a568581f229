#include "view/reference.h"

#include <string.h>

#include "format/html.h"
#include "format/json.h"
#include "format/uri.h"
#include "view/typing.h"
#include "view/value.h"

enum {
	LISTED = 20 /* as one types */
};

const char *
reference_text(struct mem *mem, const struct choice_option *option)
{
	const char *label = option->label;

	if (label[strspn(label, " \t\r\n")] == '\0')
		return option->value;
	if (option->tied && strcmp(label, option->value) != 0)
		return mem_printf(mem, "%s (%s)", label, option->value);
	return label;
}

static const char *
filled(struct mem *mem, const struct site *site, enum word word,
    const char *argument)
{
	const char *const args[3] = { argument, NULL, NULL };

	return words_fill(mem, site->language, word, args);
}

size_t
reference_options(struct mem *mem, const struct site *site,
    const struct choice *choice, const char *present,
    const char *const **values, const char *const **labels)
{
	const struct choice_option *named =
	    present ? choice_named(choice, present) : NULL;
	size_t n = 0, most = choice->n_options + 1;
	const char **v = mem_array(mem, most, sizeof *v);
	const char **l = mem_array(mem, most, sizeof *l);
	bool offered = false;

	/* the same value may have two texts: numeric 5 and 5.00 */
	for (size_t i = 0; i < choice->n_options && named; i++)
		offered |= strcmp(choice->options[i].value, named->value) == 0;
	if (present && !offered) {
		v[n] = present;
		l[n++] = named ? reference_text(mem, named)
			       : filled(mem, site, WORD_NOT_FOUND, present);
	}
	for (size_t i = 0; i < choice->n_options; i++) {
		const struct choice_option *option = &choice->options[i];

		v[n] = named && strcmp(option->value, named->value) == 0
			   ? present
			   : option->value;
		l[n++] = reference_text(mem, option);
	}
	*values = v;
	*labels = l;
	return n;
}

bool
reference_known(const struct choice *choice, const char *value)
{
	return choice != NULL && value != NULL &&
	       choice_named(choice, value) != NULL;
}

static void
begin_anchor(FILE *out, struct mem *mem, const struct site *site,
    const struct choice *choice, const struct choice_option *option)
{
	fputs("<a", out);
	layout_url(out, site, "href",
	    table_row_url(mem, choice->scope->table, option->key));
	putc('>', out);
}

void
reference_write(FILE *out, struct mem *mem, const struct site *site,
    const struct choice *choice, const char *value, size_t cut, bool link)
{
	static const struct column text = { .base = "text",
		.json = COLUMN_STRING };
	const struct choice_option *option = choice_named(choice, value);

	link = link && option->key != NULL;
	if (link)
		begin_anchor(out, mem, site, choice, option);
	value_write(out, mem, site, &text, reference_text(mem, option), cut);
	if (link)
		fputs("</a>", out);
}

/* The row that the present value refers to; of several columns the one that
 * they name together. */
static const struct choice_option *
present_option(const struct choice *choice, const char *present)
{
	if (choice->n > 1)
		return choice->n_values > 0 ? choice->named[0] : NULL;
	return choice_named(choice, present);
}

bool
reference_links(const struct choice *choice, const char *present)
{
	const struct choice_option *option;

	if (choice == NULL || present == NULL || choice->n_values == 0)
		return false;
	option = present_option(choice, present);
	return option == NULL || option->key != NULL;
}

void
reference_link(FILE *out, struct mem *mem, const struct site *site,
    const struct choice *choice, const char *id, const char *present)
{
	const struct choice_option *option;

	if (!reference_links(choice, present))
		return;
	option = present_option(choice, present);
	fputs("<p class=\"refers\"", out);
	html_attr(out, "id", id);
	fputs(" dir=\"auto\">", out);
	if (option != NULL) {
		begin_anchor(out, mem, site, choice, option);
		layout_word(out, mem, site, WORD_OPEN_REFERRED,
		    reference_text(mem, option), NULL);
		fputs("</a>", out);
	} else {
		layout_word(out, mem, site, WORD_REFERS_NOWHERE, NULL, NULL);
	}
	fputs("</p>\n", out);
}

static void
write_found(FILE *out, struct mem *mem, const struct site *site,
    const struct choice *choice, const char *id)
{
	enum word word = choice->n_options == 0 ? WORD_FOUND_NONE
			 : choice->many		? WORD_FOUND_FIRST
						: WORD_FOUND;

	if (choice->search == NULL)
		return;
	fputs("<p class=\"found\" role=\"status\"", out);
	html_attr(out, "id", mem_printf(mem, "%s-found", id));
	putc('>', out);
	layout_word(out, mem, site, word, choice->search,
	    mem_printf(mem, "%zu", choice->n_options));
	fputs("</p>\n", out);
}

/* Where a script asks for options: TABLE?_column=NAME&limit=20&_choice= */
static const char *
source_of(struct mem *mem, const struct choice *choice)
{
	const struct table *table = choice->scope->table;
	struct text *text = mem_text_open(mem);

	fputs(table_url(mem, table), text->out);
	fputs("?_column=", text->out);
	uri_write(text->out, table->columns[choice->targets[0]].name);
	fprintf(text->out, "&limit=%d&_choice=", LISTED);
	return mem_text(text);
}

/* What the script needs to know. */
static void
write_source(FILE *out, struct mem *mem, const struct site *site,
    const struct choice *choice, const struct reference_control *control)
{
	const struct choice_option *option =
	    control->present ? choice_named(choice, control->present) : NULL;
	const char *label = "";

	if (option != NULL)
		label = reference_text(mem, option);
	else if (control->present != NULL)
		label = filled(mem, site, WORD_NOT_FOUND, control->present);
	layout_url(out, site, "data-choice", source_of(mem, choice));
	html_attr(out, "data-for", control->id);
	html_attr(out, "data-label", label);
	html_attr(
	    out, "data-none", words_text(site->language, WORD_NOTHING_FOUND));
	html_attr(
	    out, "data-some", words_text(site->language, WORD_SOME_FOUND));
	html_attr(out, "data-most", mem_printf(mem, "%d", LISTED));
	html_attr(
	    out, "data-first", words_text(site->language, WORD_FIRST_FOUND));
}

void
reference_search(FILE *out, struct mem *mem, const struct site *site,
    const struct choice *choice, const struct reference_control *control)
{
	const char *query = mem_printf(mem, "%s-query", control->id);

	fputs("<div class=\"search\"", out);
	if (choice->search == NULL)
		write_source(out, mem, site, choice, control);
	fputs(">\n", out);
	write_found(out, mem, site, choice, control->id);
	fputs("<label", out);
	html_attr(out, "for", query);
	putc('>', out);
	layout_word(out, mem, site, WORD_SEARCH_FOR, control->label, NULL);
	fputs("</label>\n<input type=\"search\" dir=\"auto\""
	      " autocomplete=\"off\"",
	    out);
	html_attr(out, "id", query);
	html_attr(out, "name", mem_printf(mem, "_query.%s", control->name));
	fputs(">\n<button type=\"submit\" formnovalidate value=\"1\"", out);
	html_attr(out, "name", mem_printf(mem, "_search.%s", control->name));
	putc('>', out);
	layout_word(out, mem, site, WORD_SEARCH_ENTRIES, NULL, NULL);
	fputs("</button>\n</div>\n", out);
}

void
reference_enter(FILE *out, const struct site *site, enum word word)
{
	fputs("<button type=\"submit\" class=\"aloud\" tabindex=\"-1\""
	      " aria-hidden=\"true\" name=\"_enter\" value=\"1\">",
	    out);
	html_text(out, words_text(site->language, word));
	fputs("</button>\n", out);
}

static void
write_string(FILE *out, const char *text)
{
	json_write_string(out, text, strlen(text));
}

void
reference_json(FILE *out, struct mem *mem, const struct site *site,
    const struct choice *choice)
{
	const struct table *table = choice->scope->table;

	putc('[', out);
	for (size_t i = 0; i < choice->n_options; i++) {
		fputs(i > 0 ? ",{\"value\":" : "{\"value\":", out);
		write_string(out, typing_show(mem, site->language,
				      &table->columns[choice->targets[0]],
				      choice->options[i].value));
		fputs(",\"label\":", out);
		write_string(out, reference_text(mem, &choice->options[i]));
		putc('}', out);
	}
	putc(']', out);
}
