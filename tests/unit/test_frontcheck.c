#include "check.h"

#include "app/frontcheck.h"
#include "app/probe.h"

#define ORIGIN "http://localhost"

static struct config config = { .file = "/home/club/club.ini",
	.body_limit = 300000 };

/* A judgement in the making: all went well, until a case changes something. */
struct trial {
	struct mem *mem;
	struct config config;
	struct front_plan *plan;
	struct front_reply *replies;
	const char *server;
};

static const char *
field_of(const struct front_probe *probe, const char *name)
{
	for (size_t i = 0; i < probe->n_fields; i++)
		if (strcmp(probe->fields[i].name, name) == 0)
			return probe->fields[i].value;
	return NULL;
}

static void
set_reply(struct trial *trial, size_t i)
{
	static const struct {
		enum front_id id;
		int status;
	} others[] = { { FRONT_UNCHANGED, 304 }, { FRONT_ABSENT, 404 },
		{ FRONT_STALE, 412 }, { FRONT_BROKEN, 500 } };
	const struct front_probe *probe = &trial->plan->probes[i];
	struct front_reply *reply = &trial->replies[i];
	struct text *body = mem_text_open(trial->mem);

	*reply = (struct front_reply){ 200, PROBE_TAG, NULL, "" };
	if (i >= trial->plan->n - trial->plan->n_files) {
		reply->status = 404;
		return;
	}
	for (size_t k = 0; k < COUNT(others); k++)
		if (i == others[k].id)
			reply->status = others[k].status;
	if (i == FRONT_HEAD || i == FRONT_UNCHANGED)
		return;
	fprintf(
	    body->out, "{\"at\":\"%zu\",\"method\":\"%s\",", i, probe->method);
	for (size_t k = 0; k < probe->n_fields; k++)
		if (!strchr(probe->fields[k].name, '_'))
			fprintf(body->out, "\"%s\":\"%s\",",
			    probe->fields[k].name, probe->fields[k].value);
	fprintf(body->out,
	    "\"authorization\":%s,\"segment\":%s,\"remote_user\":null,"
	    "\"read\":\"%zu\",\"host\":\"localhost\",\"server\":\"%s\","
	    "\"gateway\":\"CGI\",\"probe\":\"v1\"}",
	    field_of(probe, "Authorization") ? "\"yes\"" : "null",
	    i == FRONT_SLASH ? "\"a/b\"" : "null", probe->size, trial->server);
	reply->body = mem_text(body);
}

static void
begin(struct trial *trial, struct mem *mem, const char *server)
{
	*trial =
	    (struct trial){ .mem = mem, .config = config, .server = server };
	trial->plan = frontplan_make(mem, &config, "/records", "TOKEN");
	trial->replies = mem_array(mem, trial->plan->n, sizeof *trial->replies);
	/* tags have quotes, which the bodies above are spared */
	for (size_t i = 0; i < trial->plan->n; i++) {
		struct front_probe *probe = &trial->plan->probes[i];

		for (size_t k = 0; k < probe->n_fields; k++)
			if (*probe->fields[k].value == '"' &&
			    !strchr(probe->fields[k].name, '_'))
				probe->fields[k].value = "quoted";
		set_reply(trial, i);
	}
}

static struct findings
judge(struct trial *trial)
{
	return frontcheck_judge(trial->mem, &trial->config, trial->plan,
	    trial->replies, ORIGIN, "/records", LANGUAGE_EN);
}

static size_t
count(const struct findings *findings, enum finding_level level)
{
	size_t n = 0;

	for (size_t i = 0; i < findings->n; i++)
		n += findings->items[i].level == level;
	return n;
}

static const struct finding *
first(const struct findings *findings, enum finding_level level)
{
	for (size_t i = 0; i < findings->n; i++)
		if (findings->items[i].level == level)
			return &findings->items[i];
	return NULL;
}

