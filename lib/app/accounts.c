#include "app/accounts.h"

#include <string.h>

#include "app/access.h"
#include "app/posted.h"
#include "app/staff.h"
#include "format/password.h"
#include "format/seal.h"
#include "store/roster.h"
#include "web/credential.h"
#include "web/status.h"

enum {
	LINK_SECONDS = 7 * 24 * 60 * 60
};

/* OUT_DONE where the call comes from a person who may; else OUT_DENIED, or
 * OUT_ABSENT where the site has no accounts of its own. */
static enum outcome
admit(struct call *call)
{
	if (!call->accounts)
		return fault_set(&call->fault, OUT_ABSENT, "address",
		    WORD_NO_SUCH_ADDRESS, NULL, NULL);
	/* a token is for what a program does, not for making more of them */
	if (call->admin &&
	    !(call->session.what && call->session.kind == ACCOUNT_TOKEN))
		return OUT_DONE;
	return fault_set(
	    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
}

static void
send(struct call *call, struct text *text)
{
	response_field(call->response, "Cache-Control", "no-store");
	call_send(call, text, call_type_html);
}

/* The page of all accounts; typed: of a new one that was refused. */
static enum outcome
show_list(struct call *call, const struct staff_form *typed,
    const struct fault *fault)
{
	struct accounts_list page = { .fault = fault };
	struct text *text = mem_text_open(call->mem);
	struct account **all;
	struct fault failed;

	if (account_list(call->accounts, call->mem, &all, &page.n, &failed) !=
	    OUT_DONE) {
		call->fault = failed;
		return failed.outcome;
	}
	page.lines = staff_lines(call->mem, all, page.n);
	page.fields = staff_fields(call, typed, all, page.n);
	accounts_list_page(text->out, call->mem, &call->site, &page);
	send(call, text);
	return OUT_DONE;
}

/* The page of one account as this form has it. */
static enum outcome
show_one(struct call *call, const struct staff_form *typed,
    struct accounts_one *page)
{
	struct text *text = mem_text_open(call->mem);
	struct account **all;
	struct fault failed;
	size_t n;

	if (account_list(call->accounts, call->mem, &all, &n, &failed) !=
	    OUT_DONE) {
		call->fault = failed;
		return failed.outcome;
	}
	page->fields = staff_fields(call, typed, all, n);
	page->etag = typed->epoch;
	memcpy(page->was, typed->was, sizeof page->was);
	accounts_one_page(text->out, call->mem, &call->site, page);
	send(call, text);
	return OUT_DONE;
}

/* The account's page as it is now. */
static enum outcome
show_now(struct call *call, const char *name, struct accounts_one *page)
{
	struct staff_form form;
	struct account *account;

	if (account_find(call->accounts, call->mem, ACCOUNT_NAME, name,
		&account, &call->fault) != OUT_DONE)
		return call->fault.outcome;
	if (!account)
		return fault_set(&call->fault, OUT_ABSENT, "address",
		    WORD_F_ABSENT, NULL, NULL);
	form = staff_of_account(call->mem, account);
	return show_one(call, &form, page);
}

enum outcome
accounts_show(struct call *call)
{
	const char *name = uri_query(&call->request->uri, "account");
	struct accounts_one page = { .note = WORD_NONE };

	if (admit(call) != OUT_DONE)
		return call->fault.outcome;
	return name ? show_now(call, name, &page) : show_list(call, NULL, NULL);
}

/* The account that the database would not have, in words. */
static void
explain(struct fault *fault)
{
	const char *constraint = fault->constraint ? fault->constraint : "";

	if (fault->outcome == OUT_INVALID)
		fault_set(fault, OUT_INVALID, NULL,
		    strcmp(constraint, "ifmatch_account_name_check") == 0
			? WORD_F_ACCOUNT_NAME
			: WORD_F_ACCOUNT_VALUE,
		    NULL, NULL);
}

/* Where the site is, for a link that is handed on. The browser says it best: a
 * server in front may leave out the port. */
static char *
site_url(struct call *call)
{
	const char *origin = request_header(call->request, "ORIGIN");
	const char *host = request_header(call->request, "HOST");

	if (origin && strncmp(origin, "http", 4) == 0)
		return mem_printf(
		    call->mem, "%s%s", origin, call->request->base);
	return mem_printf(call->mem, "%s://%s%s",
	    credential_encrypted(call->request) ? "https" : "http",
	    host ? host : "localhost", call->request->base);
}

/* Makes a link for the account and shows it on the account's page. */
static enum outcome
invite(struct call *call, const char *name)
{
	const char *token = seal_nonce(call->mem);
	struct accounts_one page = { .link = mem_printf(call->mem,
					 "%s/-/login?invitation=%s",
					 site_url(call), token) };

	if (roster_invite(call->accounts, call->mem, &call->who, name,
		password_digest(call->mem, NULL, token), LINK_SECONDS,
		&call->fault) != OUT_DONE)
		return call->fault.outcome;
	return show_now(call, name, &page);
}

static enum outcome
refuse(struct call *call, const struct staff_form *typed)
{
	struct fault fault = call->fault;
	struct accounts_one page = { .fault = &fault };
	enum outcome shown = typed->epoch ? show_one(call, typed, &page)
					  : show_list(call, typed, &fault);

	if (shown != OUT_DONE)
		return shown;
	call->fault = fault;
	call->answered = true;
	call->response->status = status_of(fault.outcome);
	return fault.outcome;
}

static bool
worth_showing(enum outcome outcome)
{
	return outcome == OUT_INVALID || outcome == OUT_CONFLICT;
}

static enum outcome
add(struct call *call, const struct staff_form *typed)
{
	enum outcome outcome = roster_add(
	    call->accounts, call->mem, &call->who, &typed->entry, &call->fault);

	explain(&call->fault);
	if (outcome == OUT_DONE)
		return invite(call, typed->entry.name);
	return worth_showing(outcome) ? refuse(call, typed) : outcome;
}

/* Changed meanwhile in what the form holds: put together and shown. */
static enum outcome
show_stale(struct call *call, const struct staff_form *typed,
    const struct account *now)
{
	struct fault fault = call->fault;
	struct accounts_one page = { .fault = &fault };
	struct staff_form merged = staff_merge(call->mem, typed, now, page.now);

	fault.message = WORD_ACCOUNT_STALE;
	if (show_one(call, &merged, &page) != OUT_DONE)
		return call->fault.outcome;
	call->answered = true;
	call->response->status = status_of(OUT_STALE);
	return OUT_STALE;
}

static enum outcome
save(struct call *call, struct staff_form *typed)
{
	struct account *now = NULL;
	enum outcome outcome = OUT_STALE;

	/* what changed beside it, such as the password, is nobody's dispute */
	for (int tries = 0; outcome == OUT_STALE && tries < 2; tries++) {
		outcome = roster_change(call->accounts, call->mem, &call->who,
		    &typed->entry, &now, &call->fault);
		if (outcome == OUT_STALE && !staff_same(call->mem, typed, now))
			return show_stale(call, typed, now);
		if (outcome == OUT_STALE)
			typed->entry.epoch = now->epoch;
	}
	explain(&call->fault);
	if (outcome == OUT_DONE)
		call_redirect(call, "/-/accounts");
	return worth_showing(outcome) ? refuse(call, typed) : outcome;
}

static enum outcome
end(struct call *call, const char *name)
{
	struct accounts_one page = { .note = WORD_ACCOUNT_ENDED };

	if (roster_end(call->accounts, call->mem, &call->who, name,
		call->person && strcmp(name, call->person) == 0
		    ? call->session.what
		    : NULL,
		&call->fault) != OUT_DONE)
		return call->fault.outcome;
	return show_now(call, name, &page);
}

enum outcome
accounts_do(struct call *call)
{
	const char *name = uri_query(&call->request->uri, "account");
	const char *what;
	struct staff_form typed;
	struct form *form;

	if (admit(call) != OUT_DONE || posted_form(call, &form) != OUT_DONE)
		return call->fault.outcome;
	typed = staff_read(call->mem, form, name);
	if (access_origin(call, form_value(form, "_token")) != OUT_DONE)
		return call->unconfirmed != WORD_NONE ? refuse(call, &typed)
						      : call->fault.outcome;
	what = form_value(form, "_do");
	if (!name && typed.entry.name)
		return add(call, &typed);
	if (name && what && strcmp(what, "invite") == 0)
		return invite(call, name);
	if (name && what && strcmp(what, "end") == 0)
		return end(call, name);
	if (name && typed.epoch)
		return save(call, &typed);
	return call_bad_field(call, "_do");
}
