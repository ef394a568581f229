#include "app/login.h"

#include <string.h>

#include "app/access.h"
#include "app/loginpage.h"
#include "app/newpassword.h"
#include "app/posted.h"
#include "app/session.h"
#include "app/verify.h"
#include "format/password.h"
#include "web/credential.h"
#include "web/status.h"

enum {
	NEXT_MOST = 3000 /* with the cookie: a reply's head has to hold both */
};

static enum outcome
exists(struct call *call)
{
	if (call->accounts)
		return OUT_DONE;
	return fault_set(&call->fault, OUT_ABSENT, "address",
	    WORD_NO_SUCH_ADDRESS, NULL, NULL);
}

enum outcome
login_show(struct call *call)
{
	const struct uri *uri = &call->request->uri;
	struct login_page page = {
		.next = loginpage_next(call, uri_query(uri, "next")),
		.invitation = uri_query(uri, "invitation"),
	};

	if (exists(call) != OUT_DONE ||
	    loginpage_choose(call, &page) != OUT_DONE)
		return call->fault.outcome;
	if (!loginpage_private(call))
		call->response->status = status_of(OUT_DENIED);
	loginpage_send(call, &page);
	return OUT_DONE;
}

static enum outcome
wrong(struct call *call, enum word word)
{
	return fault_set(&call->fault, OUT_INVALID, NULL, word, NULL, NULL);
}

/* A new password that was typed twice; its hash. */
static enum outcome
new_password(struct call *call, char **hash)
{
	return newpassword_read(call, posted_value(call, "_password"),
	    posted_value(call, "_again"), hash);
}

/* The account that this name and what was proved gives a session to. */
static enum outcome
begin_as(struct call *call, const char *name)
{
	struct account *account;

	if (account_find(call->accounts, call->mem, ACCOUNT_NAME, name,
		&account, &call->fault) != OUT_DONE)
		return call->fault.outcome;
	if (!account)
		return wrong(call, WORD_F_LOGIN_WRONG);
	return session_begin(call, account);
}

static enum outcome
enter_first(struct call *call)
{
	const char *code = posted_value(call, "_code");
	const char *name = form_line(call->mem, call->form, "_login");
	char *hash = NULL;

	if (verify_attempt(call, "") != OUT_DONE)
		return call->fault.outcome;
	if (!call->config->setup_code || !code || !name ||
	    !password_same(call->mem, code, call->config->setup_code))
		return wrong(call, WORD_F_SETUP_CODE);
	if (account_fine(call->accounts, call->mem, "",
		credential_address(call->request), &call->fault) != OUT_DONE ||
	    new_password(call, &hash) != OUT_DONE)
		return call->fault.outcome;
	account_first(call->accounts, call->mem, name, hash, &call->fault);
	if (call->fault.outcome == OUT_INVALID)
		return wrong(call, WORD_F_ACCOUNT_NAME);
	if (call->fault.outcome == OUT_CONFLICT)
		return wrong(call, WORD_F_SETUP_DONE);
	if (call->fault.outcome != OUT_DONE)
		return call->fault.outcome;
	return begin_as(call, name);
}

static enum outcome
enter_invited(struct call *call, const char *token)
{
	const char *digest = password_digest(call->mem, NULL, token);
	struct account *account;
	char *hash = NULL;

	if (account_find(call->accounts, call->mem, ACCOUNT_INVITATION, digest,
		&account, &call->fault) != OUT_DONE ||
	    new_password(call, &hash) != OUT_DONE)
		return call->fault.outcome;
	if (!account || account_redeem(call->accounts, call->mem, digest, hash,
			    &call->fault) == OUT_ABSENT)
		return fault_set(&call->fault, OUT_ABSENT, NULL,
		    WORD_F_INVITATION, NULL, NULL);
	if (call->fault.outcome != OUT_DONE)
		return call->fault.outcome;
	return begin_as(call, account->name);
}

static enum outcome
enter_by_password(struct call *call)
{
	const char *name = form_line(call->mem, call->form, "_login");
	const char *password = posted_value(call, "_password");
	struct account *account;
	enum outcome outcome = verify_password(
	    call, name ? name : "", password ? password : "", &account);

	return outcome == OUT_DONE ? session_begin(call, account) : outcome;
}

static void
go_on(struct call *call, const char *next)
{
	const char *cookie = response_get(call->response, "Set-Cookie");

	if (strlen(next) + strlen(cookie) > NEXT_MOST)
		next = loginpage_next(call, NULL);
	call->response->status = 303;
	response_field(call->response, "Location", next);
}

enum outcome
login_enter(struct call *call)
{
	struct form *form;
	struct login_page page = { .fault = &call->fault };
	enum outcome outcome = exists(call);

	if (outcome == OUT_DONE)
		outcome = posted_form(call, &form);
	if (outcome == OUT_DONE)
		outcome = loginpage_origin(call);
	if (outcome != OUT_DONE)
		return outcome;
	page.next = loginpage_next(call, form_value(form, "_next"));
	page.invitation = form_value(form, "_invitation");
	if (!loginpage_private(call)) {
		call->response->status = status_of(OUT_DENIED);
		loginpage_send(call, &page);
		return OUT_DENIED;
	}
	outcome = page.invitation ? enter_invited(call, page.invitation)
		  : form_value(form, "_code") ? enter_first(call)
					      : enter_by_password(call);
	if (outcome == OUT_DONE) {
		go_on(call, page.next);
		return OUT_DONE;
	}
	if (outcome != OUT_UNAUTHENTICATED && outcome != OUT_THROTTLED &&
	    outcome != OUT_INVALID)
		return outcome;
	page.name = form_value(form, "_login");
	if (page.invitation || form_value(form, "_code")) {
		struct fault fault = call->fault;

		if (loginpage_choose(call, &page) != OUT_DONE)
			return call->fault.outcome;
		call->fault = fault;
	}
	call->response->status = status_of(outcome);
	loginpage_send(call, &page);
	return outcome;
}

enum outcome
logout_show(struct call *call)
{
	struct login_page page = { .mode = LOGIN_END,
		.action = call_url(call, "/-/logout") };
	struct text *text = mem_text_open(call->mem);

	if (exists(call) != OUT_DONE || session_who(call) != OUT_DONE)
		return call->fault.outcome;
	if (!call->session.what) {
		call_redirect(call, "/");
		return OUT_DONE;
	}
	call->site.person = call->display;
	page.token = access_token(call);
	response_field(call->response, "Cache-Control", "no-store");
	login_page(text->out, call->mem, &call->site, &page);
	call_send(call, text, call_type_html);
	return OUT_DONE;
}

enum outcome
logout_end(struct call *call)
{
	struct form *form;
	enum outcome outcome = exists(call);

	if (outcome == OUT_DONE)
		outcome = posted_form(call, &form);
	if (outcome == OUT_DONE)
		outcome = session_who(call);
	if (outcome == OUT_DONE)
		outcome = access_origin(call, form_value(form, "_login_token"));
	if (outcome == OUT_DONE)
		outcome = session_end(call);
	if (outcome == OUT_DONE)
		call_redirect(call, "/");
	return outcome;
}
