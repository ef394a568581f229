/*
 * frontadvice: what to write into a web server's configuration, by what is
 * wrong and by the server.
 */
#ifndef APP_FRONTADVICE_H
#define APP_FRONTADVICE_H

#include "base/mem.h"

enum front_server {
	SERVER_APACHE,
	SERVER_NGINX,
	SERVER_LIGHTTPD,
	SERVER_CADDY,
	SERVER_H2O,
	SERVER_OTHER
};

enum front_topic {
	TOPIC_NONE,
	TOPIC_METHODS,
	TOPIC_FIELDS,
	TOPIC_ANSWERED,
	TOPIC_ERRORS,
	TOPIC_TAGS, /* arg: the site's path */
	TOPIC_AUTHORIZATION,
	TOPIC_USER,
	TOPIC_SLASH,
	TOPIC_HOST,
	TOPIC_BODY, /* arg: bytes */
	TOPIC_FILE, /* arg: its path in the URL */
	TOPIC_REPEAT
};

/* The server by SERVER_SOFTWARE ("nginx/1.22.1"; NULL: other). */
enum front_server frontadvice_server(const char *software);

/* Lines to paste, or NULL where there are none for this server. */
const char *frontadvice_lines(
    struct mem *, enum front_topic, enum front_server, const char *arg);

#endif
