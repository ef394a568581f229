#include "fuzz.h"

#include "format/form.h"
#include "format/uri.h"

static void
check_newlines(struct mem *mem, const char *text)
{
	const char *once = form_newlines(mem, text);

	HOLDS(strchr(once, '\r') == NULL);
	HOLDS(strcmp(form_newlines(mem, once), once) == 0);
	HOLDS(strlen(once) <= strlen(text));
}

/* A form written by us is read as the same fields. */
static void
check_again(struct mem *mem, const struct form *form)
{
	struct text *body = mem_text_open(mem);
	struct form again;

	for (size_t i = 0; i < form->n; i++) {
		uri_write(body->out, form->fields[i].name);
		putc('=', body->out);
		uri_write(body->out, form->fields[i].value);
		putc('&', body->out);
	}
	mem_text(body);
	HOLDS(form_read(mem, body->at, body->len, &again) == FORM_FINE);
	HOLDS(again.n == form->n);
	for (size_t i = 0; i < form->n; i++) {
		HOLDS(strcmp(again.fields[i].name, form->fields[i].name) == 0);
		HOLDS(
		    strcmp(again.fields[i].value, form->fields[i].value) == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	struct form form;

	if (form_read(mem, (const char *)data, size, &form) == FORM_FINE) {
		HOLDS(form.n <= FORM_MAX_FIELDS);
		for (size_t i = 0; i < form.n; i++) {
			const struct form_field *field = &form.fields[i];

			HOLDS(uri_utf8(field->name, strlen(field->name)));
			HOLDS(uri_utf8(field->value, field->len));
			HOLDS(strlen(field->value) == field->len);
			HOLDS(form_find(&form, field->name) != NULL);
			check_newlines(mem, field->value);
		}
		check_again(mem, &form);
	}
	mem_free(mem);
	return 0;
}
