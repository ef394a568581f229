#include "view/error.h"

#include <string.h>

#include "format/html.h"
#include "format/json.h"
#include "view/caption.h"
#include "view/problem.h"
#include "view/rowjson.h"

/* Whether the database has made up the name: TABLE_COLUMN_check1. */
static bool
is_made_up(const char *constraint)
{
	static const char end[] = "_check";
	size_t len = strlen(constraint), n = sizeof end - 1;

	while (
	    len > 0 && constraint[len - 1] >= '0' && constraint[len - 1] <= '9')
		len--;
	return len > n && strncmp(constraint + len - n, end, n) == 0;
}

char *
error_sentence(
    struct mem *mem, const struct site *site, const struct fault *fault)
{
	const char *const *args = fault->args;
	const char *name[3] = { NULL, NULL, NULL };

	if (fault->message == WORD_F_CHECK && fault->constraint != NULL) {
		if (is_made_up(fault->constraint))
			return words_fill(
			    mem, site->language, WORD_F_NOT_ALLOWED, name);
		name[0] = caption_name(mem, fault->constraint);
		args = name;
	}
	if (fault->message == WORD_F_COLUMN_READ_ONLY && args[0] != NULL) {
		name[0] = caption_name(mem, args[0]);
		args = name;
	}
	return words_fill(mem, site->language, fault->message, args);
}

/* A member with a string, or null. */
static void
write_member(FILE *out, const char *name, const char *value)
{
	fputs(",\"", out);
	fputs(name, out);
	fputs("\":", out);
	json_write_text(out, value);
}

static void
write_known(FILE *out, const char *name, const char *value)
{
	if (value != NULL)
		write_member(out, name, value);
}

/* What somebody needs who has to decide anew. */
static void
write_current(FILE *out, const struct error_page *page)
{
	const struct row *row = page->row;

	write_member(out, "etag", page->tag);
	fputs(",\"current\":", out);
	if (row != NULL && page->scope != NULL)
		rowjson_write(out, page->scope, row);
	else
		fputs("null", out);
	/* which columns, no door that is answered in JSON knows */
	write_member(out, "changed", NULL);
	write_member(out, "changed_by", row != NULL ? row->changed_by : NULL);
	write_member(out, "changed_at", row != NULL ? row->changed_at : NULL);
	fputs(page->already_equal ? ",\"already_equal\":true"
				  : ",\"already_equal\":false",
	    out);
}

/* The members that every problem has. */
static void
write_problem(FILE *out, struct mem *mem, const struct site *site,
    const struct error_page *page)
{
	const struct fault *fault = page->fault;
	const char *detail =
	    words_fill(mem, site->language, fault->message, fault->args);
	const char *code = fault->sqlstate;
	/* the database's own words may name what the reader may not see */
	bool quoted = fault->primary != NULL && fault->outcome != OUT_DENIED &&
		      fault->outcome != OUT_BROKEN;

	if (code == NULL)
		code = mem_printf(mem, "IFM%d", page->status);
	fputs("\"type\":", out);
	json_write_text(out, problem_type(mem, site, fault->outcome));
	write_member(out, "title", page->reason);
	fprintf(out, ",\"status\":%d", page->status);
	write_member(out, "detail", detail);
	write_known(out, "part", fault->part);
	write_known(out, "column", fault->column);
	write_known(out, "constraint", fault->constraint);
	write_member(out, "message", quoted ? fault->primary : detail);
	write_member(out, "code", code);
	write_member(out, "details", quoted ? fault->detail : NULL);
	write_member(out, "hint", quoted ? fault->hint : NULL);
	if (page->fault->outcome == OUT_STALE ||
	    page->fault->outcome == OUT_UNGUARDED)
		write_current(out, page);
}

static void
write_item(FILE *out, struct mem *mem, const struct site *site,
    const struct error_page *item, size_t number)
{
	fprintf(out, "{\"item\":%zu,", number);
	if (item->fault != NULL) {
		write_problem(out, mem, site, item);
	} else {
		fprintf(out, "\"status\":%d", item->status);
		write_member(out, "etag", item->tag);
	}
	putc('}', out);
}

void
error_items(FILE *out, struct mem *mem, const struct site *site,
    const struct error_page *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		putc(i == 0 ? '[' : ',', out);
		write_item(out, mem, site, &items[i], i);
	}
	fputs(n == 0 ? "[]" : "]", out);
}

