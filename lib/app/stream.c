#include "app/stream.h"

#include <limits.h>

#include "app/expect.h"
#include "app/pager.h"
#include "app/validate.h"
#include "app/window.h"
#include "format/csv.h"
#include "format/etag.h"
#include "format/hash.h"
#include "store/listed.h"
#include "view/rowcsv.h"
#include "view/rowjson.h"

enum {
	TAG_DIGITS = 16,
	PIECE = 1 << 16 /* of what was made before the first byte is sent */
};

struct stream;

/* A representation of a list. A list of up to whole bytes is made before its
 * first byte is sent. */
struct writer {
	const char *type;
	size_t whole;
	char variant;
	void (*head)(struct stream *, FILE *);
	void (*item)(struct stream *, FILE *);
	void (*end)(struct stream *, FILE *);
	void (*broken)(FILE *); /* what says so where the rest is missing; or
				   NULL: the reply is cut off */
};

/* A list on its way. */
struct stream {
	const struct writer *writer;
	struct rows *rows;
	const struct query *query;
	struct mem *mem; /* of the row at hand */
	struct row *row; /* read, not yet written; NULL: no more */
	long n;		 /* rows read so far */
	bool more;	 /* than the limit lets through */
	/* the places of the page's ends, in keep; NULL: nobody asks any more */
	const char *const *first, *const *last;
	struct mem *keep;
	const char *prefix; /* what is written already, to be sent first */
	size_t prefix_len;
	bool begun;
	struct hash *states;  /* of the rows read, */
	struct text *content; /* and themselves, or NULL */
};

static enum outcome
fetch(struct stream *stream, struct fault *fault)
{
	long limit = stream->query->rows.limit;
	enum outcome outcome;

	mem_free(stream->mem);
	stream->mem = mem_new();
	outcome = rows_next(stream->rows, stream->mem, &stream->row, fault);
	if (outcome != OUT_DONE || !stream->row)
		return outcome;
	if (stream->n == limit) {
		stream->more = true;
		stream->row = NULL;
		return OUT_DONE;
	}
	if (stream->n++ == 0)
		stream->first = rows_place(stream->rows, stream->keep);
	if (limit >= 0 && stream->keep)
		stream->last = rows_place(stream->rows, stream->keep);
	return OUT_DONE;
}

static void
json_head(struct stream *stream, FILE *out)
{
	(void)stream;
	putc('[', out);
}

static void
json_item(struct stream *stream, FILE *out)
{
	const struct query *query = stream->query;

	if (stream->begun)
		putc(',', out);
	rowjson_item(out, query->rows.scope->table, query->picks,
	    query->n_picks, stream->row,
	    query->etags ? stream->row->state : NULL);
}

static void
json_end(struct stream *stream, FILE *out)
{
	(void)stream;
	putc(']', out);
}

static void
csv_head(struct stream *stream, FILE *out)
{
	const struct query *query = stream->query;

	rowcsv_head(
	    out, query->dialect, query->picks, query->n_picks, query->etags);
}

static void
csv_item(struct stream *stream, FILE *out)
{
	const struct query *query = stream->query;
	const char *state = stream->row->state;

	rowcsv_item(out, stream->mem, query->dialect, query->rows.scope->table,
	    query->picks, query->n_picks, stream->row,
	    query->etags ? (state ? state : "") : NULL);
}

static void
csv_end(struct stream *stream, FILE *out)
{
	(void)stream;
	(void)out;
}

static void
csv_broken(FILE *out)
{
	fprintf(out, "%s\n", csv_incomplete);
}

static const struct writer json_writer = { call_type_json, 1 << 20, 'j',
	json_head, json_item, json_end, NULL };
static const struct writer csv_writer = { call_type_csv, 8 << 20, 'c', csv_head,
	csv_item, csv_end, csv_broken };

/* Writes the row at hand, or the list's end. */
static void
write_item(struct stream *stream, FILE *out)
{
	if (!stream->row) {
		stream->writer->end(stream, out);
		return;
	}
	stream->writer->item(stream, out);
	stream->begun = true;
}

/* A web server hides that a reply was cut off: where the representation can, it
 * says so itself. */
static bool
pull(void *context, FILE *out, bool *failed)
{
	struct stream *stream = context;
	struct fault fault;
	bool more = stream->row != NULL;

	if (stream->prefix_len > 0) {
		size_t n =
		    stream->prefix_len < PIECE ? stream->prefix_len : PIECE;

		fwrite(stream->prefix, 1, n, out);
		stream->prefix += n;
		stream->prefix_len -= n;
		return true;
	}
	write_item(stream, out);
	if (!more)
		return false;
	if (fetch(stream, &fault) == OUT_DONE)
		return true;
	if (stream->writer->broken)
		stream->writer->broken(out);
	else
		*failed = true;
	return false;
}

static void
release(void *at)
{
	struct stream *stream = at;

	mem_free(stream->mem);
}

