#include "web/origin.h"

#include <string.h>
#include <strings.h>

struct authority {
	const char *host;
	size_t host_len;
	const char *port; /* "" where none is named */
};

/* False: no host, or something else than digits behind its colon. */
static bool
authority_read(const char *text, struct authority *authority)
{
	const char *end = *text == '[' ? strchr(text, ']') : text;

	if (end == NULL)
		return false;
	end += strcspn(end, ":");
	authority->host = text;
	authority->host_len = (size_t)(end - text);
	authority->port = *end == ':' ? end + 1 : "";
	return authority->host_len > 0 &&
	       authority->port[strspn(authority->port, "0123456789")] == '\0';
}

bool
origin_same(const char *origin, const char *host)
{
	struct authority theirs, ours;
	const char *at = strstr(origin, "://");
	const char *port;

	if (at == NULL || !authority_read(at + 3, &theirs) ||
	    !authority_read(host, &ours))
		return false;
	if (theirs.host_len != ours.host_len ||
	    strncasecmp(theirs.host, ours.host, ours.host_len) != 0)
		return false;
	if (*ours.port == '\0')
		return true;
	port = theirs.port;
	if (*port == '\0')
		port = strncasecmp(origin, "https:", 6) == 0 ? "443" : "80";
	return strcmp(port, ours.port) == 0;
}

enum origin
origin_of(const struct request *request)
{
	const char *site = request_header(request, "SEC_FETCH_SITE");
	const char *origin = request_header(request, "ORIGIN");
	const char *host = request_header(request, "HOST");

	if (site != NULL)
		return strcmp(site, "same-origin") == 0 ||
			       strcmp(site, "none") == 0
			   ? ORIGIN_SAME
			   : ORIGIN_CROSS;
	if (origin == NULL)
		return ORIGIN_UNSAID;
	return host != NULL && origin_same(origin, host) ? ORIGIN_SAME
							 : ORIGIN_CROSS;
}
