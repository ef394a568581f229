#include "app/submit.h"

#include <string.h>

#include "format/hash.h"
#include "view/way.h"

enum {
	TOKEN_DIGITS = 32
};

static void
add(FILE *out, const char *text, size_t len)
{
	fprintf(out, "%zu:", len);
	fwrite(text, 1, len, out);
}

/* A hash of who sends what where to. */
static char *
content(struct call *call, const struct form *form)
{
	const char *person = call->person ? call->person : "";
	struct text *text = mem_text_open(call->mem);

	fprintf(text->out, "%u,", call->scope->table->oid);
	add(text->out, person, strlen(person));
	for (size_t i = 0; i < call->route.n_key; i++)
		add(text->out, call->route.key[i], strlen(call->route.key[i]));
	putc('\n', text->out);
	for (size_t i = 0; i < form->n; i++) {
		const struct form_field *field = &form->fields[i];

		add(text->out, field->name, strlen(field->name));
		add(text->out, field->value, field->len);
	}
	mem_text(text);
	return hash_text(call->mem, text->at, text->len);
}

enum outcome
submit_read(struct call *call, const struct form *form, struct write *write)
{
	const char *token = form_value(form, "_submission");
	struct submission *submission;

	if (!token)
		return OUT_DONE;
	if (strlen(token) != TOKEN_DIGITS ||
	    strspn(token, "0123456789abcdef") != TOKEN_DIGITS)
		return call_bad_field(call, "_submission");
	submission = mem_alloc(call->mem, sizeof *submission);
	submission->token = token;
	submission->content = content(call, form);
	write->submission = submission;
	return OUT_DONE;
}

enum outcome
submit_answer(struct call *call, const char *const *key, const char *said)
{
	const struct table *table = call->scope->table;
	const char *url, *done = mem_printf(call->mem, "%s=1", said);

	if (call->written.repeated)
		key = call->written.key;
	if (key && !call->site.list) {
		url = table_row_url(call->mem, table, key);
		url = mem_printf(call->mem, "%s%c_saved=", url,
		    strchr(url, '?') ? '&' : '?');
	} else {
		url = way_back(call->mem, &call->site, table, key, done);
	}
	call_redirect(call, url);
	return OUT_DONE;
}
