#include "view/problem.h"

#include <string.h>

static const char *const texts[OUT__MAX] = {
	[OUT_MALFORMED] =
	    "The request cannot be read: its address, a field or its body is "
	    "not well formed.\n\"part\" names which one. Nothing was "
	    "changed.\n",
	[OUT_UNAUTHENTICATED] =
	    "Say first who you are: with Authorization, Basic (name and "
	    "password of an account\nof this site) or Bearer (an API token). "
	    "What was sent of these is not, or no more,\nvalid. Nothing was "
	    "changed.\n",
	[OUT_DENIED] = "You may see this, but not do that. Nothing was "
		       "changed.\n",
	[OUT_ABSENT] = "There is no such table, row or column, or you may not "
		       "see it.\n",
	[OUT_METHOD] = "This resource knows no such method; Allow lists those "
		       "that it knows.\n",
	[OUT_UNACCEPTABLE] = "There is no representation that Accept allows; "
			     "\"detail\" lists those that\nthere are.\n",
	[OUT_CONFLICT] =
	    "The data as they are do not allow this: a unique value is taken, "
	    "a row is referred\nto, or a rule or trigger of the database "
	    "refused it. Nothing was changed.\n",
	[OUT_LENGTH] = "The length of the body has to be sent ahead, in "
		       "Content-Length.\n",
	[OUT_STALE] =
	    "A condition of the request does not hold: \"part\" names which. "
	    "Mostly this is\nIf-Match, and the row was changed after you read "
	    "it. Nothing was changed now.\n\n\"current\" is the row as it is, "
	    "\"etag\" its entity tag, \"changed_by\" and\n\"changed_at\" say "
	    "who changed it when, where that is known. Look at what "
	    "changed,\nput your change on top of it, and send it again with "
	    "If-Match: and that tag.\n\"already_equal\" is true where the row "
	    "is just as you asked, by whoever it was.\n\"changed\" lists the "
	    "columns that changed since, where that is known, else it is "
	    "null.\n\nA weak tag (W/\"...\") satisfies no If-Match: a server "
	    "that compresses replies has\nweakened it on its way to you, as "
	    "nginx does with gzip. Send the strong tag that\nstands here. "
	    "Whoever runs the site can switch compression off for it (nginx: "
	    "gzip\noff), or set accept_weak_if_match = yes; \"ifmatch check "
	    "--url\" shows what the server\nin front does to tags.\n",
	[OUT_LARGE] = "The body is larger than this site allows. Nothing was "
		      "changed.\n",
	[OUT_MEDIA] = "The body is of a media type that is not understood "
		      "here; Accept-Patch or Accept\nlists those that "
		      "are, Accept-Encoding in which coding.\n",
	[OUT_OUTSIDE] =
	    "Range asks for bytes behind the end; Content-Range says how "
	    "many there are.\n",
	[OUT_INVALID] =
	    "The body can be read, but its values cannot be stored: \"column\" "
	    "and \"constraint\"\nsay which and why, where that is known. "
	    "Nothing was changed.\n",
	[OUT_UNGUARDED] =
	    "A change of a row has to say which state of the row its sender "
	    "has seen, so that\nnobody's work is overwritten unseen. Send "
	    "If-Match with the entity tag that GET\ngave you (\"etag\" is the "
	    "current one; look at \"current\" first).\n",
	[OUT_THROTTLED] = "Too many attempts to log in have failed. Try again "
			  "after Retry-After seconds.\n",
	[OUT_BROKEN] = "Something is wrong on our side; the log of the server "
		       "says what.\n",
	[OUT_BUSY] = "The database cannot do this now. Nothing was changed. "
		     "Try again after Retry-After\nseconds, with the same "
		     "If-Match.\n",
	[OUT_UNKNOWN] =
	    "The connection to the database was lost while it was writing, "
	    "and whether it wrote\nis not known. GET the row: where its entity "
	    "tag is the one that you sent, nothing\nwas written.\n",
};

char *
problem_type(struct mem *mem, const struct site *site, enum outcome outcome)
{
	return mem_printf(
	    mem, "%s/-/problems/%s", site->base, outcome_name(outcome));
}

const char *
problem_text(const char *name)
{
	for (enum outcome outcome = 0; outcome < OUT__MAX; outcome++)
		if (texts[outcome] && strcmp(outcome_name(outcome), name) == 0)
			return texts[outcome];
	return NULL;
}
