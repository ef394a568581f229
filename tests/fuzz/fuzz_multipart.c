#include "fuzz.h"

#include <strings.h>

#include "format/multipart.h"
#include "format/uri.h"

static const char boundary[] = "B";

static void
write_name(FILE *out, const char *name)
{
	for (; *name != '\0'; name++)
		if (*name == '"')
			fputs("%22", out);
		else if (*name == '\r')
			fputs("%0D", out);
		else if (*name == '\n')
			fputs("%0A", out);
		else
			putc(*name, out);
}

/* A percent sign that looks like an escape once it is written, as it cannot be
 * told from one. */
static bool
ambiguous(const char *name)
{
	for (; *name != '\0'; name++)
		if (strncmp(name, "%22", 3) == 0 ||
		    strncasecmp(name, "%0D", 3) == 0 ||
		    strncasecmp(name, "%0A", 3) == 0)
			return true;
	return false;
}

/* The fields as a browser would send them. */
static void
write_form(FILE *out, const struct form *form)
{
	for (size_t i = 0; i < form->n; i++) {
		const struct form_field *field = &form->fields[i];

		fprintf(out, "--%s\r\nContent-Disposition: form-data; name=\"",
		    boundary);
		write_name(out, field->name);
		putc('"', out);
		if (field->filename != NULL) {
			fputs("; filename=\"", out);
			write_name(out, field->filename);
			putc('"', out);
		}
		fputs("\r\n\r\n", out);
		fwrite(field->value, 1, field->len, out);
		fputs("\r\n", out);
	}
	fprintf(out, "--%s--\r\n", boundary);
}

static void
check_again(struct mem *mem, const struct form *form)
{
	struct text *body = mem_text_open(mem);
	struct form again;

	write_form(body->out, form);
	mem_text(body);
	HOLDS(multipart_read(mem, body->at, body->len, boundary, &again) ==
	      FORM_FINE);
	HOLDS(again.n == form->n);
	for (size_t i = 0; i < form->n; i++) {
		const struct form_field *a = &form->fields[i];
		const struct form_field *b = &again.fields[i];

		HOLDS(ambiguous(a->name) || strcmp(a->name, b->name) == 0);
		HOLDS((a->filename == NULL) == (b->filename == NULL));
		HOLDS(a->len == b->len);
		HOLDS(memcmp(a->value, b->value, a->len) == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	struct form form;

	if (multipart_read(mem, (const char *)data, size, boundary, &form) ==
	    FORM_FINE) {
		for (size_t i = 0; i < form.n; i++) {
			const struct form_field *field = &form.fields[i];

			HOLDS(uri_utf8(field->name, strlen(field->name)));
			HOLDS(field->value[field->len] == '\0');
			HOLDS(field->filename != NULL ||
			      uri_utf8(field->value, field->len));
			HOLDS(field->filename != NULL || field->type == NULL);
		}
		check_again(mem, &form);
	}
	mem_free(mem);
	return 0;
}
