#include "view/dispute.h"

#include <string.h>

#include "format/form.h"
#include "format/hash.h"
#include "format/html.h"
#include "view/caption.h"
#include "view/difference.h"

enum {
	KEY_DIGITS = 12,
	CONTEXT = 2 /* lines around a place */
};

/* One field, and what its parts share. */
struct field_dispute {
	const struct dispute *page;
	const struct column *column;
	const struct cell *cell;
	const struct contest *contest;
	const char *name, *id;
};

/* One of several radio buttons. */
struct option {
	const char *name, *value, *id;
	enum word label;
	bool checked, required;
	const char *described; /* id of a part, or NULL */
};

char *
dispute_id(struct mem *mem, const struct column *column)
{
	return mem_printf(mem, "%s-dispute", widget_id(mem, column));
}

char *
dispute_held(struct mem *mem, const char *value)
{
	return value != NULL ? hash_text(mem, value, strlen(value)) : "";
}

static void
add_span(FILE *out, const struct span *span)
{
	fprintf(out, "%zu,%zu:", span->n, span->len);
	if (span->len > 0)
		fwrite(span->at, 1, span->len, out);
}

static char *
hunk_hash(struct mem *mem, const struct hunk *hunk)
{
	struct text *text = mem_text_open(mem);

	add_span(text->out, &hunk->base);
	add_span(text->out, &hunk->theirs);
	add_span(text->out, &hunk->mine);
	mem_text(text);
	return mem_copy(mem, hash_text(mem, text->at, text->len), KEY_DIGITS);
}

char *
dispute_key(struct mem *mem, const struct hunks *hunks, size_t hunk)
{
	char *hash = hunk_hash(mem, &hunks->items[hunk]);
	size_t before = 0;

	for (size_t i = 0; i < hunk; i++)
		if (hunks->items[i].kind == HUNK_DISPUTE &&
		    strcmp(hunk_hash(mem, &hunks->items[i]), hash) == 0)
			before++;
	return mem_printf(mem, "%s-%zu", hash, before);
}

static void
word(const struct field_dispute *f, enum word text)
{
	layout_word(
	    f->page->out, f->page->mem, f->page->site, text, NULL, NULL);
}

/* "As Anna saved it". */
static void
write_label_text(const struct field_dispute *f, enum word label)
{
	if (label == WORD_CONFLICT_THEIRS && f->page->by != NULL)
		layout_word(f->page->out, f->page->mem, f->page->site,
		    WORD_CONFLICT_THEIRS_BY, f->page->by, NULL);
	else
		word(f, label);
}

static void
write_option(const struct field_dispute *f, const struct option *option)
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

static void
write_wrong(const struct field_dispute *f)
{
	if (f->contest->wrong == WORD_NONE)
		return;
	fputs("<p class=\"error\"", f->page->out);
	html_attr(
	    f->page->out, "id", mem_printf(f->page->mem, "%s-wrong", f->id));
	putc('>', f->page->out);
	word(f, f->contest->wrong);
	fputs("</p>\n", f->page->out);
}

/* Whether theirs is too long to be shown beside mine. */
static bool
is_long(const struct field_dispute *f)
{
	return f->column->text && f->cell->theirs != NULL &&
	       f->cell->value != NULL && strchr(f->cell->theirs, '\n') != NULL;
}

static void
write_before(const struct field_dispute *f)
{
	FILE *out = f->page->out;

	if (!f->contest->base_known || f->contest->hunks.n > 0 || is_long(f))
		return;
	fputs("<p class=\"before\">", out);
	word(f, WORD_CONFLICT_BEFORE);
	fputs(" <bdi class=\"given\">", out);
	widget_value(out, f->page->mem, f->page->site, f->column, f->cell,
	    f->cell->base, 0);
	fputs("</bdi></p>\n", out);
}

/* What is saved now; of a long text where it differs from what was typed. */
static void
write_theirs(const struct field_dispute *f, const char *id)
{
	struct mem *mem = f->page->mem;
	FILE *out = f->page->out;

	if (is_long(f)) {
		fputs("<p class=\"whose\">", out);
		word(f, WORD_CONFLICT_COMPARED);
		fputs("</p>\n<div class=\"lines\" dir=\"auto\"", out);
		html_attr(out, "id", id);
		putc('>', out);
		difference_write(out, mem, f->page->site, f->cell->value,
		    form_newlines(mem, f->cell->theirs));
		fputs("</div>\n", out);
		return;
	}
	fputs("<p class=\"offer\"", out);
	html_attr(out, "id", id);
	fputs("><bdi class=\"given\">", out);
	widget_value(
	    out, mem, f->page->site, f->column, f->cell, f->cell->theirs, 0);
	fputs("</bdi></p>\n", out);
}

