#include "web/body.h"

#include <stdlib.h>
#include <string.h>

enum {
	PIECE = 16384,
	DRAIN_TIMES = 8
};

long long
body_length(const struct request *request)
{
	const char *text = request_variable(request, "CONTENT_LENGTH");

	if (text == NULL || *text == '\0' || strcmp(text, "-1") == 0)
		return BODY_UNSAID;
	if (text[strspn(text, "0123456789")] != '\0')
		return BODY_ILLEGIBLE;
	return strtoll(text, NULL, 10);
}

bool
body_read(struct request *request, body_source *source, void *context,
    size_t limit, long long length)
{
	struct text *text = mem_text_open(request->mem);
	char piece[PIECE];
	size_t total = 0;
	size_t n;

	do {
		n = source(context, piece, sizeof piece);
		total += n;
		if (total <= limit)
			fwrite(piece, 1, n, text->out);
	} while (n == sizeof piece && total / DRAIN_TIMES <= limit);

	request->body = mem_text(text);
	request->body_len = text->len;
	request->body_state = BODY_WHOLE;
	if (total > limit) {
		request->body = "";
		request->body_len = 0;
		request->body_state = BODY_LARGE;
	} else if (length == BODY_ILLEGIBLE ||
		   (length >= 0 && (size_t)length != total)) {
		request->body_state = BODY_CUT;
	}
	return n < sizeof piece;
}
