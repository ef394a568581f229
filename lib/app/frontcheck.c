#include "app/frontcheck.h"

#include "app/frontreply.h"
#include "app/frontrequest.h"

struct findings
frontcheck_judge(struct mem *mem, const struct config *config,
    const struct front_plan *plan, const struct front_reply *replies,
    const char *origin, const char *base, enum language language)
{
	struct front front = {
		.mem = mem,
		.config = config,
		.plan = plan,
		.replies = replies,
		.origin = origin,
		.base = base,
		.language = language,
	};

	front_open(&front);
	if (frontreply_reached(&front)) {
		frontrequest_methods(&front);
		frontrequest_fields(&front);
		frontrequest_people(&front);
		frontrequest_host(&front);
		frontreply_conditions(&front);
		frontreply_errors(&front);
		frontreply_tags(&front);
		frontrequest_bodies(&front);
		frontrequest_limits(&front);
	}
	frontreply_files(&front);
	return front.findings;
}
