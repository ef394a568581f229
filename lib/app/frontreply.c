#include "app/frontreply.h"

#include <string.h>

#include "app/frontfile.h"
#include "app/probe.h"

bool
frontreply_reached(struct front *front)
{
	/* a refusal of ours names its type */
	bool ours =
	    strstr(front->replies[FRONT_REACH].body, "/-/problems/") != NULL;

	if (front_passed(front, FRONT_REACH)) {
		front_add(front, FINDING_FINE, WORD_FRONT_REACHED, TOPIC_NONE,
		    FRONT_ARGS(front_said(front, FRONT_REACH, "server"),
			front_said(front, FRONT_REACH, "gateway")));
		return true;
	}
	front_add(front, FINDING_WRONG,
	    ours ? WORD_FRONT_OTHER_SITE : WORD_FRONT_NOT_REACHED, TOPIC_NONE,
	    FRONT_ARGS(front_answer(front, FRONT_REACH)));
	return false;
}

void
frontreply_conditions(struct front *front)
{
	const char *first = front_said(front, FRONT_REACH, "at");
	const char *second = front_said(front, FRONT_AGAIN, "at");
	bool fine = true;

	for (size_t i = FRONT_MATCH; i <= FRONT_RANGE; i++) {
		if (front_passed(front, i))
			continue;
		fine = false;
		front_add(front, FINDING_WRONG, WORD_FRONT_ANSWERED,
		    TOPIC_ANSWERED,
		    FRONT_ARGS(front->plan->probes[i].fields[0].name,
			front_answer(front, i)));
	}
	if (first && second && strcmp(first, second) == 0) {
		fine = false;
		front_add(front, FINDING_WRONG, WORD_FRONT_CACHED,
		    TOPIC_ANSWERED, FRONT_ARGS(NULL));
	}
	if (fine)
		front_fine(front, WORD_FRONT_CONDITIONS);
}

void
frontreply_errors(struct front *front)
{
	static const struct {
		enum front_id id;
		int status;
		const char *text;
	} errors[] = {
		{ FRONT_UNCHANGED, 304, "304" },
		{ FRONT_ABSENT, 404, "404" },
		{ FRONT_STALE, 412, "412" },
		{ FRONT_BROKEN, 500, "500" },
	};
	bool fine = true;

	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		enum front_id id = errors[i].id;
		bool kept = front->replies[id].status == errors[i].status;

		if (kept &&
		    (errors[i].status == 304 || front_echoed(front, id)))
			continue;
		fine = false;
		front_add(front, FINDING_WRONG,
		    kept ? WORD_FRONT_PAGE_REPLACED : WORD_FRONT_STATUS_CHANGED,
		    TOPIC_ERRORS,
		    FRONT_ARGS(errors[i].text, front_answer(front, id)));
	}
	if (fine)
		front_fine(front, WORD_FRONT_ERRORS);
}

/* What became of a tag, from nothing to the worst. */
enum change {
	CHANGE_NONE,
	CHANGE_SHARED, /* none, though the reply was compressed */
	CHANGE_SUFFIX,
	CHANGE_WEAK,
	CHANGE_OTHER,
	CHANGE_LOST
};

static enum change
change_of(const struct front_reply *reply)
{
	size_t len = strlen(PROBE_TAG) - 1; /* without the quote at its end */
	const char *tag = reply->tag;

	if (!tag || *tag == '\0')
		return CHANGE_LOST;
	if (strcmp(tag, PROBE_TAG) == 0)
		return reply->coding ? CHANGE_SHARED : CHANGE_NONE;
	if (strncmp(tag, "W/", 2) == 0 && strncmp(tag + 2, PROBE_TAG, len) == 0)
		return CHANGE_WEAK;
	if (strncmp(tag, PROBE_TAG, len) == 0 && tag[len] == '-')
		return CHANGE_SUFFIX;
	return CHANGE_OTHER;
}

void
frontreply_tags(struct front *front)
{
	static const struct {
		enum word word;
		enum finding_level level;
		enum front_topic topic;
	} changes[] = {
		[CHANGE_NONE] = { WORD_FRONT_TAGS, FINDING_FINE, TOPIC_NONE },
		[CHANGE_SHARED] = { WORD_FRONT_TAG_SHARED, FINDING_NOTE,
		    TOPIC_TAGS },
		[CHANGE_SUFFIX] = { WORD_FRONT_TAG_SUFFIX, FINDING_NOTE,
		    TOPIC_TAGS },
		[CHANGE_WEAK] = { WORD_FRONT_TAG_WEAK, FINDING_WRONG,
		    TOPIC_TAGS },
		[CHANGE_OTHER] = { WORD_FRONT_TAG_OTHER, FINDING_WRONG,
		    TOPIC_TAGS },
		[CHANGE_LOST] = { WORD_FRONT_TAG_LOST, FINDING_WRONG,
		    TOPIC_TAGS },
	};
	static const enum front_id ids[] = { FRONT_REACH, FRONT_CODED,
		FRONT_STALE };
	enum change worst = CHANGE_NONE;
	enum finding_level level;
	const char *tag = NULL;

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		enum change change = change_of(&front->replies[ids[i]]);

		/* no tag can be expected of a reply that is not ours */
		if (!front_echoed(front, ids[i]) || change <= worst)
			continue;
		worst = change;
		tag = front->replies[ids[i]].tag;
	}
	level = changes[worst].level;
	if (worst == CHANGE_WEAK && front->config->accept_weak_if_match)
		level = FINDING_NOTE;
	front_add(front, level, changes[worst].word, changes[worst].topic,
	    FRONT_ARGS(PROBE_TAG, tag));
}

void
frontreply_files(struct front *front)
{
	struct text *tried = mem_text_open(front->mem);
	size_t first = front->plan->n - front->plan->n_files;
	const char *before = "";
	bool fine = true;

	for (size_t i = first; i < front->plan->n; i++) {
		const char *path = front->plan->probes[i].path;
		enum frontfile file = frontfile_of(path, &front->replies[i]);

		/* without an answer there is nothing to go by */
		if (front->replies[i].status == 0)
			continue;
		fprintf(tried->out, "%s%s", before, path);
		before = ", ";
		if (file == FRONTFILE_NONE)
			continue;
		fine = false;
		front_add(front, FINDING_WRONG,
		    file == FRONTFILE_SECRET ? WORD_FRONT_FILE_OPEN
					     : WORD_FRONT_FILE_SEEN,
		    TOPIC_FILE, FRONT_ARGS(path));
	}
	if (fine && *before)
		front_add(front, FINDING_FINE, WORD_FRONT_FILES, TOPIC_NONE,
		    FRONT_ARGS(mem_text(tried)));
}
