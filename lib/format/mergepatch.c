#include "format/mergepatch.h"

/* The members of an object; of anything else, none. */
struct members {
	struct json_member *list;
	size_t n;
};

static bool
open_object(
    struct mem *mem, const struct json_span *span, struct members *members)
{
	struct json_error error;

	*members = (struct members){ 0 };
	if (!span || span->kind != JSON_OBJECT)
		return true;
	return json_members(mem, *span, &members->list, &members->n, &error);
}

static void
write_name(FILE *out, const char *name, size_t *written)
{
	if ((*written)++ > 0)
		putc(',', out);
	json_write_text(out, name);
	putc(':', out);
}

static bool write_merged(struct mem *, FILE *, const struct json_span *target,
    struct json_span patch);

/* The target's members in their order, then those that the patch adds. */
static bool
write_object(struct mem *mem, FILE *out, const struct members *target,
    const struct members *patch)
{
	size_t written = 0;

	for (size_t i = 0; i < target->n; i++) {
		const struct json_member *old = &target->list[i];
		const struct json_member *new =
		    json_member(patch->list, patch->n, old->name);

		if (new &&new->value.kind == JSON_NULL)
			continue;
		write_name(out, old->name, &written);
		if (!new)
			fwrite(old->value.at, 1, old->value.len, out);
		else if (!write_merged(mem, out, &old->value, new->value))
			return false;
	}
	for (size_t i = 0; i < patch->n; i++) {
		const struct json_member *new = &patch->list[i];

		if (new->value.kind == JSON_NULL ||
		    json_member(target->list, target->n, new->name))
			continue;
		write_name(out, new->name, &written);
		if (!write_merged(mem, out, NULL, new->value))
			return false;
	}
	return true;
}

static bool
write_merged(struct mem *mem, FILE *out, const struct json_span *target,
    struct json_span patch)
{
	struct members old, new;
	bool fine;

	if (patch.kind != JSON_OBJECT) {
		fwrite(patch.at, 1, patch.len, out);
		return true;
	}
	if (!open_object(mem, target, &old) || !open_object(mem, &patch, &new))
		return false;
	putc('{', out);
	fine = write_object(mem, out, &old, &new);
	putc('}', out);
	return fine;
}

char *
mergepatch_apply(
    struct mem *mem, const struct json_span *target, struct json_span patch)
{
	struct text *text = mem_text_open(mem);

	if (!write_merged(mem, text->out, target, patch))
		return NULL;
	return mem_text(text);
}
