#include "app/session.h"

#include <string.h>

#include "app/cookie.h"
#include "app/known.h"
#include "app/verify.h"
#include "format/password.h"
#include "format/seal.h"
#include "web/credential.h"

enum {
	RENEWALS = 10 /* of the cookie, within its idle time */
};

void
session_nobody(struct call *call)
{
	bool over = call->session.over;

	call->who = (struct person){ 0 };
	call->person = call->display = NULL;
	call->groups = NULL;
	call->n_groups = 0;
	call->admin = false;
	call->session = (struct session){ .over = over };
}

/* "a,b" as an array. */
static void
split_groups(struct call *call, const char *groups)
{
	const char **all = NULL;
	size_t n = 0;

	while (groups && *groups) {
		size_t len = strcspn(groups, ",");

		all = mem_grow(call->mem, all, n, sizeof *all);
		all[n++] = mem_copy(call->mem, groups, len);
		groups += len;
		groups += *groups == ',';
	}
	call->groups = all;
	call->n_groups = n;
}

/* The person is this account's, which was found by what. */
static enum outcome
take(struct call *call, enum account_kind kind, const char *what,
    const struct account *account)
{
	struct session *session = &call->session;

	call->person = call->who.name = account->name;
	call->display = account->display ? account->display : account->name;
	call->who.groups = account->groups;
	split_groups(call, account->groups);
	session->admin = account->admin;
	session->groups = account->groups;
	session->kind = kind;
	session->what = what;
	call->who.gate = &session->gate;
	return account_gate(call->accounts, kind, what, account->epoch,
	    &session->gate, &call->fault);
}

static enum outcome
refuse(struct call *call, enum word word)
{
	session_nobody(call);
	return fault_set(&call->fault, OUT_UNAUTHENTICATED,
	    "header Authorization", word, NULL, NULL);
}

static enum outcome
by_cookie(struct call *call)
{
	const char *id;
	const struct account *account = cookie_read(call, &id);

	return account ? take(call, ACCOUNT_SESSION, id, account) : OUT_DONE;
}

static enum outcome
by_password(struct call *call, const char *name, const char *password)
{
	char *shown = mem_printf(call->mem, "Basic %s:%s", name, password);
	time_t now = time(NULL);
	struct account *account =
	    known_find(call->known, call->mem, shown, now);

	call->session.shown = shown;
	if (!account) {
		if (verify_password(call, name, password, &account) != OUT_DONE)
			return call->fault.outcome;
		known_keep(call->known, shown, account, now);
	}
	return take(call, ACCOUNT_NAME, account->name, account);
}

static enum outcome
by_token(struct call *call, const char *token)
{
	char *shown = mem_printf(call->mem, "Bearer %s", token);
	char *hash = password_digest(call->mem, NULL, token);
	time_t now = time(NULL);
	struct account *account =
	    known_find(call->known, call->mem, shown, now);

	call->session.shown = shown;
	if (!account) {
		if (account_find(call->accounts, call->mem, ACCOUNT_TOKEN, hash,
			&account, &call->fault) != OUT_DONE)
			return call->fault.outcome;
		if (!account || account->disabled)
			return refuse(call, WORD_F_TOKEN);
		known_keep(call->known, shown, account, now);
	}
	return take(call, ACCOUNT_TOKEN, hash, account);
}

enum outcome
session_who(struct call *call)
{
	struct credential credential;

	session_nobody(call);
	switch (credential_read(call->request, &credential)) {
	case CREDENTIAL_NONE:
		return by_cookie(call);
	case CREDENTIAL_BASIC:
		return by_password(call, credential.name, credential.password);
	case CREDENTIAL_BEARER:
		return by_token(call, credential.token);
	case CREDENTIAL_BAD:
		break;
	}
	return refuse(call, WORD_F_AUTHORIZATION);
}

enum outcome
session_begin(struct call *call, const struct account *account)
{
	const char *id = seal_nonce(call->mem);
	long seconds = call->config->session_absolute;
	enum outcome outcome = account_begin(call->accounts, call->mem, id,
	    account->name, seconds, cookie_session(call), &call->fault);

	if (outcome != OUT_DONE)
		return outcome;
	session_nobody(call);
	call->session.ends = time(NULL) + seconds;
	outcome = take(call, ACCOUNT_SESSION, id, account);
	cookie_send(call, account);
	return outcome;
}

enum outcome
session_end(struct call *call)
{
	enum outcome outcome = OUT_DONE;

	if (call->session.what && call->session.kind == ACCOUNT_SESSION)
		outcome = account_end(call->accounts, call->mem,
		    call->session.what, &call->fault);
	if (outcome != OUT_DONE)
		return outcome;
	session_nobody(call);
	cookie_drop(call);
	return OUT_DONE;
}

/* By the same session, read anew. */
static enum outcome
session_anew(struct call *call)
{
	const char *id = call->session.what;
	struct account *account;

	if (account_find(call->accounts, call->mem, ACCOUNT_SESSION, id,
		&account, &call->fault) != OUT_DONE)
		return call->fault.outcome;
	if (!account || account->disabled) {
		session_nobody(call);
		call->session.over = true;
		return fault_set(&call->fault, OUT_UNAUTHENTICATED, NULL,
		    WORD_F_LOGIN_OVER, NULL, NULL);
	}
	take(call, ACCOUNT_SESSION, id, account);
	cookie_send(call, account);
	return OUT_DONE;
}

enum outcome
session_again(struct call *call)
{
	if (!call->who.gate)
		return call->fault.outcome;
	if (call->session.kind == ACCOUNT_SESSION)
		return session_anew(call);
	known_forget(call->known, call->session.shown);
	return session_who(call);
}

void
session_renew(struct call *call)
{
	struct session *session = &call->session;
	struct account account = {
		.name = call->person,
		.display = call->display,
		.groups = session->groups,
		.admin = session->admin,
		.epoch = session->gate.epoch,
	};
	const char *destination =
	    request_header(call->request, "SEC_FETCH_DEST");

	/* what a page's script asks for by itself is no use of the login */
	if (destination && strcmp(destination, "empty") == 0)
		return;
	if (call->person && call->who.gate && session->gate.passed &&
	    session->kind == ACCOUNT_SESSION &&
	    time(NULL) - session->issued >
		call->config->session_idle / RENEWALS)
		cookie_send(call, &account);
}

enum outcome
session_prove(struct call *call)
{
	struct fault fault;

	if (!call->who.gate || call->who.gate->passed ||
	    account_pass(call->accounts, call->mem, call->who.gate, &fault) ==
		OUT_DONE)
		return OUT_DONE;
	call->fault = fault;
	return fault.outcome;
}

void
session_challenge(struct call *call)
{
	struct text *text = mem_text_open(call->mem);

	/* A browser would ask for name and password itself where it sees Basic,
	 * also on behalf of a page's script; it knows no Bearer. */
	if (call->format != FORMAT_HTML &&
	    !request_header(call->request, "SEC_FETCH_SITE"))
		fputs(
		    "Basic realm=\"records\", charset=\"UTF-8\", ", text->out);
	fputs("Bearer realm=\"records\"", text->out);
	response_field(call->response, "WWW-Authenticate", mem_text(text));
}
