#include "base/names.h"

#include <string.h>

bool
names_hold(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

char *
names_join(
    struct mem *mem, const char *const *names, size_t n, const char *between)
{
	struct text *text = mem_text_open(mem);

	for (size_t i = 0; i < n; i++)
		fprintf(text->out, "%s%s", i > 0 ? between : "", names[i]);
	return mem_text(text);
}
