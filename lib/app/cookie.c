#include "app/cookie.h"

#include <inttypes.h>
#include <string.h>

#include "format/seal.h"
#include "web/credential.h"

static const char name[] = "ifmatch_session";
static const char purpose[] = "session";

/* The lines of a cookie's text. */
enum line {
	LINE_NAME,
	LINE_DISPLAY,
	LINE_GROUPS,
	LINE_ADMIN,
	LINE_EPOCH,
	LINE_ID,
	LINE_ISSUED,
	LINE_ENDS,
	LINE__MAX
};

void
cookie_send(struct call *call, const struct account *account)
{
	struct session *session = &call->session;
	time_t idle, now = time(NULL);
	char *text;

	session->issued = now;
	idle = now + call->config->session_idle;
	text = mem_printf(call->mem,
	    "%s\n%s\n%s\n%d\n%s\n%s\n%" PRIdMAX "\n%" PRIdMAX, account->name,
	    account->display ? account->display : "",
	    account->groups ? account->groups : "", account->admin,
	    account->epoch, session->what, (intmax_t)now,
	    (intmax_t)session->ends);
	/* the browser keeps it longer than it is good for, so that an expired
	 * login can be told from none */
	response_field(call->response, "Set-Cookie",
	    credential_set_cookie(call->request, name,
		seal_pack(call->mem, call->config->secret, purpose, text,
		    idle < session->ends ? idle : session->ends),
		(long)(session->ends - now),
		credential_encrypted(call->request)));
}

void
cookie_drop(struct call *call)
{
	response_field(call->response, "Set-Cookie",
	    credential_set_cookie(call->request, name, "", 0,
		credential_encrypted(call->request)));
}

/* Takes a cookie's text apart. */
static bool
read_lines(struct mem *mem, const char *text, const char *lines[LINE__MAX])
{
	for (size_t i = 0; i < LINE__MAX; i++) {
		size_t len = strcspn(text, "\n");

		lines[i] = mem_copy(mem, text, len);
		text += len;
		if (*text == '\0' && i + 1 < LINE__MAX)
			return false;
		text += *text == '\n';
	}
	return true;
}

/* A cookie's text, or NULL: it is not ours, or not any more. */
static const char *
open_text(struct call *call, const char *packed)
{
	const char *secret = call->config->secret;
	const char *text =
	    seal_open(call->mem, secret, purpose, packed, time(NULL));

	if (!text && seal_open(call->mem, secret, purpose, packed, 0))
		call->session.over = true;
	return text;
}

const char *
cookie_session(struct call *call)
{
	const char *lines[LINE__MAX];
	const char *packed, *text;

	for (size_t i = 0;
	     (packed = credential_cookie(call->request, name, i)) != NULL;
	     i++) {
		text = seal_open(
		    call->mem, call->config->secret, purpose, packed, 0);
		if (text && read_lines(call->mem, text, lines))
			return lines[LINE_ID];
	}
	return NULL;
}

const struct account *
cookie_read(struct call *call, const char **id)
{
	struct account *account = mem_alloc(call->mem, sizeof *account);
	const char *lines[LINE__MAX];
	const char *packed;

	for (size_t i = 0;
	     (packed = credential_cookie(call->request, name, i)) != NULL;
	     i++) {
		const char *text = open_text(call, packed);

		if (!text || !read_lines(call->mem, text, lines))
			continue;
		*account = (struct account){
			.name = lines[LINE_NAME],
			.display =
			    *lines[LINE_DISPLAY] ? lines[LINE_DISPLAY] : NULL,
			.groups = lines[LINE_GROUPS],
			.admin = *lines[LINE_ADMIN] == '1',
			.epoch = lines[LINE_EPOCH],
		};
		*id = lines[LINE_ID];
		call->session.issued = strtoimax(lines[LINE_ISSUED], NULL, 10);
		call->session.ends = strtoimax(lines[LINE_ENDS], NULL, 10);
		call->session.over = false;
		return account;
	}
	return NULL;
}