static void
test_all_is_well(void **state)
{
	struct trial trial;
	struct findings findings;

	begin(&trial, *state, "Apache/2.4");
	findings = judge(&trial);
	assert_int_equal(count(&findings, FINDING_FINE), findings.n);
	assert_int_equal(findings.n, 13);
	assert_string_equal(findings.items[0].text,
	    "The program is reached through Apache/2.4, as CGI.");
	assert_null(findings.items[0].advice);
}

/* One reply is another than it ought to be. NULL: as it ought to be. */
static const struct {
	const char *server;
	size_t id;
	int status;
	const char *tag, *coding, *body;
	enum finding_level level;
	const char *text, *advice;
} cases[] = {
	{ "nginx/1", FRONT_PATCH, 405, NULL, NULL, "no", FINDING_WRONG,
	    "PATCH does not arrive. The answer: 405. Until",
	    "# no limit_except" },
	{ "Apache", FRONT_HEAD, 501, NULL, NULL, NULL, FINDING_WRONG,
	    "HEAD does not arrive. The answer: 501.", "AllowMethods reset" },
	{ "h2o", FRONT_DELETE, 0, NULL, NULL, "curl: (52) Empty\nmore",
	    FINDING_WRONG,
	    "DELETE does not arrive. The answer: curl: (52) "
	    "Empty. Until",
	    NULL },
	{ "Apache", FRONT_MATCH, 412, NULL, NULL, "no", FINDING_WRONG,
	    "A request with If-Match is answered on the way",
	    "CacheDisable on" },
	{ "lighttpd/1", FRONT_RANGE, 206, NULL, NULL, "{\"", FINDING_WRONG,
	    "A request with Range is answered on the way",
	    "deflate.mimetypes = ()\nserver.range-requests" },
	{ "nginx", FRONT_ABSENT, 404, NULL, NULL, "<h1>Sorry</h1>",
	    FINDING_WRONG, "The server shows a page of its own",
	    "fastcgi_intercept_errors off;" },
	{ "Caddy", FRONT_STALE, 502, NULL, NULL, "", FINDING_WRONG,
	    "An answer with the status 412 comes back as 502.",
	    "# no handle_response" },
	{ "nginx", FRONT_CODED, 200, "W/" PROBE_TAG, "gzip", NULL,
	    FINDING_WRONG, "Compression weakens the tags", "gzip off;" },
	{ "nginx", FRONT_CODED, 200, "W/\"v1-probe-gzip\"", "gzip", NULL,
	    FINDING_WRONG, "Compression weakens the tags", "gzip off;" },
	{ "Apache", FRONT_CODED, 200, "\"v1-probe-gzip\"", "gzip", NULL,
	    FINDING_NOTE, "Compression changes the tags", "SetEnv no-gzip 1" },
	{ "Caddy", FRONT_CODED, 200, PROBE_TAG, "gzip", NULL, FINDING_NOTE,
	    "Replies are compressed and their tags stay",
	    "@compress not path "
	    "/records /records/*" },
	{ "x", FRONT_REACH, 200, "\"other\"", NULL, NULL, FINDING_WRONG,
	    "The tags are changed on the way: \"v1-probe\" comes back as "
	    "\"other\".",
	    NULL },
	{ "x", FRONT_STALE, 412, "", NULL, NULL, FINDING_WRONG,
	    "The tags do not come back", NULL },
	{ "Apache", FRONT_BEARER, 200, NULL, NULL,
	    "{\"authorization\":null,\"probe\":\"v1\"}", FINDING_WRONG,
	    "The field Authorization does not arrive", "CGIPassAuth On" },
	{ "nginx", FRONT_BASIC, 200, NULL, NULL,
	    "{\"remote_user\":\"probe-nobody\",\"probe\":\"v1\"}",
	    FINDING_WRONG, "Anybody can claim any name",
	    "fastcgi_param REMOTE_USER \"\";" },
	{ "Apache", FRONT_SLASH, 404, NULL, NULL, "no", FINDING_NOTE,
	    "An encoded slash in an address does not arrive. The answer: 404.",
	    "AllowEncodedSlashes NoDecode" },
	{ "h2o", FRONT_TWIN, 200, NULL, NULL,
	    "{\"If-Match\":\"x\",\"probe\":\"v1\"}", FINDING_NOTE,
	    "If_Match, with an underscore, is taken", NULL },
	{ "nginx", FRONT__MAX + 1, 413, NULL, NULL, "no", FINDING_WRONG,
	    "Of bodies, 100000 bytes arrive, 200000 do not. The answer: 413.",
	    "client_max_body_size 300000;" },
	{ "Apache", FRONT__MAX + 1, 200, NULL, NULL,
	    "{\"read\":\"131072\",\"probe\":\"v1\"}", FINDING_WRONG,
	    "Of bodies, 100000 bytes arrive, 200000 do not. The answer: 200.",
	    "FcgidMaxRequestLen 300000" },
	{ "Apache", FRONT__MAX + 3, 200, NULL, NULL, "# x\ndatabase = y",
	    FINDING_WRONG, "Anybody can fetch /records.ini, and the password",
	    "<Files \"records.ini\">" },
};

