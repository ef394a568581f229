#include "app/expect.h"

#include <ctype.h>
#include <string.h>

#include "base/log.h"
#include "base/names.h"
#include "format/etag.h"
#include "format/hash.h"

/* Raised when the same row would be written differently from now on. */
enum {
	REPRESENTATION = 1,
	VARIANT_DIGITS = 8
};

char *
expect_variant(struct call *call, char kind)
{
	const struct scope *scope = call->scope;
	struct text *text = mem_text_open(call->mem);

	fprintf(text->out, "%d\n%s\n", REPRESENTATION,
	    call->config->time_zone ? call->config->time_zone : "");
	for (size_t i = 0; i < scope->table->n_columns; i++) {
		const struct column *column = &scope->table->columns[i];

		if (!scope->read[i])
			continue;
		fprintf(text->out, "%s\n%s\n", column->name, column->type);
		for (size_t l = 0; l < column->n_labels; l++)
			fprintf(text->out, "%s\n", column->labels[l]);
	}
	mem_text(text);
	return mem_printf(call->mem, "%c%.*s", kind, VARIANT_DIGITS,
	    hash_text(call->mem, text->at, text->len));
}

/* The variant of what GET would send to a program here. */
static char *
variant_of_get(struct call *call)
{
	return expect_variant(
	    call, call->route.resource == RESOURCE_VALUE ? 'r' : 'j');
}

char *
expect_tag(struct call *call, const struct row *row)
{
	if (!row || !row->state)
		return NULL;
	return etag_make(call->mem, row->state, variant_of_get(call));
}

/* States of ours are letters and digits; no row has any other. */
static bool
is_state(const char *state)
{
	for (; *state != '\0'; state++)
		if (!isalnum((unsigned char)*state))
			return false;
	return true;
}

/* Whether nothing that was said before rules this state out. */
static bool
is_allowed(const struct expectation *expect, const char *state)
{
	return !expect->states ||
	       names_hold(expect->states, expect->n_states, state);
}

/* Keeps of the states allowed so far those that the list allows too. */
static void
allow(struct call *call, struct expectation *expect, const struct etag *tags,
    size_t n)
{
	const char **states = mem_array(call->mem, n ? n : 1, sizeof *states);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		/* a weak tag satisfies nothing (RFC 9110 13.1.1) */
		if (tags[i].weak && !call->config->accept_weak_if_match)
			continue;
		if (is_state(tags[i].state) &&
		    is_allowed(expect, tags[i].state))
			states[kept++] = tags[i].state;
	}
	expect->states = states;
	expect->n_states = kept;
	expect->given = true;
}

/* The states of those tags in If-None-Match that are of this variant. */
static const char **
states_of_variant(struct call *call, const char *variant, size_t *n)
{
	const struct etag_list *list = &call->condition.if_none_match;
	const char **states = mem_array(call->mem, list->n, sizeof *states);

	*n = 0;
	for (size_t i = 0; i < list->n; i++)
		if (is_state(list->tags[i].state) &&
		    strcmp(list->tags[i].variant, variant) == 0)
			states[(*n)++] = list->tags[i].state;
	return states;
}

void
expect_known(struct call *call, const char *variant, struct read *read)
{
	const struct condition *condition = &call->condition;

	/* a 412 shows the row */
	if (!condition->if_match.present && !condition->if_unmodified_since &&
	    condition->if_none_match.present && !condition->if_none_match.any)
		read->known = states_of_variant(call, variant, &read->n_known);
}

enum outcome
expect_fields(struct call *call, struct expectation *expect)
{
	const struct condition *condition = &call->condition;
	const struct table *table = call->scope->table;
	const char *etag;

	*expect = (struct expectation){ 0 };
	if (!call->config->require_condition)
		expect->given = true;
	if (condition->if_match.any) {
		expect->any = true;
		expect->given = call->config->blind_writes;
	} else if (condition->if_match.present) {
		allow(call, expect, condition->if_match.tags,
		    condition->if_match.n);
	}
	if (condition->if_none_match.any)
		expect->absent = true;
	else if (condition->if_none_match.present)
		expect->not_states = states_of_variant(
		    call, variant_of_get(call), &expect->n_not_states);
	etag = uri_query(&call->request->uri, "_etag");
	if (etag && expect_etag(call, etag, expect) != OUT_DONE)
		return call->fault.outcome;
	expect->unmodified_since = condition->if_unmodified_since;
	if (call->config->accept_dates)
		expect->date = DATE_PERMITS;
	else if (table->modified_exact)
		expect->date = DATE_EXACT;
	return OUT_DONE;
}

enum outcome
expect_etag(struct call *call, const char *etag, struct expectation *expect)
{
	struct etag tag;

	call->etag = etag;
	if (*etag == '\0') {
		expect->absent = true;
		if (!expect->states)
			expect->part = "_etag";
		return OUT_DONE;
	}
	/* malformed, but not missing */
	expect->given = true;
	if (!etag_read_loose(call->mem, etag, &tag))
		return fault_set(&call->fault, OUT_MALFORMED, "_etag",
		    WORD_F_ETAG, NULL, NULL);
	if (!expect->states)
		expect->part = "_etag";
	allow(call, expect, &tag, 1);
	return OUT_DONE;
}

void
expect_version(struct expectation *expect, const char *version)
{
	expect->version = version;
	expect->given = true;
}