/* A fault's texts lie in the row's arena, which ends before the reply. */
static enum outcome
keep_fault(struct call *call)
{
	struct fault *fault = &call->fault;

	fault->primary = mem_string(call->mem, fault->primary);
	fault->sqlstate = mem_string(call->mem, fault->sqlstate);
	fault->detail = mem_string(call->mem, fault->detail);
	fault->hint = mem_string(call->mem, fault->hint);
	fault->args[0] = mem_string(call->mem, fault->args[0]);
	return fault->outcome;
}

/* The tag covers what was asked, what is shown, and the states of the rows, so
 * that a change which the person does not see changes it too. */
static char *
make_state(
    struct call *call, const struct stream *stream, const struct text *body)
{
	const char *target = request_variable(call->request, "REQUEST_URI");
	FILE *out = stream->states->out;

	fprintf(out, "%s\n", target ? target : "");
	fwrite(body->at, 1, body->len, out);
	return mem_printf(
	    call->mem, "l%.*s", TAG_DIGITS, hash_end(stream->states));
}

static enum outcome
answer_whole(struct call *call, struct stream *stream, struct text *body)
{
	const char *variant = expect_variant(call, stream->writer->variant),
		   *state;
	enum outcome verdict;

	mem_text(body);
	state = make_state(call, stream, body);
	call->tag = etag_make(call->mem, state, variant);
	verdict = condition_verdict(&call->condition, state, variant, 0);
	if (verdict == OUT_STALE)
		return fault_set(&call->fault, OUT_STALE, "header If-Match",
		    WORD_F_STALE_LIST, NULL, NULL);
	window_tell(call, stream->query, stream->n);
	pager_links(call, stream->query, stream->first, stream->last,
	    stream->query->rows.before ? stream->n == stream->query->rows.limit
				       : stream->more);
	if (verdict == OUT_UNCHANGED)
		call->response->status = 304;
	else
		response_body(
		    call->response, stream->writer->type, body->at, body->len);
	response_field(call->response, "ETag", call->tag);
	return OUT_DONE;
}

/* Too large to wait for its end: no tag, and no condition on one can hold. */
static enum outcome
answer_pulled(struct call *call, struct stream *stream, struct text *body)
{
	enum outcome verdict = validate_list(call);

	if (verdict != OUT_DONE)
		return verdict;
	stream->keep = NULL;
	stream->prefix = mem_text(body);
	stream->prefix_len = body->len;
	response_field(call->response, "Content-Type", stream->writer->type);
	call->response->pull = pull;
	call->response->pull_context = stream;
	return OUT_DONE;
}

static void
add_state(struct stream *stream)
{
	const struct table *table = stream->query->rows.scope->table;

	listed_add(stream->states->out, table, stream->row);
	if (stream->content)
		listed_add(stream->content->out, table, stream->row);
}

/* Reads a list and makes it whole, unless it turns out too large: then the
 * stream holds a row that is not written. */
static enum outcome
gather(struct call *call, struct stream *stream, const struct query *query,
    struct text *body)
{
	struct rows_query asked = query->rows;
	enum outcome outcome;

	/* one more row tells whether there is a next page; ahead of a place it
	 * would come first, so that a full page stands for more there */
	if (asked.limit >= 0 && asked.limit < LONG_MAX && !asked.before)
		asked.limit++;
	outcome =
	    rows_open(call->db, call->mem, &asked, &stream->rows, &call->fault);
	stream->query = query;
	stream->keep = call->mem;
	stream->states = hash_open(call->mem);
	stream->writer =
	    call->format == FORMAT_CSV ? &csv_writer : &json_writer;
	stream->writer->head(stream, body->out);
	mem_release(call->mem, release, stream);
	do {
		if (outcome == OUT_DONE)
			outcome = fetch(stream, &call->fault);
		if (outcome != OUT_DONE)
			return keep_fault(call);
		if (stream->row && mem_text_size(body) > stream->writer->whole)
			return OUT_DONE;
		if (stream->row)
			add_state(stream);
		write_item(stream, body->out);
	} while (stream->row);
	return OUT_DONE;
}

enum outcome
stream_list(struct call *call, const struct query *query)
{
	struct stream *stream = mem_alloc(call->mem, sizeof *stream);
	struct text *body = mem_text_open(call->mem);

	if (gather(call, stream, query, body) != OUT_DONE)
		return call->fault.outcome;
	return stream->row ? answer_pulled(call, stream, body)
			   : answer_whole(call, stream, body);
}

enum outcome
stream_state(struct call *call, const struct query *query, const char **state,
    const char **content)
{
	struct stream *stream = mem_alloc(call->mem, sizeof *stream);
	struct text *body = mem_text_open(call->mem);

	stream->content = mem_text_open(call->mem);
	if (gather(call, stream, query, body) != OUT_DONE)
		return call->fault.outcome;
	rows_close(stream->rows);
	*state = *content = NULL;
	if (stream->row)
		return OUT_DONE;
	mem_text(body);
	*content = mem_text(stream->content);
	*state = make_state(call, stream, body);
	return OUT_DONE;
}
