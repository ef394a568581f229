#include "merge/fields.h"

#include <stddef.h>
#include <string.h>

static bool
same(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

enum merge
merge_field(bool base_known, const char *base, const char *theirs,
    const char *mine, bool touched)
{
	bool they_did = !base_known || !same(base, theirs);

	if (touched && same(mine, theirs))
		return MERGE_SAME;
	if (touched)
		return they_did ? MERGE_DISPUTE : MERGE_MINE;
	return they_did ? MERGE_THEIRS : MERGE_SAME;
}
