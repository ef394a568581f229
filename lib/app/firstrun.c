#include "app/firstrun.h"

#include <string.h>

#include "base/log.h"
#include "format/language.h"
#include "format/media.h"
#include "format/seal.h"
#include "view/firstrun.h"

enum {
	CODE_DIGITS = 16
};

static const struct {
	const char *name, *type;
	const struct asset *(*asset)(void);
} assets[] = {
	{ "style.css", "text/css; charset=utf-8", layout_style },
	{ "script.js", "text/javascript; charset=utf-8", layout_script },
};

/* What a page needs that has no configuration. */
static bool
send_asset(const struct request *request, struct response *response)
{
	size_t n = request->n_segments;

	if (n != 2 || strcmp(request->segments[0], "-") != 0)
		return false;
	for (size_t i = 0; i < sizeof assets / sizeof *assets; i++) {
		const struct asset *asset = assets[i].asset();

		if (strcmp(request->segments[1], assets[i].name) != 0)
			continue;
		response_body(
		    response, assets[i].type, asset->text, asset->len);
		return true;
	}
	return false;
}

static enum language
language_of(const struct request *request)
{
	const char *codes[LANGUAGE__MAX];

	for (enum language i = LANGUAGE_EN; i < LANGUAGE__MAX; i++)
		codes[i] = words_code(i);
	return (enum language)language_choose(
	    request_header(request, "ACCEPT_LANGUAGE"), codes, LANGUAGE__MAX);
}

static enum word
wrong_of(const struct firstrun *missing)
{
	switch (missing->why) {
	case CONFIG_OPEN:
		return WORD_FIRST_PRIVATE;
	case CONFIG_FOREIGN:
		return WORD_FIRST_FOREIGN;
	case CONFIG_WRONG:
		return missing->line > 0 ? WORD_FIRST_LINE : WORD_FIRST_WRONG;
	case CONFIG_ABSENT:
	case CONFIG_LOADED:
		break;
	}
	return WORD_NONE;
}

static void
send_page(const struct firstrun *missing, struct request *request,
    struct response *response)
{
	struct mem *mem = request->mem;
	struct text *text = mem_text_open(mem);
	const char *server = request_variable(request, "SERVER_SOFTWARE");
	const char *body;
	const struct site site = {
		.title = "",
		.base = request->base ? request->base : "",
		.language = language_of(request),
	};
	const struct firstrun_page page = {
		.wrong = wrong_of(missing),
		.line = mem_printf(mem, "%u", missing->line),
		.name = missing->name,
		.secret = seal_secret(mem),
		.code = mem_copy(mem, seal_nonce(mem), CODE_DIGITS),
		.short_bodies = server && strncmp(server, "Apache", 6) == 0,
	};

	firstrun_page(text->out, mem, &site, &page);
	response_add(response, "Vary", "Accept-Language");
	body = mem_text(text);
	response_body(response, "text/html; charset=utf-8", body, text->len);
}

void
firstrun_serve(
    void *context, struct request *request, struct response *response)
{
	static const char type[] = "text/plain; charset=utf-8";
	const struct firstrun *missing = context;
	const char *plain = words_text(LANGUAGE_EN, WORD_NOT_SET_UP);
	const char *accept;
	struct fault fault;

	if (request_read(request, request->mem, request->environment, NULL,
		&fault) == OUT_DONE &&
	    send_asset(request, response))
		return;
	log_line(LOG_ERROR, "%s", missing->message);
	response->status = 503;
	response_field(response, "Retry-After", "60");
	accept = request_header(request, "ACCEPT");
	if (accept && media_quality(accept, "text/html") >
			  media_quality(accept, "application/json"))
		send_page(missing, request, response);
	else
		response_body(response, type, plain, strlen(plain));
}