static void
test_what_is_not(void **state)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct trial trial;
		struct front_reply *reply;
		struct findings findings;
		const struct finding *found;

		begin(&trial, *state, cases[i].server);
		trial.config.remote_user = true;
		reply = &trial.replies[cases[i].id];
		reply->status = cases[i].status;
		reply->coding = cases[i].coding;
		if (cases[i].tag)
			reply->tag = *cases[i].tag ? cases[i].tag : NULL;
		if (cases[i].body)
			reply->body = cases[i].body;
		findings = judge(&trial);
		found = first(&findings, cases[i].level);
		CHECK(
		    cases[i].text, found && strncmp(found->text, cases[i].text,
						strlen(cases[i].text)) == 0);
		CHECK(cases[i].text,
		    cases[i].advice
			? found->advice &&
			      strncmp(found->advice, cases[i].advice,
				  strlen(cases[i].advice)) == 0
			: !found->advice);
		CHECK(cases[i].text, finding_any_wrong(&findings) ==
					 (cases[i].level == FINDING_WRONG));
	}
}

static void
test_fields_that_change(void **state)
{
	struct trial trial;
	struct findings findings;

	begin(&trial, *state, "nginx");
	trial.replies[FRONT_MODIFIED].body =
	    "{\"If-Modified-Since\":null,\"probe\":\"v1\"}";
	findings = judge(&trial);
	assert_int_equal(count(&findings, FINDING_WRONG), 1);
	assert_string_equal(first(&findings, FINDING_WRONG)->text,
	    "The field If-Modified-Since does not arrive as it was sent.");
}

static void
test_a_cache(void **state)
{
	struct trial trial;
	struct findings findings;

	begin(&trial, *state, "nginx");
	trial.replies[FRONT_AGAIN] = trial.replies[FRONT_REACH];
	findings = judge(&trial);
	assert_int_equal(count(&findings, FINDING_WRONG), 1);
	assert_memory_equal(
	    first(&findings, FINDING_WRONG)->text, "Two requests got one", 20);
}

/* What the configuration says decides how bad some things are. */
static void
test_what_the_configuration_changes(void **state)
{
	struct trial trial;
	struct findings findings;

	begin(&trial, *state, "x");
	trial.replies[FRONT_BASIC].body =
	    "{\"remote_user\":\"probe-nobody\",\"probe\":\"v1\"}";
	trial.replies[FRONT_CODED].tag = "W/" PROBE_TAG;
	trial.config.accept_weak_if_match = true;
	findings = judge(&trial);
	assert_int_equal(count(&findings, FINDING_WRONG), 0);
	assert_int_equal(count(&findings, FINDING_NOTE), 2);
	trial.config.accept_weak_if_match = false;
	trial.config.remote_user = true;
	findings = judge(&trial);
	assert_int_equal(count(&findings, FINDING_WRONG), 2);
}

