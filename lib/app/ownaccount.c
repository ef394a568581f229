#include "app/ownaccount.h"

#include <string.h>

#include "app/access.h"
#include "app/newpassword.h"
#include "app/posted.h"
#include "app/session.h"
#include "app/verify.h"
#include "format/password.h"
#include "format/seal.h"
#include "store/roster.h"
#include "view/ownaccount.h"
#include "web/status.h"

/* Only for whoever is known by an account of ours, by more than a token. */
static enum outcome
admit(struct call *call)
{
	if (!call->accounts)
		return fault_set(&call->fault, OUT_ABSENT, "address",
		    WORD_NO_SUCH_ADDRESS, NULL, NULL);
	if (call->session.what && call->session.kind != ACCOUNT_TOKEN)
		return OUT_DONE;
	return fault_set(
	    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
}

static const struct ownaccount_token *
tokens_of(struct mem *mem, const struct roster_holdings *holdings)
{
	struct ownaccount_token *tokens =
	    mem_array(mem, holdings->n, sizeof *tokens);

	for (size_t i = 0; i < holdings->n; i++)
		tokens[i] = (struct ownaccount_token){ holdings->tokens[i].id,
			holdings->tokens[i].label,
			holdings->tokens[i].made_at };
	return tokens;
}

static enum outcome
show(struct call *call, struct ownaccount_page *page)
{
	struct text *text = mem_text_open(call->mem);
	struct roster_holdings holdings;
	struct fault failed;

	if (roster_hold(call->accounts, call->mem, &call->who, call->person,
		&holdings, &failed) != OUT_DONE) {
		call->fault = failed;
		return failed.outcome;
	}
	page->name = call->person;
	page->sessions = holdings.sessions;
	page->tokens = tokens_of(call->mem, &holdings);
	page->n = holdings.n;
	ownaccount_page(text->out, call->mem, &call->site, page);
	response_field(call->response, "Cache-Control", "no-store");
	call_send(call, text, call_type_html);
	return OUT_DONE;
}

/* The page with what was refused. */
static enum outcome
refuse(struct call *call, const char *label)
{
	struct fault fault = call->fault;
	struct ownaccount_page page = { .fault = &fault, .label = label };

	if (show(call, &page) != OUT_DONE)
		return call->fault.outcome;
	call->fault = fault;
	call->answered = true;
	call->response->status = status_of(fault.outcome);
	return fault.outcome;
}

enum outcome
ownaccount_show(struct call *call)
{
	const char *done = uri_query(&call->request->uri, "done");
	struct ownaccount_page page = { .note = WORD_NONE };

	if (admit(call) != OUT_DONE)
		return call->fault.outcome;
	if (done && strcmp(done, "password") == 0)
		page.note = WORD_PASSWORD_CHANGED;
	return show(call, &page);
}

/* The session that stays; one that goes by a password has none. */
static const char *
this_session(const struct call *call)
{
	return call->session.kind == ACCOUNT_SESSION ? call->session.what
						     : NULL;
}

static enum outcome
change_password(struct call *call, const struct form *form)
{
	const char *current = form_value(form, "current");
	struct account *account;
	char *hash;

	/* the change ends what is known of the session now */
	if (session_prove(call) != OUT_DONE)
		return call->fault.outcome;
	if (newpassword_read(call, form_value(form, "password"),
		form_value(form, "again"), &hash) != OUT_DONE)
		return refuse(call, NULL);
	if (verify_password(call, call->person, current ? current : "",
		&account) != OUT_DONE) {
		if (call->fault.outcome == OUT_UNAUTHENTICATED)
			fault_set(&call->fault, OUT_INVALID, NULL,
			    WORD_F_PASSWORD_NOW, NULL, NULL);
		return call->fault.outcome == OUT_INVALID ||
			       call->fault.outcome == OUT_THROTTLED
			   ? refuse(call, NULL)
			   : call->fault.outcome;
	}
	if (account_set_password(call->accounts, call->mem, call->person, hash,
		this_session(call), &call->fault) != OUT_DONE)
		return call->fault.outcome;
	call_redirect(call, "/-/account?done=password");
	return OUT_DONE;
}

static enum outcome
end_others(struct call *call)
{
	struct ownaccount_page page = { .note = WORD_OWN_ENDED };

	if (roster_end(call->accounts, call->mem, &call->who, call->person,
		this_session(call), &call->fault) != OUT_DONE)
		return call->fault.outcome;
	return show(call, &page);
}

static enum outcome
make_token(struct call *call, const char *label)
{
	const char *token = mem_printf(
	    call->mem, "%s%s", seal_nonce(call->mem), seal_nonce(call->mem));
	struct ownaccount_page page = { .made = token };
	enum outcome outcome = roster_token_add(call->accounts, call->mem,
	    &call->who, call->person, password_digest(call->mem, NULL, token),
	    label ? label : "", &call->fault);

	if (outcome != OUT_INVALID)
		return outcome == OUT_DONE ? show(call, &page) : outcome;
	fault_set(
	    &call->fault, OUT_INVALID, NULL, WORD_F_TOKEN_LABEL, NULL, NULL);
	return refuse(call, label);
}

static enum outcome
drop_token(struct call *call, const char *id)
{
	struct ownaccount_page page = { .note = WORD_TOKEN_DROPPED };

	if (!id || *id == '\0' || strspn(id, "0123456789") != strlen(id) ||
	    strlen(id) > 18)
		return call_bad_field(call, "token");
	if (roster_token_drop(call->accounts, call->mem, &call->who,
		call->person, id, &call->fault) != OUT_DONE)
		return call->fault.outcome;
	return show(call, &page);
}

enum outcome
ownaccount_do(struct call *call)
{
	struct form *form;
	const char *what;

	if (admit(call) != OUT_DONE || posted_form(call, &form) != OUT_DONE)
		return call->fault.outcome;
	if (access_origin(call, form_value(form, "_token")) != OUT_DONE)
		return call->unconfirmed != WORD_NONE ? refuse(call, NULL)
						      : call->fault.outcome;
	what = form_value(form, "_do");
	if (what && strcmp(what, "password") == 0)
		return change_password(call, form);
	if (what && strcmp(what, "end") == 0)
		return end_others(call);
	if (what && strcmp(what, "token") == 0)
		return make_token(call, form_value(form, "label"));
	if (what && strcmp(what, "drop") == 0)
		return drop_token(call, form_value(form, "token"));
	return call_bad_field(call, "_do");
}
