#include "fuzz.h"

#include "format/json.h"
#include "format/utf8.h"

/* What is decoded and written again is the same string. */
static void
check_string(struct mem *mem, struct json_span string)
{
	const char *text = json_decode(mem, string);
	struct text *out = mem_text_open(mem);
	struct json_span again;
	struct json_error error;

	if (text == NULL)
		return;
	HOLDS(utf8_prefix(text, strlen(text)) == strlen(text));
	json_write_string(out->out, text, strlen(text));
	mem_text(out);
	HOLDS(json_read(out->at, out->len, &again, &error));
	HOLDS(json_strict(mem, again, &error));
	HOLDS(json_same(mem, string, again));
	HOLDS(strcmp(json_decode(mem, again), text) == 0);
}

/* A part of an accepted value is itself accepted, as a whole. */
static void
check_part(struct json_span part)
{
	struct json_span again;
	struct json_error error;

	HOLDS(json_read(part.at, part.len, &again, &error));
	HOLDS(again.kind == part.kind);
	HOLDS(again.at == part.at && again.len == part.len);
}

static void
check_value(struct mem *mem, struct json_span span)
{
	struct json_member *members;
	struct json_span *elements;
	struct json_error error;
	bool strict = json_strict(mem, span, &error);
	size_t n;

	HOLDS(strict == (error.problem == JSON_FINE));
	HOLDS(strict || error.position < span.len);
	if (span.kind == JSON_STRING) {
		HOLDS(strict == (json_decode(mem, span) != NULL));
		check_string(mem, span);
	} else if (span.kind == JSON_ARRAY) {
		json_elements(mem, span, &elements, &n);
		for (size_t i = 0; i < n; i++)
			check_part(elements[i]);
	} else if (span.kind == JSON_OBJECT) {
		bool good = json_members(mem, span, &members, &n, &error);

		HOLDS(good || !strict);
		for (size_t i = 0; good && i < n; i++)
			check_part(members[i].value);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	struct json_span span;
	struct json_error error;

	if (json_read((const char *)data, size, &span, &error)) {
		HOLDS(json_same(mem, span, span));
		check_part(span);
		check_value(mem, span);
	} else {
		HOLDS(error.problem != JSON_FINE);
		HOLDS(error.position <= size);
	}
	mem_free(mem);
	return 0;
}
