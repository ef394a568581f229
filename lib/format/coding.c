#include "format/coding.h"

#include <string.h>
#include <strings.h>

/* Whether the len bytes behind a coding's name, such as ";q=0.5", say no: a
 * weight of nothing but zeros. */
static bool
says_no(const char *at, size_t len)
{
	size_t i = 0;

	while (i < len && strchr("; \t", at[i]) != NULL)
		i++;
	if (len - i < 3 || strncasecmp(at + i, "q=", 2) != 0)
		return false;
	for (i += 2; i < len; i++)
		if (strchr("0. \t", at[i]) == NULL)
			return false;
	return true;
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
