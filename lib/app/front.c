#include "app/front.h"

#include <string.h>

static void
read_echo(struct mem *mem, const char *body, struct front_echo *echo)
{
	struct json_span span;
	struct json_error error;

	*echo = (struct front_echo){ 0 };
	if (!json_read(body, strlen(body), &span, &error) ||
	    span.kind != JSON_OBJECT ||
	    !json_members(mem, span, &echo->members, &echo->n, &error) ||
	    echo->n == 0 ||
	    strcmp(echo->members[echo->n - 1].name, "probe") != 0)
		echo->n = 0;
}

void
front_open(struct front *front)
{
	front->echoes =
	    mem_array(front->mem, front->plan->n, sizeof *front->echoes);
	for (size_t i = 0; i < front->plan->n; i++)
		read_echo(
		    front->mem, front->replies[i].body, &front->echoes[i]);
	front->server =
	    frontadvice_server(front_said(front, FRONT_REACH, "server"));
}

/* What the advice of a topic is about. */
static const char *
topic_arg(const struct front *front, enum front_topic topic,
    const char *const args[3])
{
	if (topic == TOPIC_BODY)
		return mem_printf(front->mem, "%zu", front->config->body_limit);
	return topic == TOPIC_TAGS ? front->base : args[0];
}

void
front_add(struct front *front, enum finding_level level, enum word word,
    enum front_topic topic, const char *const args[3])
{
	finding_add(front->mem, &front->findings, level,
	    words_fill(front->mem, front->language, word, args),
	    frontadvice_lines(front->mem, topic, front->server,
		topic_arg(front, topic, args)));
}

void
front_fine(struct front *front, enum word word)
{
	front_add(front, FINDING_FINE, word, TOPIC_NONE, FRONT_ARGS(NULL));
}

const char *
front_said(const struct front *front, size_t probe, const char *name)
{
	const struct front_echo *echo = &front->echoes[probe];
	const struct json_member *said =
	    json_member(echo->members, echo->n, name);

	return said && said->value.kind == JSON_STRING
		   ? json_decode(front->mem, said->value)
		   : NULL;
}

bool
front_echoed(const struct front *front, size_t probe)
{
	return front->echoes[probe].n > 0;
}

bool
front_passed(const struct front *front, size_t probe)
{
	return front->replies[probe].status == 200 &&
	       front_echoed(front, probe);
}

const char *
front_answer(const struct front *front, size_t probe)
{
	const struct front_reply *reply = &front->replies[probe];

	if (reply->status != 0)
		return mem_printf(front->mem, "%d", reply->status);
	return mem_copy(front->mem, reply->body, strcspn(reply->body, "\r\n"));
}
