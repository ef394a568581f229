#include "app/prefer.h"

#include <string.h>
#include <strings.h>

/* The next preference of a field value: its token and value, and *at behind it.
 * Parameters behind ';' are passed over. */
static char *
next(struct mem *mem, const char **at)
{
	const char *begin, *end;

	*at += strspn(*at, ", \t");
	if (**at == '\0')
		return NULL;
	begin = *at;
	end = begin + strcspn(begin, ",;");
	*at = begin + strcspn(begin, ",");
	while (end > begin && strchr(" \t", end[-1]))
		end--;
	return mem_copy(mem, begin, (size_t)(end - begin));
}

bool
prefer_representation(struct call *call)
{
	const char *value = request_header(call->request, "PREFER");
	const char *at = value ? value : "";
	char *one;

	/* the first one counts (RFC 7240 2) */
	while ((one = next(call->mem, &at)) != NULL) {
		bool full = strcasecmp(one, "return=representation") == 0;

		if (!full && strcasecmp(one, "return=minimal") != 0)
			continue;
		response_field(call->response, "Preference-Applied", one);
		response_add(call->response, "Vary", "Prefer");
		return full;
	}
	return false;
}
