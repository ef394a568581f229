#include "view/option.h"

#include "format/html.h"

void
option_word(const struct disputed *f, enum word text)
{
	layout_word(
	    f->page->out, f->page->mem, f->page->site, text, NULL, NULL);
}

/* "As Anna saved it". */
static void
write_label_text(const struct disputed *f, enum word label)
{
	if (label == WORD_CONFLICT_THEIRS && f->page->by != NULL)
		layout_word(f->page->out, f->page->mem, f->page->site,
		    WORD_CONFLICT_THEIRS_BY, f->page->by, NULL);
	else
		option_word(f, label);
}

void
option_write(const struct disputed *f, const struct option *option)
{
	FILE *out = f->page->out;

	fputs("<p class=\"option\"><input type=\"radio\"", out);
	html_attr(out, "id", option->id);
	html_attr(out, "name", option->name);
	html_attr(out, "value", option->value);
	if (option->described != NULL)
		html_attr(out, "aria-describedby", option->described);
	html_flag(out, "required", option->required);
	html_flag(out, "checked", option->checked);
	fputs("><label", out);
	html_attr(out, "for", option->id);
	putc('>', out);
	write_label_text(f, option->label);
	fputs("</label></p>\n", out);
}
