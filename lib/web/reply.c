#include "web/reply.h"

enum {
	WHOLE_MOST = 1 << 20,	/* a pulled body up to this gets its length */
	TOGETHER_MOST = 1 << 16 /* a body up to this goes out with its head */
};

static bool
has_body(const struct response *response, bool head_only)
{
	return !head_only && response->status != 204 && response->status != 304;
}

static bool
send_whole(const struct response *response, bool head_only, const char *body,
    size_t len, reply_sink *sink, void *context)
{
	struct text *text = mem_text_open(response->mem);
	bool with_body = has_body(response, head_only) && len > 0;

	response_head(response, (long long)len, text->out);
	if (with_body && len <= TOGETHER_MOST)
		fwrite(body, 1, len, text->out);
	mem_text(text);
	return sink(context, text->at, text->len) &&
	       (!with_body || len <= TOGETHER_MOST || sink(context, body, len));
}

static bool
send_broken(const struct response *response, bool head_only, reply_sink *sink,
    void *context)
{
	static const char sorry[] = "The answer could not be made.\n";
	struct response broken;

	response_begin(&broken, response->mem);
	broken.status = 500;
	response_field(&broken, "Content-Type", "text/plain; charset=utf-8");
	return send_whole(
	    &broken, head_only, sorry, sizeof sorry - 1, sink, context);
}

/* Begins a reply that is too long to be kept whole. */
static bool
send_begin(const struct response *response, bool head_only,
    const struct text *first, reply_sink *sink, void *context)
{
	struct text *head = mem_text_open(response->mem);

	response_head(response, -1, head->out);
	mem_text(head);
	return sink(context, head->at, head->len) &&
	       (!has_body(response, head_only) ||
		   sink(context, first->at, first->len));
}

/* The rest, piece by piece, each with memory of its own. */
static bool
send_rest(const struct response *response, reply_sink *sink, void *context)
{
	bool more = true;
	bool broken = false;

	while (more && !broken) {
		struct mem *mem = mem_new();
		struct text *piece = mem_text_open(mem);

		more =
		    response->pull(response->pull_context, piece->out, &broken);
		mem_text(piece);
		if (!sink(context, piece->at, piece->len))
			broken = true;
		mem_free(mem);
	}
	return !broken;
}

static bool
send_pulled(const struct response *response, bool head_only, reply_sink *sink,
    void *context)
{
	struct text *first = mem_text_open(response->mem);
	size_t len = 0;
	bool more = true;
	bool broken = false;

	while (more && !broken && len <= WHOLE_MOST) {
		struct mem *mem = mem_new();
		struct text *piece = mem_text_open(mem);

		more =
		    response->pull(response->pull_context, piece->out, &broken);
		mem_text(piece);
		fwrite(piece->at, 1, piece->len, first->out);
		len += piece->len;
		mem_free(mem);
	}
	mem_text(first);
	if (broken)
		return send_broken(response, head_only, sink, context);
	if (!more)
		return send_whole(
		    response, head_only, first->at, first->len, sink, context);
	if (!send_begin(response, head_only, first, sink, context))
		return false;
	return !has_body(response, head_only) ||
	       send_rest(response, sink, context);
}

bool
reply_send(const struct response *response, bool head_only, reply_sink *sink,
    void *context)
{
	if (response->pull != NULL)
		return send_pulled(response, head_only, sink, context);
	return send_whole(response, head_only,
	    response->body == NULL ? "" : response->body,
	    response->body == NULL ? 0 : response->len, sink, context);
}
