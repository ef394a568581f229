/*
 * sample: public collections of difficult input, which lie outside of this
 * repository: in $IFMATCH_SHARED, else in ../shared. The tests that use them
 * have cases of their own too, and run on those alone where there are none.
 */
#ifndef UNIT_SAMPLE_H
#define UNIT_SAMPLE_H

#include "check.h"
#include "format/json.h"

/* The elements of the JSON array in this file; none where it is not there. */
static inline void
sample_read(
    struct mem *mem, const char *name, struct json_span **items, size_t *n)
{
	const char *folder = getenv("IFMATCH_SHARED");
	struct text *text = mem_text_open(mem);
	struct json_span whole;
	struct json_error error;
	FILE *file;

	*n = 0;
	file = fopen(mem_printf(mem, "%s/%s",
			 folder == NULL ? "../shared" : folder, name),
	    "r");
	if (file == NULL)
		return;
	for (int c = getc(file); c != EOF; c = getc(file))
		putc(c, text->out);
	fclose(file);
	mem_text(text);
	if (!json_read(text->at, text->len, &whole, &error))
		fail_msg("%s is not JSON at byte %zu", name, error.position);
	json_elements(mem, whole, items, n);
}

/* The value of a member of an object; asserts that it is there. */
static inline struct json_span
sample_member(struct mem *mem, struct json_span object, const char *name)
{
	struct json_member *members;
	struct json_error error;
	size_t n;

	assert_true(json_members(mem, object, &members, &n, &error));
	for (size_t i = 0; i < n; i++)
		if (strcmp(members[i].name, name) == 0)
			return members[i].value;
	fail_msg("no member %s", name);
	abort();
}

#endif
