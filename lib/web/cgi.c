#include "web/cgi.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "web/body.h"
#include "web/reply.h"

enum {
	REST_MS = 2000
};

/* What is left of a CGI request's body on the standard input. */
struct rest {
	long long left;
};

static size_t
read_input(void *context, char *to, size_t n)
{
	struct rest *rest = context;
	size_t got = 0;

	if (rest->left < (long long)n)
		n = (size_t)rest->left;
	while (got < n) {
		ssize_t now = read(0, to + got, n - got);

		if (now < 0 && errno == EINTR)
			continue;
		if (now <= 0)
			break;
		got += (size_t)now;
	}
	rest->left -= (long long)got;
	return got;
}

/* Reads away what comes, so that the reply is not lost with the input: nobody
 * says how much it is, and some servers never end it. */
static void
skip_input(size_t most)
{
	struct pollfd input = { .fd = 0, .events = POLLIN };
	char piece[4096];
	size_t total = 0;

	while (total < most && poll(&input, 1, REST_MS) == 1) {
		ssize_t n = read(0, piece, sizeof piece);

		if (n <= 0)
			break;
		total += (size_t)n;
	}
}

static void
read_request(const struct gateway *gateway, struct request *request)
{
	long long length = body_length(request);
	const char *coding =
	    request_variable(request, "HTTP_TRANSFER_ENCODING");
	struct rest rest = { .left = length };

	if (length >= 0) {
		body_read(
		    request, read_input, &rest, gateway->body_limit, length);
		return;
	}
	request->body = "";
	request->body_len = 0;
	request->body_state = BODY_WHOLE;
	if (length == BODY_ILLEGIBLE || (coding != NULL && *coding != '\0')) {
		request->body_state = BODY_LENGTH;
		skip_input(gateway->body_limit);
	}
}

static bool
write_output(void *context, const char *data, size_t len)
{
	(void)context;
	while (len > 0) {
		ssize_t now = write(1, data, len);

		if (now < 0 && errno == EINTR)
			continue;
		if (now <= 0)
			return false;
		data += now;
		len -= (size_t)now;
	}
	return true;
}

int
cgi_run(const struct gateway *gateway)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct request request = { .environment =
				       (const char *const *)environ };
	struct response response;
	const char *method = getenv("REQUEST_METHOD");
	bool sent;

	if (method == NULL)
		return 1;
	sigaction(SIGPIPE, &ignore, NULL);
	request.mem = mem_new();
	read_request(gateway, &request);
	response_begin(&response, request.mem);
	gateway->serve(gateway->context, &request, &response);
	sent = reply_send(
	    &response, strcmp(method, "HEAD") == 0, write_output, NULL);
	/* servers read to the end, and what is left to do is not for them */
	close(1);
	mem_free(request.mem);
	return sent ? 0 : 1;
}
