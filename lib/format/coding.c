#include "format/coding.h"

#include <string.h>
#include <strings.h>

/* Whether the len bytes behind a coding's name, such as ";q=0.5", up to a comma
 * or the end, say no: a weight of nothing but zeros. */
static bool
says_no(const char *at, size_t len)
{
	const char *end = at + len;

	at += strspn(at, "; \t");
	if (end - at < 3 || strncasecmp(at, "q=", 2) != 0)
		return false;
	at += 2;
	return at + strspn(at, "0. \t") == end;
}

bool
coding_accepts(const char *accept, const char *coding)
{
	size_t name = strlen(coding);

	while (accept != NULL && *accept != '\0') {
		size_t len;

		accept += strspn(accept, ", \t");
		len = strcspn(accept, ",");
		if (len >= name && strncasecmp(accept, coding, name) == 0 &&
		    (len == name || strchr("; \t", accept[name]) != NULL))
			return !says_no(accept + name, len - name);
		accept += len;
	}
	return false;
}
