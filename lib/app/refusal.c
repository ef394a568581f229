#include "app/refusal.h"

#include <string.h>

#include "app/expect.h"
#include "app/session.h"
#include "view/error.h"
#include "web/status.h"

static void
set_fields(struct call *call, const char *tag)
{
	struct response *response = call->response;
	const struct fault *fault = &call->fault;

	response_field(response, "Cache-Control", "no-store");
	if (fault->outcome == OUT_METHOD && fault->allow)
		response_field(response, "Allow", fault->allow);
	if (fault->outcome == OUT_MEDIA && fault->allow)
		response_field(response,
		    call->request->method == METHOD_PATCH ? "Accept-Patch"
							  : "Accept",
		    fault->allow);
	if (fault->outcome == OUT_UNAUTHENTICATED)
		session_challenge(call);
	if (tag && call->format == FORMAT_JSON)
		response_field(response, "ETag", tag);
}

static bool
about_state(const struct call *call)
{
	return call->fault.outcome == OUT_STALE ||
	       call->fault.outcome == OUT_UNGUARDED;
}

/* The state that the conditions were judged on, or NULL. */
static const char *
current_state(const struct call *call)
{
	struct etag tag;

	if (call->written.row)
		return call->written.row->state;
	if (call->tag && etag_read_loose(call->mem, call->tag, &tag))
		return tag.state;
	return NULL;
}

/* Whether If-Match named that very state, but weakly. */
static bool
weakened(const struct call *call)
{
	const struct etag_list *list = &call->condition.if_match;
	const char *state = current_state(call);

	if (call->fault.outcome != OUT_STALE || !state)
		return false;
	for (size_t i = 0; i < list->n; i++)
		if (list->tags[i].weak &&
		    strcmp(list->tags[i].state, state) == 0)
			return true;
	return false;
}

void
refusal_status(struct call *call)
{
	call->response->status = status_of(call->fault.outcome);
	if (call->fault.outcome == OUT_BUSY)
		response_field(call->response, "Retry-After", "5");
}

enum outcome
refusal_page(struct call *call, struct text *page)
{
	if (call->fault.outcome != OUT_DONE)
		refusal_status(call);
	call_send_page(call, page);
	call->answered = true;
	return call->fault.outcome;
}

void
refusal_items(struct call *call, const struct batch_item *items, size_t n)
{
	struct error_page *pages = mem_array(call->mem, n, sizeof *pages);

	for (size_t i = 0; i < n; i++) {
		const struct batch_item *item = &items[i];
		struct error_page *page = &pages[i];
		const struct row *row = item->written.row;

		page->status = status_of(item->outcome);
		page->reason = response_reason(page->status);
		page->fault = page->status >= 400 ? &item->fault : NULL;
		page->scope = call->scope;
		page->row = row;
		page->tag = row ? expect_tag(call, row) : NULL;
		page->already_equal = item->written.already_equal;
	}
	call->items = pages;
	call->n_items = n;
}

void
refusal_answer(struct call *call)
{
	struct error_page page = { .fault = &call->fault,
		.scope = call->scope,
		.items = call->items,
		.n_items = call->n_items };
	struct text *text = mem_text_open(call->mem);

	if (weakened(call))
		call->fault.message = WORD_F_WEAK;
	page.status = status_of(call->fault.outcome);
	page.reason = response_reason(page.status);
	page.tag = about_state(call) ? call->tag : NULL;
	if (about_state(call) && call->written.row && call->scope) {
		page.row = call->written.row;
		page.tag = expect_tag(call, page.row);
		page.already_equal = call->written.already_equal;
	}
	refusal_status(call);
	call->response->pull = NULL;
	set_fields(call, page.tag);
	if (call->format == FORMAT_HTML)
		error_html(text->out, call->mem, &call->site, &page);
	else
		error_json(text->out, call->mem, &call->site, &page);
	call_send(call, text,
	    call->format == FORMAT_HTML ? call_type_html
					: "application/problem+json");
}

char *
refusal_note(struct call *call)
{
	const struct condition *condition = &call->condition;
	const char *state = current_state(call);

	if (!about_state(call))
		return NULL;
	return mem_printf(call->mem,
	    "%s%s%s; if-match %s; if-none-match %s; _etag %s; current %s",
	    outcome_name(call->fault.outcome), call->fault.part ? " " : "",
	    call->fault.part ? call->fault.part : "",
	    condition->if_match_text ? condition->if_match_text : "-",
	    condition->if_none_match_text ? condition->if_none_match_text : "-",
	    call->etag ? call->etag : "-", state ? state : "-");
}