/* The whole field: theirs or mine. */
static void
write_whole(const struct field_dispute *f)
{
	struct mem *mem = f->page->mem;
	FILE *out = f->page->out;
	struct option option = {
		.name = mem_printf(mem, "_choice.%s", f->name),
		.value = "theirs",
		.id = mem_printf(mem, "%s-take", f->id),
		.label = WORD_CONFLICT_THEIRS,
		.checked = f->contest->choice == CHOICE_THEIRS,
		.required = true,
		.described = mem_printf(mem, "%s-theirs", f->id),
	};

	write_option(f, &option);
	write_theirs(f, option.described);
	option.value = "mine";
	option.id = mem_printf(mem, "%s-keep", f->id);
	option.label = WORD_CONFLICT_MINE;
	option.checked = f->contest->choice == CHOICE_MINE;
	option.described = NULL;
	write_option(f, &option);
	fputs("<div class=\"offer\">\n", out);
	widget_write(out, mem, f->page->site, f->column, f->cell);
	fputs("</div>\n", out);
	html_hidden(out, mem_printf(mem, "_held.%s", f->name),
	    dispute_held(mem, f->cell->value));
}

static void
write_lines(const struct field_dispute *f, const char *id,
    const struct span *before, const struct span *after)
{
	FILE *out = f->page->out;

	fputs("<div class=\"lines\" dir=\"auto\"", out);
	if (id != NULL)
		html_attr(out, "id", id);
	putc('>', out);
	if (after->n == 0 && (before == NULL || before->n == 0)) {
		fputs("<span class=\"none\">", out);
		word(f, WORD_CONFLICT_NO_LINES);
		fputs("</span>", out);
	} else if (before != NULL) {
		difference_words(
		    out, f->page->mem, f->page->site, before, after);
	} else {
		difference_lines(out, f->page->mem, after, 0);
	}
	fputs("</div>\n", out);
}

/* A place that one side changed, or both alike. */
static void
write_settled(const struct field_dispute *f, const struct hunk *hunk)
{
	static const enum word words[] = {
		[HUNK_MINE] = WORD_CHANGES_MINE,
		[HUNK_THEIRS] = WORD_CHANGES_THEIRS,
		[HUNK_BOTH] = WORD_CHANGES_ALIKE,
	};
	FILE *out = f->page->out;

	if (hunk->kind == HUNK_SAME) {
		fputs("<div class=\"lines same\" dir=\"auto\">", out);
		difference_lines(out, f->page->mem, &hunk->mine, CONTEXT);
		fputs("</div>\n", out);
		return;
	}
	fputs("<p class=\"whose\">", out);
	word(f, words[hunk->kind]);
	fputs("</p>\n", out);
	write_lines(f, NULL, &hunk->base,
	    hunk->kind == HUNK_MINE ? &hunk->mine : &hunk->theirs);
}

static void
write_offers(const struct field_dispute *f, const struct hunk *hunk,
    const char *id, const char *key, enum hunk_choice choice)
{
	static const struct {
		enum hunk_choice choice;
		const char *value;
		enum word label;
	} offers[] = {
		{ CHOICE_THEIRS, "theirs", WORD_CONFLICT_THEIRS },
		{ CHOICE_MINE, "mine", WORD_CONFLICT_MINE },
		{ CHOICE_BOTH, "both", WORD_CONFLICT_BOTH },
	};
	struct mem *mem = f->page->mem;
	const struct span *before = f->contest->base_known ? &hunk->base : NULL;

	for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
		struct option option = {
			.name = mem_printf(mem, "_part.%s.%s", f->name, key),
			.value = offers[i].value,
			.id = mem_printf(mem, "%s-%s", id, offers[i].value),
			.label = offers[i].label,
			.checked = choice == offers[i].choice,
		};

		if (offers[i].choice != CHOICE_BOTH)
			option.described =
			    mem_printf(mem, "%s-text", option.id);
		write_option(f, &option);
		if (offers[i].choice == CHOICE_THEIRS)
			write_lines(f, option.described, before, &hunk->theirs);
		else if (offers[i].choice == CHOICE_MINE)
			write_lines(f, option.described,
			    before != NULL ? before : &hunk->theirs,
			    &hunk->mine);
	}
}

