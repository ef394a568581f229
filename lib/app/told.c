#include "app/told.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "format/seal.h"
#include "format/uri.h"
#include "view/value.h"

enum {
	VALID_SECONDS = 24 * 60 * 60
};

static char *
subject(struct call *call, const char *columns, const char *by, const char *at)
{
	return mem_printf(call->mem, "merged\n%s\n%u\n%s\n%s\n%s",
	    call->person ? call->person : "", call->scope->table->oid, columns,
	    by, at);
}

static bool
is_theirs(const struct contest *contest)
{
	return contest->merge == MERGE_THEIRS || contest->joined;
}

/* The columns by their numbers, which never change. */
static char *
numbers(struct call *call, const struct contest *contests)
{
	const struct table *table = call->scope->table;
	struct text *text = mem_text_open(call->mem);
	const char *before = "";

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!is_theirs(&contests[i]) || !value_shown(table, i))
			continue;
		fprintf(text->out, "%s%d", before, table->columns[i].number);
		before = ".";
	}
	return mem_text(text);
}

static void
write_pair(FILE *out, const char *name, const char *value)
{
	fprintf(out, "&%s=", name);
	uri_write(out, value);
}

char *
told_url(struct call *call, const char *url, const struct contest *contests,
    const struct row *before)
{
	const char *columns = numbers(call, contests);
	const char *by = before->changed_by ? before->changed_by : "";
	const char *at = before->changed_at ? before->changed_at : "";
	struct text *text = mem_text_open(call->mem);

	fprintf(text->out, "%s%c_merged=%s", url, strchr(url, '?') ? '&' : '?',
	    columns);
	if (call->config->secret) {
		write_pair(text->out, "_by", by);
		write_pair(text->out, "_at", at);
		write_pair(text->out, "_seal",
		    seal_make(call->mem, call->config->secret,
			subject(call, columns, by, at),
			time(NULL) + VALID_SECONDS));
	}
	return mem_text(text);
}

static void
read_columns(struct call *call, const char *columns, bool *found)
{
	const struct table *table = call->scope->table;

	while (*columns != '\0') {
		char *end;
		long number = strtol(columns, &end, 10);

		for (size_t i = 0; i < table->n_columns; i++)
			if (table->columns[i].number == number &&
			    call->scope->read[i] && value_shown(table, i))
				found[i] = true;
		if (end == columns || *end == '\0')
			return;
		columns = end + 1;
	}
}

static const char *
query(struct call *call, const char *name)
{
	const char *value = uri_query(&call->request->uri, name);

	return value ? value : "";
}

const struct form_merged *
told_read(struct call *call)
{
	const char *columns = uri_query(&call->request->uri, "_merged");
	const char *by = query(call, "_by"), *at = query(call, "_at");
	struct form_merged *merged;
	bool *found;

	if (!columns)
		return NULL;
	merged = mem_alloc(call->mem, sizeof *merged);
	found =
	    mem_array(call->mem, call->scope->table->n_columns, sizeof *found);
	read_columns(call, columns, found);
	merged->columns = found;
	if (call->config->secret &&
	    seal_check(call->config->secret, subject(call, columns, by, at),
		query(call, "_seal"), time(NULL))) {
		merged->by = *by ? by : NULL;
		merged->at = *at ? at : NULL;
	}
	return merged;
}
