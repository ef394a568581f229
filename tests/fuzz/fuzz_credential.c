#include "fuzz.h"

#include "format/seal.h"
#include "format/utf8.h"
#include "web/credential.h"

/* A field and a cookie that were sent, the first byte says how much of the
 * input is the field. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	size_t cut = size == 0 ? 0 : data[0] % size;
	const char *text = mem_copy(mem, (const char *)data, size);
	const char *const environment[] = {
		mem_printf(mem, "HTTP_AUTHORIZATION=%.*s", (int)cut, text),
		mem_printf(mem, "HTTP_COOKIE=%s", text + cut),
		mem_printf(mem, "HTTP_HOST=%s", text + cut),
		mem_printf(mem, "REMOTE_ADDR=%s", text + cut), NULL
	};
	struct request request = {
		.mem = mem, .environment = environment, .base = "/records"
	};
	struct credential got;
	const char *value;

	if (credential_read(&request, &got) == CREDENTIAL_BASIC) {
		HOLDS(strchr(got.name, ':') == NULL);
		HOLDS(utf8_prefix(got.name, strlen(got.name)) ==
		      strlen(got.name));
		HOLDS(utf8_prefix(got.password, strlen(got.password)) ==
		      strlen(got.password));
	}
	for (size_t i = 0;
	     (value = credential_cookie(&request, "a", i)) != NULL; i++) {
		HOLDS(strpbrk(value, ";,") == NULL);
		HOLDS(seal_open(mem, "secret", "session", value, 0) == NULL);
	}
	credential_private(&request);
	HOLDS(strlen(credential_address(&request)) <= 64);
	mem_free(mem);
	return 0;
}