static void
test_a_server_that_asks_for_passwords(void **state)
{
	struct trial trial;
	struct findings findings;

	begin(&trial, *state, "x");
	trial.replies[FRONT_BEARER].status = 401;
	trial.replies[FRONT_BEARER].body = "no";
	trial.replies[FRONT_BASIC] = trial.replies[FRONT_BEARER];
	findings = judge(&trial);
	assert_int_equal(count(&findings, FINDING_FINE), findings.n);
}

static void
test_the_host_of_another(void **state)
{
	struct trial trial;
	struct findings findings;

	begin(&trial, *state, "nginx");
	trial.replies[FRONT_REACH].body =
	    "{\"host\":\"inside:8080\",\"server\":\"nginx\",\"probe\":\"v1\"}";
	findings = judge(&trial);
	assert_int_equal(count(&findings, FINDING_WRONG), 1);
	assert_memory_equal(first(&findings, FINDING_WRONG)->text,
	    "The program learns the name inside:8080 instead of " ORIGIN, 67);
}

/* Where the program is not reached, only files are judged besides. */
static void
test_not_reached(void **state)
{
	static const struct {
		int status;
		const char *body, *text;
	} ends[] = {
		{ 0, "curl: (7) refused\n",
		    "The program is not reached at "
		    "this address. The answer: curl: "
		    "(7) refused" },
		{ 200, "<p>Welcome</p>",
		    "The program is not reached at this "
		    "address. The answer: 200" },
		{ 200, "{\"a\":1}",
		    "The program is not reached at this "
		    "address. The answer: 200" },
		{ 404, "{\"type\":\"/records/-/problems/absent\"}",
		    "What answers at this address has another" },
	};

	for (size_t i = 0; i < COUNT(ends); i++) {
		struct trial trial;
		struct findings findings;

		begin(&trial, *state, "x");
		trial.replies[FRONT_REACH].status = ends[i].status;
		trial.replies[FRONT_REACH].body = ends[i].body;
		findings = judge(&trial);
		assert_int_equal(findings.n, 2);
		assert_int_equal(findings.items[0].level, FINDING_WRONG);
		assert_memory_equal(
		    findings.items[0].text, ends[i].text, strlen(ends[i].text));
		assert_int_equal(findings.items[1].level, FINDING_FINE);

		/* where nothing answers, nothing is said of files */
		for (size_t k = 0; k < trial.plan->n; k++)
			trial.replies[k].status = 0;
		findings = judge(&trial);
		assert_int_equal(findings.n, 1);
		assert_int_equal(findings.items[0].level, FINDING_WRONG);
	}
}

static void
test_the_files_that_are_tried(void **state)
{
	static const struct {
		const char *base, *first, *last;
		size_t n;
	} bases[] = {
		{ "/records", "/records.ini", "/try.cgi", 4 + 35 },
		{ "/a/cgi-bin/club.fcgi", "/a/cgi-bin/club.ini",
		    "/a/cgi-bin/try.cgi", 3 + 35 },
		{ "", "/club.ini", "/try.cgi", 2 + 35 },
	};

	for (size_t i = 0; i < COUNT(bases); i++) {
		struct front_plan *plan =
		    frontplan_make(*state, &config, bases[i].base, "TOKEN");

		assert_int_equal(plan->n_files, bases[i].n);
		assert_string_equal(
		    plan->probes[plan->n - plan->n_files].path, bases[i].first);
		assert_string_equal(
		    plan->probes[plan->n - 1].path, bases[i].last);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEM_TEST(test_all_is_well),
		MEM_TEST(test_what_is_not),
		MEM_TEST(test_fields_that_change),
		MEM_TEST(test_a_cache),
		MEM_TEST(test_what_the_configuration_changes),
		MEM_TEST(test_a_server_that_asks_for_passwords),
		MEM_TEST(test_the_host_of_another),
		MEM_TEST(test_not_reached),
		MEM_TEST(test_the_files_that_are_tried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
