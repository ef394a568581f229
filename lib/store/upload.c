#include "store/upload.h"

#include <stdlib.h>
#include <string.h>

#include "format/hex.h"

static const char *
number(struct mem *mem, size_t n)
{
	return mem_printf(mem, "%zu", n);
}

/* A call of one of the database's functions. */
static struct db_step
call(struct mem *mem, const struct upload *upload, const char *function,
    const char *const *values, int n)
{
	struct text *sql = mem_text_open(mem);

	fprintf(sql->out, "SELECT * FROM %s.ifmatch_upload_%s(",
	    upload->table->upload, function);
	for (int i = 0; i < n; i++)
		fprintf(sql->out, "%s$%d", i > 0 ? ", " : "", i + 1);
	fputs(")", sql->out);
	return (struct db_step){ mem_text(sql), values, n };
}

static const char *
name_of(const struct upload *upload)
{
	return upload->person->name ? upload->person->name : "";
}

static bool
violates(const struct fault *fault, const char *constraint)
{
	return fault->constraint && strcmp(fault->constraint, constraint) == 0;
}

bool
upload_moved(const struct fault *fault)
{
	return violates(fault, "ifmatch_upload_once");
}

enum outcome
upload_put(struct db *db, struct mem *mem, const struct upload *upload,
    const struct upload_part *part, struct fault *fault)
{
	const char *values[] = { upload->token, name_of(upload),
		number(mem, upload->table->oid), upload->name,
		number(mem, part->parts), number(mem, part->place),
		hex_text(mem, part->bytes, part->len),
		number(mem, part->most) };
	struct db_step step = call(mem, upload, "put", values, 8);

	/* a part that is there stays, so that it may come again */
	if (db_run(db, mem, upload->person, DB_LOCK, &step, 1, NULL, fault) ==
	    OUT_DONE)
		return OUT_DONE;
	if (violates(fault, "ifmatch_upload_most"))
		return fault_set(fault, OUT_LARGE, "body", WORD_F_LARGE,
		    number(mem, part->most), NULL);
	if (upload_moved(fault))
		return fault_set(fault, OUT_CONFLICT, "_upload",
		    WORD_F_SUBMITTED, NULL, NULL);
	return fault->outcome;
}

static void
read_saved(struct mem *mem, const char *text, struct upload *upload)
{
	upload->saved = mem_array(mem, strlen(text), sizeof *upload->saved);
	upload->n_saved = 0;
	while (*text != '\0') {
		char *end;

		upload->saved[upload->n_saved++] = strtoul(text, &end, 10);
		text = *end == ',' ? end + 1 : end;
	}
}

enum outcome
upload_get(
    struct db *db, struct mem *mem, struct upload *upload, struct fault *fault)
{
	const char *values[] = { upload->token, name_of(upload),
		number(mem, upload->table->oid) };
	struct db_step step = call(mem, upload, "get", values, 3);
	struct db_result *rows;
	const char *hex;

	if (db_run(db, mem, upload->person, DB_READ, &step, 1, &rows, fault) !=
	    OUT_DONE)
		return fault->outcome;
	if (db_rows(rows) == 0)
		return fault_set(fault, OUT_ABSENT, "_upload",
		    WORD_F_UPLOAD_GONE, NULL, NULL);
	upload->name = db_value(rows, 0, 0);
	read_saved(mem, db_value(rows, 0, 1), upload);
	hex = db_value(rows, 0, 2);
	upload->bytes = NULL;
	if (hex)
		upload->bytes = hex_read(mem, hex, &upload->len);
	return OUT_DONE;
}

struct db_step
upload_lock(struct mem *mem, const struct upload *upload)
{
	const char **values = mem_array(mem, 3, sizeof *values);

	values[0] = upload->token;
	values[1] = name_of(upload);
	values[2] = number(mem, upload->n_saved);
	return call(mem, upload, "lock", values, 3);
}

struct db_step
upload_saved(
    struct mem *mem, const struct upload *upload, const size_t *lines, size_t n)
{
	const char **values = mem_array(mem, 2, sizeof *values);
	struct text *array = mem_text_open(mem);

	for (size_t i = 0; i < n; i++)
		fprintf(array->out, "%s%zu", i > 0 ? "," : "{", lines[i]);
	fputs(n > 0 ? "}" : "{}", array->out);
	values[0] = upload->token;
	values[1] = mem_text(array);
	return call(mem, upload, "saved", values, 2);
}