static void
write_place(const struct field_dispute *f, size_t hunk, size_t place)
{
	const struct hunks *hunks = &f->contest->hunks;
	struct mem *mem = f->page->mem;
	FILE *out = f->page->out;
	char *id = mem_printf(mem, "%s-%zu", f->id, place + 1);

	fputs("<fieldset class=\"place\">\n<legend>", out);
	layout_word(out, mem, f->page->site, WORD_CONFLICT_PLACE,
	    mem_printf(mem, "%zu", place + 1),
	    mem_printf(mem, "%zu", hunks->n_disputes));
	fputs("</legend>\n", out);
	if (f->contest->base_known) {
		fputs("<p class=\"whose\">", out);
		word(f, WORD_CONFLICT_BEFORE);
		fputs("</p>\n", out);
		write_lines(f, NULL, NULL, &hunks->items[hunk].base);
	}
	write_offers(f, &hunks->items[hunk], id, dispute_key(mem, hunks, hunk),
	    f->contest->choices != NULL ? f->contest->choices[place]
					: CHOICE_NONE);
	fputs("</fieldset>\n", out);
}

/* Where both the places and a text of one's own were given. */
static void
write_which(const struct field_dispute *f)
{
	struct mem *mem = f->page->mem;
	struct option option = {
		.name = mem_printf(mem, "_choice.%s", f->name),
		.value = "theirs",
		.id = mem_printf(mem, "%s-take", f->id),
		.label = WORD_CONFLICT_PLACES_COUNT,
		.required = true,
		.checked = f->contest->choice == CHOICE_THEIRS,
	};

	if (f->contest->own == NULL)
		return;
	write_option(f, &option);
	option.value = "mine";
	option.id = mem_printf(mem, "%s-keep", f->id);
	option.label = WORD_CONFLICT_OWN_COUNTS;
	option.checked = f->contest->choice == CHOICE_MINE;
	write_option(f, &option);
}

/* A text, place by place. */
static void
write_places(const struct field_dispute *f)
{
	const struct hunks *hunks = &f->contest->hunks;
	FILE *out = f->page->out;
	size_t place = 0;

	fputs("<p class=\"help\">", out);
	word(f, WORD_CONFLICT_PLACES);
	fputs("</p>\n", out);
	for (size_t i = 0; i < hunks->n; i++)
		if (hunks->items[i].kind == HUNK_DISPUTE)
			write_place(f, i, place++);
		else
			write_settled(f, &hunks->items[i]);
	write_which(f);
	fputs(f->contest->own != NULL ? "<details open>\n<summary>"
				      : "<details>\n<summary>",
	    out);
	word(f, WORD_CONFLICT_OWN);
	fputs("</summary>\n", out);
	widget_write(out, f->page->mem, f->page->site, f->column, f->cell);
	fputs("</details>\n", out);
	html_hidden(out, mem_printf(f->page->mem, "_mine.%s", f->name),
	    f->contest->mine);
}

static void
write_base(const struct field_dispute *f)
{
	struct mem *mem = f->page->mem;

	if (!f->contest->base_known || !f->contest->base_whole)
		return;
	if (f->cell->base != NULL)
		html_hidden(f->page->out, mem_printf(mem, "_base.%s", f->name),
		    f->cell->base);
	else
		html_hidden(f->page->out,
		    mem_printf(mem, "_basenull.%s", f->name), "1");
}

void
dispute_write(const struct dispute *page, const struct column *column,
    const struct cell *cell, const struct contest *contest)
{
	const struct field_dispute f = { .page = page,
		.column = column,
		.cell = cell,
		.contest = contest,
		.name = widget_name(page->mem, column),
		.id = widget_id(page->mem, column) };

	fputs("<fieldset class=\"dispute\"", page->out);
	html_attr(page->out, "id", dispute_id(page->mem, column));
	fputs(" tabindex=\"-1\"", page->out);
	if (contest->wrong != WORD_NONE)
		html_attr(page->out, "aria-describedby",
		    mem_printf(page->mem, "%s-wrong", f.id));
	fputs(">\n<legend dir=\"auto\">", page->out);
	html_text(page->out, caption_column(page->mem, column).label);
	fputs("</legend>\n", page->out);
	write_wrong(&f);
	write_before(&f);
	if (contest->hunks.n > 0)
		write_places(&f);
	else
		write_whole(&f);
	write_base(&f);
	fputs("</fieldset>\n", page->out);
}
