#include "view/places.h"

#include <string.h>

#include "format/hash.h"
#include "format/html.h"
#include "view/difference.h"

enum {
	KEY_DIGITS = 12,
	CONTEXT = 2 /* lines around a place */
};

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
places_key(struct mem *mem, const struct hunks *hunks, size_t hunk)
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
write_lines(const struct disputed *f, const char *id, const struct span *before,
    const struct span *after)
{
	FILE *out = f->page->out;

	fputs("<div class=\"lines\" dir=\"auto\"", out);
	if (id != NULL)
		html_attr(out, "id", id);
	putc('>', out);
	if (after->n == 0 && (before == NULL || before->n == 0)) {
		fputs("<span class=\"none\">", out);
		option_word(f, WORD_CONFLICT_NO_LINES);
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
write_settled(const struct disputed *f, const struct hunk *hunk)
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
	option_word(f, words[hunk->kind]);
	fputs("</p>\n", out);
	write_lines(f, NULL, &hunk->base,
	    hunk->kind == HUNK_MINE ? &hunk->mine : &hunk->theirs);
}

static void
write_offers(const struct disputed *f, const struct hunk *hunk, const char *id,
    const char *key, enum hunk_choice choice)
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
		option_write(f, &option);
		if (offers[i].choice == CHOICE_THEIRS)
			write_lines(f, option.described, before, &hunk->theirs);
		else if (offers[i].choice == CHOICE_MINE)
			write_lines(f, option.described,
			    before != NULL ? before : &hunk->theirs,
			    &hunk->mine);
	}
}

static void
write_place(const struct disputed *f, size_t hunk, size_t place)
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
		option_word(f, WORD_CONFLICT_BEFORE);
		fputs("</p>\n", out);
		write_lines(f, NULL, NULL, &hunks->items[hunk].base);
	}
	write_offers(f, &hunks->items[hunk], id, places_key(mem, hunks, hunk),
	    f->contest->choices != NULL ? f->contest->choices[place]
					: CHOICE_NONE);
	fputs("</fieldset>\n", out);
}

/* Where both the places and a text of one's own were given. */
static void
write_which(const struct disputed *f)
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
	option_write(f, &option);
	option.value = "mine";
	option.id = mem_printf(mem, "%s-keep", f->id);
	option.label = WORD_CONFLICT_OWN_COUNTS;
	option.checked = f->contest->choice == CHOICE_MINE;
	option_write(f, &option);
}

/* A text, place by place. */
void
places_write(const struct disputed *f)
{
	const struct hunks *hunks = &f->contest->hunks;
	FILE *out = f->page->out;
	size_t place = 0;

	fputs("<p class=\"help\">", out);
	option_word(f, WORD_CONFLICT_PLACES);
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
	option_word(f, WORD_CONFLICT_OWN);
	fputs("</summary>\n", out);
	widget_write(out, f->page->mem, f->page->site, f->column, f->cell);
	fputs("</details>\n", out);
	html_hidden(out, mem_printf(f->page->mem, "_mine.%s", f->name),
	    f->contest->mine);
}
