#include "web/credential.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "format/utf8.h"

enum {
	IPV6_BYTES = 16,
	NETWORK_BYTES = 8,
	ADDRESS_MOST = 64
};

/* What stands behind a scheme's name and its spaces, or NULL. */
static const char *
behind(const char *field, const char *scheme)
{
	size_t len = strlen(scheme);

	if (strncasecmp(field, scheme, len) != 0 ||
	    (field[len] != ' ' && field[len] != '\0'))
		return NULL;
	return field + len + strspn(field + len, " ");
}

static int
digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)(at - digits);
}

/* Base64 with its padding (RFC 4648 4), NUL-terminated; NULL: it is none. */
static char *
decode(struct mem *mem, const char *text, size_t *len)
{
	size_t size = strcspn(text, "=");
	char *out = mem_alloc(mem, size + 1);
	unsigned bits = 0;

	*len = 0;
	if ((size + strlen(text + size)) % 4 != 0 || size % 4 == 1 ||
	    strspn(text + size, "=") != strlen(text + size) ||
	    strlen(text + size) > 2)
		return NULL;
	for (size_t i = 0; i < size; i++) {
		int value = digit(text[i]);

		if (value < 0)
			return NULL;
		bits = (bits << 6 | (unsigned)value) & 0xffffff;
		if (i % 4 != 0)
			out[(*len)++] = (char)(bits >> (6 - 2 * (i % 4)) & 255);
	}
	out[*len] = '\0';
	return out;
}

static enum credential_kind
read_basic(struct mem *mem, const char *coded, struct credential *credential)
{
	size_t len;
	char *text = decode(mem, coded, &len);
	char *colon = text == NULL ? NULL : strchr(text, ':');

	if (colon == NULL || strlen(text) != len ||
	    utf8_prefix(text, len) < len)
		return CREDENTIAL_BAD;
	credential->name = mem_copy(mem, text, (size_t)(colon - text));
	credential->password = colon + 1;
	return CREDENTIAL_BASIC;
}

enum credential_kind
credential_read(const struct request *request, struct credential *credential)
{
	const char *field = request_header(request, "AUTHORIZATION");
	const char *basic = field == NULL ? NULL : behind(field, "Basic");
	const char *bearer = field == NULL ? NULL : behind(field, "Bearer");

	*credential = (struct credential){ 0 };
	if (basic != NULL)
		return read_basic(request->mem, basic, credential);
	if (bearer == NULL)
		return CREDENTIAL_NONE;
	if (*bearer == '\0' || strpbrk(bearer, " ,\t") != NULL)
		return CREDENTIAL_BAD;
	credential->token = bearer;
	return CREDENTIAL_BEARER;
}

const char *
credential_cookie(const struct request *request, const char *name, size_t i)
{
	const char *at = request_header(request, "COOKIE");
	size_t len = strlen(name);

	while (at != NULL && *at != '\0') {
		/* request_header joins fields with a comma */
		size_t size = strcspn(at, ";,");

		if (strncmp(at, name, len) == 0 && at[len] == '=' && i-- == 0)
			return mem_copy(
			    request->mem, at + len + 1, size - len - 1);
		at += size;
		at += strspn(at, ";, \t");
	}
	return NULL;
}

char *
credential_set_cookie(const struct request *request, const char *name,
    const char *value, long seconds, bool secure)
{
	const char *base = request->base;
	struct mem *mem = request->mem;

	/* what would end the attribute */
	if (base == NULL || *base == '\0' || strpbrk(base, ";,") != NULL)
		base = "/";
	return mem_printf(mem, "%s=%s; Path=%s%s; HttpOnly; SameSite=Lax%s",
	    name, value, base,
	    seconds < 0 ? "" : mem_printf(mem, "; Max-Age=%ld", seconds),
	    secure ? "; Secure" : "");
}

/* The host that the browser's address bar shows, without its port. */
static char *
host_of(const struct request *request)
{
	const char *host = request_header(request, "HOST");
	const char *end;

	if (host == NULL)
		return NULL;
	end = *host == '[' ? strchr(host, ']') : NULL;
	if (end == NULL)
		end = host + strcspn(host, ":");
	else
		end++;
	return mem_copy(request->mem, host, (size_t)(end - host));
}

static bool
is_loopback(const char *host)
{
	static const char local[] = "localhost";
	struct in_addr address;
	size_t len = strlen(host);

	if (strcasecmp(host, local) == 0 || strcmp(host, "[::1]") == 0)
		return true;
	if (len > sizeof local &&
	    strcasecmp(host + len - strlen(local), local) == 0)
		return host[len - sizeof local] == '.';
	return inet_pton(AF_INET, host, &address) == 1 &&
	       (ntohl(address.s_addr) >> 24) == 127;
}

bool
credential_encrypted(const struct request *request)
{
	const char *proto = request_header(request, "X_FORWARDED_PROTO");

	return request->https ||
	       (proto != NULL && strncasecmp(proto, "https", 5) == 0 &&
		   (proto[5] == '\0' || proto[5] == ','));
}

bool
credential_private(const struct request *request)
{
	const char *host = host_of(request);

	return credential_encrypted(request) ||
	       (host != NULL && is_loopback(host));
}

char *
credential_address(const struct request *request)
{
	const char *address = request_variable(request, "REMOTE_ADDR");
	unsigned char bytes[IPV6_BYTES];
	char text[INET6_ADDRSTRLEN];

	if (address == NULL)
		address = "";
	if (strncasecmp(address, "::ffff:", 7) == 0 &&
	    strchr(address, '.') != NULL)
		address += 7;
	if (inet_pton(AF_INET6, address, bytes) == 1) {
		memset(bytes + NETWORK_BYTES, 0, IPV6_BYTES - NETWORK_BYTES);
		if (inet_ntop(AF_INET6, bytes, text, sizeof text) != NULL)
			address = text;
	}
	return mem_copy(request->mem, address, strnlen(address, ADDRESS_MOST));
}
