#include "check.h"

#include "web/credential.h"

/* A request with these variables, "NAME=value" each. */
static struct request
request_of(struct mem *mem, const char *const *environment)
{
	return (struct request){
		.mem = mem, .environment = environment, .base = "/records"
	};
}

static void
test_authorization(void **state)
{
	static const struct {
		const char *field;
		enum credential_kind kind;
		const char *name, *password, *token;
	} cases[] = {
		{ NULL, CREDENTIAL_NONE, NULL, NULL, NULL },
		{ "", CREDENTIAL_NONE, NULL, NULL, NULL },
		{ "Digest x", CREDENTIAL_NONE, NULL, NULL, NULL },
		{ "Basically x", CREDENTIAL_NONE, NULL, NULL, NULL },
		/* RFC 7617 2 */
		{ "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", CREDENTIAL_BASIC,
		    "Aladdin", "open sesame", NULL },
		{ "bAsIc   QWxhZGRpbjpvcGVuIHNlc2FtZQ==", CREDENTIAL_BASIC,
		    "Aladdin", "open sesame", NULL },
		/* RFC 7617 2.1 */
		{ "Basic dGVzdDoxMjPCow==", CREDENTIAL_BASIC, "test",
		    "123\xc2\xa3", NULL },
		{ "Basic Og==", CREDENTIAL_BASIC, "", "", NULL },
		{ "Basic YTpiOmM=", CREDENTIAL_BASIC, "a", "b:c", NULL },
		{ "Basic", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Basic ", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Basic YQ==", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Basic YTpi=", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Basic YTpiOmM", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Basic YTpiO===", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Basic YTp=iOmM", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Basic YTpi-_==", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Basic YTpi YTpi", CREDENTIAL_BAD, NULL, NULL, NULL },
		/* a NUL, and what is not UTF-8 */
		{ "Basic YToA", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Basic YTr/", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Bearer mF_9.B5f-4.1JqM", CREDENTIAL_BEARER, NULL, NULL,
		    "mF_9.B5f-4.1JqM" },
		{ "bearer x", CREDENTIAL_BEARER, NULL, NULL, "x" },
		{ "Bearer", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Bearer a b", CREDENTIAL_BAD, NULL, NULL, NULL },
		{ "Bearer a, Basic Og==", CREDENTIAL_BAD, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *entry =
		    cases[i].field == NULL
			? NULL
			: mem_printf(
			      *state, "HTTP_AUTHORIZATION=%s", cases[i].field);
		const char *const environment[] = { entry, NULL };
		struct request request = request_of(*state, environment);
		struct credential got;
		const char *name = cases[i].field ? cases[i].field : "none";

		CHECK(name, credential_read(&request, &got) == cases[i].kind);
		CHECK(name, check_same(got.token, cases[i].token));
		if (cases[i].kind != CREDENTIAL_BASIC)
			continue;
		CHECK(name, check_same(got.name, cases[i].name));
		CHECK(name, check_same(got.password, cases[i].password));
	}
}

static void
test_cookies(void **state)
{
	static const struct {
		const char *field;
		const char *values[3];
	} cases[] = {
		{ "", { NULL } },
		{ "a=1", { "1" } },
		{ "a=", { "" } },
		{ "a", { NULL } },
		{ "b=a=1", { NULL } },
		{ "aa=1; xa=2; A=3", { NULL } },
		{ "b=0; a=1", { "1" } },
		{ "a=1;a=2;  a=3", { "1", "2", "3" } },
		{ "a=1=2; ;; a=\"3\"", { "1=2", "\"3\"" } },
		{ "a=1, a=2", { "1", "2" } },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const environment[] = {
			mem_printf(*state, "HTTP_COOKIE=%s", cases[i].field),
			NULL
		};
		struct request request = request_of(*state, environment);
		size_t n = 0;

		for (; n < 3 && cases[i].values[n]; n++)
			CHECK(cases[i].field,
			    check_same(credential_cookie(&request, "a", n),
				cases[i].values[n]));
		CHECK(cases[i].field,
		    credential_cookie(&request, "a", n) == NULL);
	}
}

static void
test_set_cookie(void **state)
{
	static const char *const environment[] = { NULL };
	struct request request = request_of(*state, environment);

	assert_string_equal(credential_set_cookie(&request, "a", "1", 60, true),
	    "a=1; Path=/records; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
	assert_string_equal(credential_set_cookie(&request, "a", "", 0, false),
	    "a=; Path=/records; Max-Age=0; HttpOnly; SameSite=Lax");
	request.base = "";
	assert_string_equal(
	    credential_set_cookie(&request, "a", "1", -1, false),
	    "a=1; Path=/; HttpOnly; SameSite=Lax");
	request.base = "/a;Domain=evil";
	assert_string_equal(
	    credential_set_cookie(&request, "a", "1", -1, false),
	    "a=1; Path=/; HttpOnly; SameSite=Lax");
}

static void
test_private(void **state)
{
	static const struct {
		const char *host, *proto;
		bool want;
	} cases[] = {
		{ NULL, NULL, false },
		{ "", NULL, false },
		{ "example.org", NULL, false },
		{ "example.org", "http", false },
		{ "example.org", "https", true },
		{ "example.org", "HTTPS, http", true },
		{ "example.org", "httpsx", false },
		{ "localhost", NULL, true },
		{ "LOCALHOST:8080", NULL, true },
		{ "club.localhost:8080", NULL, true },
		{ "xlocalhost", NULL, false },
		{ "localhost.example.org", NULL, false },
		{ "127.0.0.1", NULL, true },
		{ "127.1.2.3:80", NULL, true },
		{ "127.0.0.1.example.org", NULL, false },
		{ "128.0.0.1", NULL, false },
		{ "[::1]", NULL, true },
		{ "[::1]:80", NULL, true },
		{ "[::2]:80", NULL, false },
		{ "[::1", NULL, false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *environment[3] = { NULL };
		size_t n = 0;
		struct request request = request_of(*state, environment);

		if (cases[i].host)
			environment[n++] =
			    mem_printf(*state, "HTTP_HOST=%s", cases[i].host);
		if (cases[i].proto)
			environment[n++] = mem_printf(*state,
			    "HTTP_X_FORWARDED_PROTO=%s", cases[i].proto);
		CHECK(cases[i].host ? cases[i].host : "none",
		    credential_private(&request) == cases[i].want);
		request.https = true;
		assert_true(credential_private(&request));
	}
}

static void
test_address(void **state)
{
	static const struct {
		const char *sent, *want;
	} cases[] = {
		{ "192.0.2.1", "192.0.2.1" },
		{ "::ffff:192.0.2.1", "192.0.2.1" },
		{ "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::" },
		{ "2001:DB8:1:2::1", "2001:db8:1:2::" },
		{ "::1", "::" },
		{ "", "" },
		{ "unix:", "unix:" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const environment[] = {
			mem_printf(*state, "REMOTE_ADDR=%s", cases[i].sent),
			NULL
		};
		struct request request = request_of(*state, environment);

		CHECK(cases[i].sent,
		    check_same(credential_address(&request), cases[i].want));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_authorization),
		MEM_TEST(test_cookies),
		MEM_TEST(test_set_cookie),
		MEM_TEST(test_private),
		MEM_TEST(test_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
