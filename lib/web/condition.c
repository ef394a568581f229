#include "web/condition.h"

#include <string.h>

#include "format/httpdate.h"

static enum outcome
read_tags(const struct request *request, const char *name, const char *part,
    struct etag_list *list, const char **text, struct fault *fault)
{
	*text = request_header(request, name);
	if (*text == NULL || etag_list_read(request->mem, *text, list))
		return OUT_DONE;
	return fault_set(fault, OUT_MALFORMED, part, WORD_BAD_HEADER,
	    part + sizeof "header " - 1, NULL);
}

/* Zero stands for "none", so the date that is zero moves by its second. */
static time_t
read_date(const struct request *request, const char *name)
{
	const char *text = request_header(request, name);
	time_t date;

	if (text == NULL || !httpdate_read(text, time(NULL), &date))
		return 0;
	return date == 0 ? 1 : date;
}

enum outcome
condition_read(const struct request *request, struct condition *condition,
    struct fault *fault)
{
	enum outcome outcome;

	*condition = (struct condition){ 0 };
	if (request->method == METHOD_OPTIONS)
		return OUT_DONE;
	outcome = read_tags(request, "IF_MATCH", "header If-Match",
	    &condition->if_match, &condition->if_match_text, fault);
	if (outcome == OUT_DONE)
		outcome = read_tags(request, "IF_NONE_MATCH",
		    "header If-None-Match", &condition->if_none_match,
		    &condition->if_none_match_text, fault);
	if (outcome != OUT_DONE)
		return outcome;
	if (!condition->if_match.present)
		condition->if_unmodified_since =
		    read_date(request, "IF_UNMODIFIED_SINCE");
	if (!condition->if_none_match.present &&
	    (request->method == METHOD_GET || request->method == METHOD_HEAD))
		condition->if_modified_since =
		    read_date(request, "IF_MODIFIED_SINCE");
	return OUT_DONE;
}

static bool
any_match(const struct condition *condition, const char *state)
{
	const struct etag_list *list = &condition->if_match;

	if (list->any)
		return true;
	for (size_t i = 0; state != NULL && i < list->n; i++)
		if ((!list->tags[i].weak || condition->accept_weak) &&
		    strcmp(list->tags[i].state, state) == 0)
			return true;
	return false;
}

static bool
any_none_match(
    const struct etag_list *list, const char *state, const char *variant)
{
	if (list->any)
		return true;
	for (size_t i = 0; state && variant && i < list->n; i++)
		if (strcmp(list->tags[i].state, state) == 0 &&
		    strcmp(list->tags[i].variant, variant) == 0)
			return true;
	return false;
}

enum outcome
condition_verdict(const struct condition *condition, const char *state,
    const char *variant, time_t modified)
{
	if (condition->if_match.present) {
		if (!any_match(condition, state))
			return OUT_STALE;
	} else if (condition->if_unmodified_since != 0 && modified != 0 &&
		   modified > condition->if_unmodified_since) {
		return OUT_STALE;
	}
	if (condition->if_none_match.present)
		return any_none_match(&condition->if_none_match, state, variant)
			   ? OUT_UNCHANGED
			   : OUT_DONE;
	if (condition->if_modified_since != 0 && modified != 0 &&
	    modified <= condition->if_modified_since)
		return OUT_UNCHANGED;
	return OUT_DONE;
}
