#include "app/limit.h"

#include <string.h>

#include "web/gateway.h"

enum {
	FCGID_MOST = 128 << 10 /* FcgidMaxRequestLen, where nobody sets it */
};

size_t
limit_body(const struct config *config, const struct request *request)
{
	const char *server = request_variable(request, "SERVER_SOFTWARE");
	size_t front = config->front_limit;

	if (front == 0 && server && strncmp(server, "Apache", 6) == 0 &&
	    gateway_kind() == GATEWAY_FASTCGI)
		front = FCGID_MOST;
	return front > 0 && front < config->body_limit ? front
						       : config->body_limit;
}