void
error_json(FILE *out, struct mem *mem, const struct site *site,
    const struct error_page *page)
{
	const char *lead = ",\"items\":[";

	putc('{', out);
	write_problem(out, mem, site, page);
	for (size_t i = 0; i < page->n_items; i++) {
		if (page->items[i].fault == NULL)
			continue;
		fputs(lead, out);
		write_item(out, mem, site, &page->items[i], i);
		lead = ",";
	}
	fputs(*lead == ',' && lead[1] == '\0' ? "]}" : "}", out);
}

/* What an outcome means to people. text: WORD_NONE where the fault's own
 * sentence is meant for them. */
struct meaning {
	enum word title, text, way;
};

static const struct meaning meanings[OUT__MAX] = {
	[OUT_MALFORMED] = { WORD_ERROR_REQUEST, WORD_NONE, WORD_WAY_BACK },
	[OUT_UNAUTHENTICATED] = { WORD_ERROR_LOGIN, WORD_NONE, WORD_NONE },
	[OUT_DENIED] = { WORD_ERROR_DENIED, WORD_NONE, WORD_NONE },
	[OUT_ABSENT] = { WORD_ERROR_ABSENT, WORD_NONE, WORD_NONE },
	[OUT_METHOD] = { WORD_ERROR_REQUEST, WORD_NONE, WORD_NONE },
	[OUT_UNACCEPTABLE] = { WORD_ERROR_REQUEST, WORD_NONE, WORD_NONE },
	[OUT_CONFLICT] = { WORD_ERROR_REFUSED, WORD_NONE, WORD_WAY_BACK },
	[OUT_LENGTH] = { WORD_ERROR_REQUEST, WORD_NONE, WORD_WAY_BACK },
	[OUT_STALE] = { WORD_ERROR_STALE, WORD_ERROR_STALE_TEXT,
	    WORD_WAY_RELOAD },
	[OUT_LARGE] = { WORD_ERROR_LARGE, WORD_NONE, WORD_WAY_BACK },
	[OUT_MEDIA] = { WORD_ERROR_REQUEST, WORD_NONE, WORD_WAY_BACK },
	[OUT_OUTSIDE] = { WORD_ERROR_ABSENT, WORD_NONE, WORD_NONE },
	[OUT_INVALID] = { WORD_ERROR_REFUSED, WORD_NONE, WORD_WAY_BACK },
	[OUT_UNGUARDED] = { WORD_ERROR_UNGUARDED, WORD_ERROR_UNGUARDED_TEXT,
	    WORD_WAY_BACK },
	[OUT_THROTTLED] = { WORD_ERROR_BUSY, WORD_NONE, WORD_WAY_BACK },
	[OUT_BROKEN] = { WORD_ERROR_BROKEN, WORD_NONE, WORD_WAY_BACK },
	[OUT_BUSY] = { WORD_ERROR_BUSY, WORD_NONE, WORD_WAY_BACK },
	[OUT_UNKNOWN] = { WORD_ERROR_UNKNOWN, WORD_NONE, WORD_WAY_BACK },
};

static void
write_paragraph(FILE *out, const char *text)
{
	if (*text == '\0')
		return;
	fputs("<p>", out);
	html_text(out, text);
	fputs("</p>\n", out);
}

void
error_html(FILE *out, struct mem *mem, const struct site *site,
    const struct error_page *page)
{
	const struct fault *fault = page->fault;
	struct meaning meaning = meanings[fault->outcome];
	const struct table *table =
	    page->scope != NULL ? page->scope->table : NULL;

	if (meaning.title == WORD_NONE)
		meaning.title = WORD_ERROR_BROKEN;
	layout_begin(
	    out, site, words_text(site->language, meaning.title), NULL, 0);
	write_paragraph(out, meaning.text != WORD_NONE
				 ? words_text(site->language, meaning.text)
				 : error_sentence(mem, site, fault));
	write_paragraph(out, words_text(site->language, meaning.way));
	fputs("<p class=\"actions\">\n", out);
	if (table != NULL && page->row != NULL && page->row->key != NULL)
		layout_link(out, site, "button",
		    table_row_url(mem, table, page->row->key), WORD_OPEN);
	if (table != NULL)
		layout_link(out, site, "button", table_url(mem, table),
		    WORD_BACK_TO_LIST);
	layout_link(out, site, "button", "/", WORD_HOME);
	fputs("\n</p>\n", out);
	layout_end(out, site);
}
