#include "app/frontrequest.h"

#include <string.h>

#include "web/origin.h"

void
frontrequest_methods(struct front *front)
{
	bool fine = true;

	for (size_t i = FRONT_HEAD; i <= FRONT_OPTIONS; i++) {
		const char *method = front->plan->probes[i].method;
		const char *came = front_said(front, i, "method");

		if (i == FRONT_HEAD ? front->replies[i].status == 200
				    : came && strcmp(came, method) == 0)
			continue;
		fine = false;
		front_add(front, FINDING_WRONG, WORD_FRONT_METHOD_LOST,
		    TOPIC_METHODS, FRONT_ARGS(method, front_answer(front, i)));
	}
	if (fine)
		front_fine(front, WORD_FRONT_METHODS);
}

/* Whether a field came as it was sent, but for white space at its end. */
static bool
came_whole(const struct front *front, size_t i, const struct front_field *field)
{
	const char *value = front_said(front, i, field->name);
	size_t len = strlen(field->value);

	return value && strncmp(value, field->value, len) == 0 &&
	       value[len + strspn(value + len, " ")] == '\0';
}

void
frontrequest_fields(struct front *front)
{
	bool fine = true;

	for (size_t i = 0; i < FRONT_BEARER; i++) {
		const struct front_probe *probe = &front->plan->probes[i];

		/* a request that did not arrive tells nothing of its fields */
		for (size_t k = 0; k < probe->n_fields; k++) {
			const struct front_field *field = &probe->fields[k];

			if (!front_echoed(front, i) ||
			    came_whole(front, i, field))
				continue;
			fine = false;
			front_add(front, FINDING_WRONG, WORD_FRONT_FIELD_LOST,
			    TOPIC_FIELDS, FRONT_ARGS(field->name));
		}
	}
	if (fine)
		front_fine(front, WORD_FRONT_FIELDS);
}

/* Whether the server itself did not believe who the request says it is from. */
static bool
refused(const struct front *front, size_t i)
{
	return front->replies[i].status == 401 ||
	       front->replies[i].status == 403;
}

void
frontrequest_people(struct front *front)
{
	const char *user = front_said(front, FRONT_BASIC, "remote_user");

	if (refused(front, FRONT_BEARER) && refused(front, FRONT_BASIC)) {
		front_fine(front, WORD_FRONT_AUTHORIZATION_SERVER);
		return;
	}
	if (front_said(front, FRONT_BEARER, "authorization"))
		front_fine(front, WORD_FRONT_AUTHORIZATION);
	else
		front_add(front, FINDING_WRONG, WORD_FRONT_AUTHORIZATION_LOST,
		    TOPIC_AUTHORIZATION, FRONT_ARGS(NULL));
	if (!user || strcmp(user, FRONT_NOBODY) != 0)
		front_fine(front, WORD_FRONT_USER);
	else if (front->config->remote_user)
		front_add(front, FINDING_WRONG, WORD_FRONT_USER_CLAIMED,
		    TOPIC_USER, FRONT_ARGS(NULL));
	else
		front_add(front, FINDING_NOTE, WORD_FRONT_USER_UNCHECKED,
		    TOPIC_USER, FRONT_ARGS(NULL));
}

void
frontrequest_host(struct front *front)
{
	const char *host = front_said(front, FRONT_REACH, "host");

	if (host && origin_same(front->origin, host))
		front_fine(front, WORD_FRONT_HOST);
	else
		front_add(front, FINDING_WRONG, WORD_FRONT_HOST_OTHER,
		    TOPIC_HOST, FRONT_ARGS(host, front->origin));
}

static char *
number(const struct front *front, size_t n)
{
	return mem_printf(front->mem, "%zu", n);
}

void
frontrequest_bodies(struct front *front)
{
	const struct front_probe *probes = front->plan->probes;
	size_t greatest = 0;

	for (size_t i = FRONT__MAX; i < FRONT__MAX + front->plan->n_bodies;
	     i++) {
		const char *read = front_said(front, i, "read");

		if (!read || strcmp(read, number(front, probes[i].size)) != 0) {
			front_add(front, FINDING_WRONG, WORD_FRONT_BODY_LESS,
			    TOPIC_BODY,
			    FRONT_ARGS(number(front, greatest),
				number(front, probes[i].size),
				front_answer(front, i)));
			return;
		}
		greatest = probes[i].size;
	}
	front_add(front, FINDING_FINE, WORD_FRONT_BODY, TOPIC_NONE,
	    FRONT_ARGS(number(front, greatest)));
}

void
frontrequest_limits(struct front *front)
{
	const char *segment = front_said(front, FRONT_SLASH, "segment");

	if (segment && strcmp(segment, "a/b") == 0)
		front_fine(front, WORD_FRONT_SLASH);
	else
		front_add(front, FINDING_NOTE, WORD_FRONT_SLASH_LOST,
		    TOPIC_SLASH, FRONT_ARGS(front_answer(front, FRONT_SLASH)));
	if (!front_said(front, FRONT_TWIN, "If-Match"))
		front_fine(front, WORD_FRONT_TWIN);
	else
		front_add(front, FINDING_NOTE, WORD_FRONT_TWIN_TAKEN,
		    TOPIC_NONE, FRONT_ARGS(NULL));
	if (front->server == SERVER_NGINX)
		front_add(front, FINDING_NOTE, WORD_FRONT_REPEAT, TOPIC_REPEAT,
		    FRONT_ARGS(NULL));
}
