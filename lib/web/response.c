#include "web/response.h"

#include <string.h>
#include <strings.h>

#include "base/log.h"

enum {
	/* nginx gives 502 to a head of 4096 bytes or more. */
	HEAD_MOST = 3990,
	LONG_VALUE = 256
};

void
response_begin(struct response *response, struct mem *mem)
{
	*response = (struct response){ .mem = mem, .status = 200 };
}

static struct response_field *
find(const struct response *response, const char *name)
{
	for (size_t i = 0; i < response->n_fields; i++)
		if (strcasecmp(response->fields[i].name, name) == 0)
			return &response->fields[i];
	return NULL;
}

/* Drops control characters, so that no value can begin a field of its own. */
static char *
clean(struct mem *mem, const char *value)
{
	char *copy = mem_string(mem, value);
	char *to = copy;

	for (const char *c = copy; *c != '\0'; c++)
		if ((unsigned char)*c >= 0x20 && *c != 0x7f)
			*to++ = *c;
	*to = '\0';
	return copy;
}

void
response_field(struct response *response, const char *name, const char *value)
{
	struct response_field *field = find(response, name);

	if (field == NULL) {
		response->fields = mem_grow(response->mem, response->fields,
		    response->n_fields, sizeof *response->fields);
		field = &response->fields[response->n_fields++];
		field->name = mem_string(response->mem, name);
	}
	field->value = clean(response->mem, value);
}

static bool
has_member(const char *list, const char *member)
{
	size_t len = strlen(member);

	while (*list != '\0') {
		size_t element;

		list += strspn(list, ", \t");
		element = strcspn(list, ", \t");
		if (element == len && strncasecmp(list, member, len) == 0)
			return true;
		list += element;
	}
	return false;
}

void
response_add(struct response *response, const char *name, const char *member)
{
	const char *list = response_get(response, name);

	if (list == NULL || *list == '\0')
		response_field(response, name, member);
	else if (!has_member(list, member))
		response_field(response, name,
		    mem_printf(response->mem, "%s, %s", list, member));
}

void
response_body(
    struct response *response, const char *type, const char *body, size_t len)
{
	response_field(response, "Content-Type", type);
	response->body = body;
	response->len = len;
	response->pull = NULL;
}

const char *
response_get(const struct response *response, const char *name)
{
	const struct response_field *field = find(response, name);

	return field == NULL ? NULL : field->value;
}

const char *
response_reason(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {
		{ 200, "OK" },
		{ 201, "Created" },
		{ 202, "Accepted" },
		{ 204, "No Content" },
		{ 206, "Partial Content" },
		{ 301, "Moved Permanently" },
		{ 302, "Found" },
		{ 303, "See Other" },
		{ 304, "Not Modified" },
		{ 307, "Temporary Redirect" },
		{ 308, "Permanent Redirect" },
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 406, "Not Acceptable" },
		{ 409, "Conflict" },
		{ 410, "Gone" },
		{ 411, "Length Required" },
		{ 412, "Precondition Failed" },
		{ 413, "Content Too Large" },
		{ 415, "Unsupported Media Type" },
		{ 416, "Range Not Satisfiable" },
		{ 422, "Unprocessable Content" },
		{ 428, "Precondition Required" },
		{ 429, "Too Many Requests" },
		{ 500, "Internal Server Error" },
		{ 501, "Not Implemented" },
		{ 503, "Service Unavailable" },
		{ 504, "Gateway Timeout" },
	};

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Status";
}

/* Whether a field that was set belongs on a reply of this status: 304 has no
 * content to describe (RFC 9110 15.4.5), 204 neither. */
static bool
belongs(const struct response *response, const char *name)
{
	if (strcasecmp(name, "Content-Length") == 0 ||
	    strcasecmp(name, "Status") == 0)
		return false;
	if (response->status == 304 && strcasecmp(name, "Last-Modified") == 0)
		return response_get(response, "ETag") == NULL;
	if (response->status == 304 && strcasecmp(name, "Content-Range") == 0)
		return false;
	if (response->status == 304 || response->status == 204)
		return strcasecmp(name, "Content-Type") != 0;
	return true;
}

/* Writes a field where it still fits. */
static void
write_field(FILE *out, size_t *used, const char *name, const char *value)
{
	size_t len = strlen(name) + strlen(value) + strlen(": \r\n");

	if (*used + len > HEAD_MOST) {
		log_line(LOG_WARN,
		    "the field %s is too long to be sent: "
		    "%zu bytes",
		    name, len);
		return;
	}
	*used += len;
	fprintf(out, "%s: %s\r\n", name, value);
}

static void
write_common(const struct response *response, FILE *out, size_t *used)
{
	static const struct response_field common[] = {
		{ "Cache-Control", "no-store" },
		{ "Content-Security-Policy",
		    "default-src 'none'; style-src 'self'; img-src 'self'; "
		    "font-src 'self'; "
		    "script-src 'self'; connect-src 'self'; "
		    "form-action 'self'; base-uri 'none'; "
		    "frame-ancestors 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Referrer-Policy", "same-origin" },
		{ "X-Frame-Options", "DENY" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
	};

	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (find(response, common[i].name) == NULL)
			write_field(out, used, common[i].name, common[i].value);
	if (response->status != 304 && find(response, "Accept-Ranges") == NULL)
		write_field(out, used, "Accept-Ranges", "none");
}

static void
write_vary(const struct response *response, FILE *out, size_t *used)
{
	const char *vary = response_get(response, "Vary");

	if (vary == NULL || *vary == '\0')
		vary = "Accept";
	else if (!has_member(vary, "Accept") && !has_member(vary, "*"))
		vary = mem_printf(response->mem, "Accept, %s", vary);
	write_field(out, used, "Vary", vary);
}

/* The fields that were set, the long ones apart: where one does not fit, it is
 * not the others that are left out. */
static void
write_own(
    const struct response *response, FILE *out, size_t *used, bool are_long)
{
	for (size_t i = 0; i < response->n_fields; i++) {
		const struct response_field *field = &response->fields[i];
		bool is_long = strlen(field->value) > LONG_VALUE;

		if (is_long == are_long && belongs(response, field->name) &&
		    strcasecmp(field->name, "Vary") != 0)
			write_field(out, used, field->name, field->value);
	}
}

void
response_head(const struct response *response, long long length, FILE *out)
{
	const char *reason = response_reason(response->status);
	size_t used = strlen("Status: 000 \r\n\r\n") + strlen(reason);

	fprintf(out, "Status: %d %s\r\n", response->status, reason);
	if (length >= 0 && response->status != 204 && response->status != 304)
		write_field(out, &used, "Content-Length",
		    mem_printf(response->mem, "%lld", length));
	write_vary(response, out, &used);
	write_common(response, out, &used);
	write_own(response, out, &used, false);
	write_own(response, out, &used, true);
	fputs("\r\n", out);
}
