#include "web/record.h"

#include <sys/socket.h>

/* Of the FastCGI protocol, what is answered here. */
enum {
	FCGI_BEGIN_REQUEST = 1,
	FCGI_END_REQUEST = 3,
	FCGI_GET_VALUES = 9,
	FCGI_UNKNOWN_TYPE = 11,
	FCGI_UNKNOWN_ROLE = 3
};

bool
record_answer(int fd)
{
	static const char values[] = "\1\12\0\0\0\22\0\0\17\1FCGI_MPXS_CONNS0";
	char unknown[] = { 1, FCGI_UNKNOWN_TYPE, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0,
		0, 0, 0, 0 };
	unsigned char head[8], rest[512];
	size_t left;

	if (recv(fd, head, sizeof head, MSG_PEEK | MSG_DONTWAIT) !=
		sizeof head ||
	    head[0] != 1 || head[1] == FCGI_BEGIN_REQUEST || head[2] != 0 ||
	    head[3] != 0)
		return false;
	left = sizeof head + ((size_t)head[4] << 8 | head[5]) + head[6];
	for (ssize_t n; left > 0; left -= (size_t)n) {
		n = recv(fd, rest, left < sizeof rest ? left : sizeof rest, 0);
		if (n <= 0)
			return false;
	}
	if (head[1] == FCGI_GET_VALUES)
		return send(fd, values, sizeof values - 1, MSG_NOSIGNAL) > 0;
	unknown[8] = (char)head[1];
	return send(fd, unknown, sizeof unknown, MSG_NOSIGNAL) > 0;
}

void
record_refuse_role(int fd, int request)
{
	const char end[] = { 1, FCGI_END_REQUEST, (char)(request >> 8),
		(char)request, 0, 8, 0, 0, 0, 0, 0, 0, FCGI_UNKNOWN_ROLE, 0, 0,
		0 };

	send(fd, end, sizeof end, MSG_NOSIGNAL);
}
