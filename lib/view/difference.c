#include "view/difference.h"

#include <string.h>

#include "format/html.h"
#include "merge/diff.h"

enum {
	CONTEXT = 2,   /* lines on either side of a change */
	KEPT_LEAST = 3 /* one word in so many, or the marks confuse */
};

/* What the parts of one comparison share. */
struct comparison {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	struct pieces before, after;
	size_t *match;
};

static void
write_text(FILE *out, struct mem *mem, const char *at, size_t len)
{
	html_text(out, mem_copy(mem, at, len));
}

static void
write_mark(FILE *out, struct mem *mem, const struct site *site, bool added,
    const char *at, size_t len)
{
	if (len == 0)
		return;
	fputs(added ? "<ins>" : "<del>", out);
	fputs("<span class=\"aloud\">", out);
	html_text(out, words_text(site->language,
			   added ? WORD_MARK_ADDED : WORD_MARK_REMOVED));
	fputs(" </span>", out);
	write_text(out, mem, at, len);
	fputs(added ? "</ins>" : "</del>", out);
}

static void
write_pieces(const struct comparison *c, bool added, size_t from, size_t to)
{
	const struct piece *items = added ? c->after.items : c->before.items;

	if (from < to)
		write_mark(c->out, c->mem, c->site, added, items[from].at,
		    (size_t)(items[to - 1].at + items[to - 1].len -
			     items[from].at));
}

static bool
is_space(const struct piece *piece)
{
	return strchr(" \t\n\v\f\r", *piece->at) != NULL;
}

/* White space between two changed words belongs to the change. Returns how
 * many words have stayed. */
static size_t
widen(const struct comparison *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->before.n; i++) {
		if (c->match[i] == DIFF_NONE || !is_space(&c->before.items[i]))
			kept += c->match[i] != DIFF_NONE;
		else if (i > 0 && i + 1 < c->before.n &&
			 c->match[i - 1] == DIFF_NONE &&
			 c->match[i + 1] == DIFF_NONE)
			c->match[i] = DIFF_NONE;
	}
	return kept;
}

static size_t
count_words(const struct pieces *pieces)
{
	size_t n = 0;

	for (size_t i = 0; i < pieces->n; i++)
		n += !is_space(&pieces->items[i]);
	return n;
}

static void
write_compared(const struct comparison *c)
{
	size_t i = 0, k = 0;

	while (i < c->before.n || k < c->after.n) {
		size_t i_end = i, k_end;

		while (i_end < c->before.n && c->match[i_end] == DIFF_NONE)
			i_end++;
		k_end = i_end < c->before.n ? c->match[i_end] : c->after.n;
		write_pieces(c, false, i, i_end);
		write_pieces(c, true, k, k_end);
		i = i_end;
		k = k_end;
		for (; i < c->before.n && c->match[i] == k; i++, k++)
			write_text(c->out, c->mem, c->after.items[k].at,
			    c->after.items[k].len);
	}
}

void
difference_words(FILE *out, struct mem *mem, const struct site *site,
    const struct span *before, const struct span *after)
{
	struct comparison c = { .out = out,
		.mem = mem,
		.site = site,
		.before = diff_words(mem, before->at, before->len),
		.after = diff_words(mem, after->at, after->len) };
	size_t most, kept;

	c.match = diff_match(mem, &c.before, &c.after);
	kept = widen(&c);
	most = count_words(&c.before);
	if (most < count_words(&c.after))
		most = count_words(&c.after);
	if (kept * KEPT_LEAST >= most) {
		write_compared(&c);
		return;
	}
	write_mark(out, mem, site, false, before->at, before->len);
	if (before->len > 0 && after->len > 0)
		putc('\n', out);
	write_mark(out, mem, site, true, after->at, after->len);
}

/* Where the first lines end, or the last ones begin. */
static const char *
cut(const struct span *span, size_t lines, bool at_end)
{
	const char *at = at_end ? span->at + span->len : span->at;

	while (lines > 0) {
		if (at_end)
			lines -= *--at == '\n';
		else
			lines -= *at++ == '\n';
	}
	return at_end ? at + 1 : at - 1;
}

static void
write_around(FILE *out, struct mem *mem, const struct span *span, size_t first,
    size_t last)
{
	const char *end = span->at + span->len;

	if (span->n == 0)
		return;
	if (span->n <= first + last + 1) {
		write_text(out, mem, span->at, span->len);
		return;
	}
	if (first > 0) {
		const char *to = cut(span, first, false);

		write_text(out, mem, span->at, (size_t)(to - span->at));
		putc('\n', out);
	}
	fputs("<span class=\"gap\">\xe2\x80\xa6</span>", out);
	if (last > 0) {
		const char *from = cut(span, last, true);

		putc('\n', out);
		write_text(out, mem, from, (size_t)(end - from));
	}
}

void
difference_lines(
    FILE *out, struct mem *mem, const struct span *span, size_t most)
{
	if (most == 0)
		write_text(out, mem, span->at, span->len);
	else
		write_around(out, mem, span, most, most);
}

void
difference_write(FILE *out, struct mem *mem, const struct site *site,
    const char *before, const char *after)
{
	struct hunks hunks = lines_merge(mem, before, after, before);

	for (size_t i = 0; i < hunks.n; i++) {
		const struct hunk *hunk = &hunks.items[i];

		if (i > 0)
			putc('\n', out);
		if (hunk->kind == HUNK_SAME)
			write_around(out, mem, &hunk->base, i > 0 ? CONTEXT : 0,
			    i + 1 < hunks.n ? CONTEXT : 0);
		else
			difference_words(
			    out, mem, site, &hunk->base, &hunk->theirs);
	}
}
