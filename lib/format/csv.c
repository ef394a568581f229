#include "format/csv.h"

#include <string.h>

#include "format/uri.h"

const char csv_incomplete[] = "ERROR: export incomplete";

/* Whether a spreadsheet could take it for a formula, any "'" in front of it set
 * aside: so that what was put in front can be told from what was there. */
static bool
is_formula(const char *text)
{
	text += strspn(text, "'");
	return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

void
csv_write(FILE *out, char separator, const char *value, bool text)
{
	const char special[] = { separator, '"', '\r', '\n', '\0' };
	bool formula = text && value && is_formula(value);

	if (!value)
		return;
	if (*value != '\0' && !formula &&
	    value[strcspn(value, special)] == '\0' && *value != ' ' &&
	    value[strlen(value) - 1] != ' ') {
		fputs(value, out);
		return;
	}
	putc('"', out);
	if (formula)
		putc('\'', out);
	for (; *value != '\0'; value++) {
		if (*value == '"')
			putc('"', out);
		putc(*value, out);
	}
	putc('"', out);
}

/* The code points of Windows-1252 from 0x80 to 0x9f; those that it leaves out
 * are the control characters that WHATWG's table has there. */
static const unsigned short windows[32] = { 0x20ac, 0x81, 0x201a, 0x192, 0x201e,
	0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d,
	0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
	0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178 };

static char *
from_windows(struct mem *mem, const char *bytes, size_t len, size_t *to_len)
{
	char *text = mem_array(mem, len + 1, 3);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned code = (unsigned char)bytes[i];

		if (code >= 0x80 && code < 0xa0)
			code = windows[code - 0x80];
		if (code < 0x80) {
			text[n++] = (char)code;
		} else if (code < 0x800) {
			text[n++] = (char)(0xc0 | code >> 6);
			text[n++] = (char)(0x80 | (code & 0x3f));
		} else {
			text[n++] = (char)(0xe0 | code >> 12);
			text[n++] = (char)(0x80 | (code >> 6 & 0x3f));
			text[n++] = (char)(0x80 | (code & 0x3f));
		}
	}
	*to_len = n;
	return text;
}

static bool
ends_line(char c)
{
	return c == '\n' || c == '\r';
}

/* The separator of which the first line has most outside of quotes. */
static char
guess_separator(const char *at, const char *end)
{
	static const char separators[] = ",;\t";
	size_t counts[sizeof separators - 1] = { 0 };
	bool quoted = false;
	size_t best = 0;

	for (; at < end && (quoted || !ends_line(*at)); at++) {
		const char *found =
		    *at != '\0' ? strchr(separators, *at) : NULL;

		if (*at == '"')
			quoted = !quoted;
		else if (found && !quoted)
			counts[found - separators]++;
	}
	for (size_t i = 1; i < sizeof separators - 1; i++)
		if (counts[i] > counts[best])
			best = i;
	return separators[best];
}

void
csv_open(struct mem *mem, const char *bytes, size_t len, struct csv *csv)
{
	static const char mark[] = "\xef\xbb\xbf";
	const size_t mark_len = sizeof mark - 1;

	*csv = (struct csv){ .line = 1 };
	if (len >= mark_len && memcmp(bytes, mark, mark_len) == 0) {
		bytes += mark_len;
		len -= mark_len;
	}
	if (len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 ||
			    memcmp(bytes, "\xfe\xff", 2) == 0))
		csv->encoding = CSV_OTHER;
	else if (!uri_utf8(bytes, len)) {
		csv->encoding = CSV_WINDOWS_1252;
		bytes = from_windows(mem, bytes, len, &len);
	}
	csv->at = bytes;
	csv->end = bytes + len;
	csv->separator = guess_separator(csv->at, csv->end);
}

/* Moves over one line end. */
static void
pass_line_end(struct csv *csv)
{
	if (csv->at < csv->end && *csv->at == '\r')
		csv->at++;
	if (csv->at < csv->end && *csv->at == '\n')
		csv->at++;
	csv->line++;
}

/* The inside of a quoted field, up to the closing quote and behind it. False:
 * there is none. Line ends within become LF. */
static bool
take_quoted(struct csv *csv, FILE *out)
{
	for (csv->at++; csv->at < csv->end;) {
		if (*csv->at == '"') {
			csv->at++;
			if (csv->at == csv->end || *csv->at != '"')
				return true;
		}
		if (ends_line(*csv->at)) {
			pass_line_end(csv);
			putc('\n', out);
		} else {
			putc(*csv->at++, out);
		}
	}
	return false;
}

static bool
take_field(struct csv *csv, struct mem *mem, struct csv_field *field)
{
	struct text *text = mem_text_open(mem);
	const char *value;

	field->quoted = csv->at < csv->end && *csv->at == '"';
	if (field->quoted && !take_quoted(csv, text->out))
		return false;
	/* what follows a closing quote is kept, as spreadsheets do */
	while (csv->at < csv->end && *csv->at != csv->separator &&
	       !ends_line(*csv->at))
		putc(*csv->at++, text->out);
	value = mem_text(text);
	field->text = *value == '\'' && is_formula(value) ? value + 1 : value;
	return true;
}

static enum csv_result
take_record(struct csv *csv, struct mem *mem, struct csv_record *record)
{
	size_t room = 16;
	struct csv_field *fields = mem_array(mem, room, sizeof *fields);

	for (;;) {
		if (record->n == room) {
			struct csv_field *more =
			    mem_array(mem, room * 2, sizeof *more);

			memcpy(more, fields, room * sizeof *more);
			fields = more;
			room *= 2;
		}
		if (!take_field(csv, mem, &fields[record->n++]))
			return CSV_OPEN;
		if (csv->at == csv->end || *csv->at != csv->separator)
			break;
		csv->at++;
	}
	if (csv->at < csv->end)
		pass_line_end(csv);
	record->fields = fields;
	return CSV_RECORD;
}

enum csv_result
csv_next(struct csv *csv, struct mem *mem, struct csv_record *record)
{
	const char *start;
	enum csv_result result;

	while (csv->at < csv->end && ends_line(*csv->at))
		pass_line_end(csv);
	*record = (struct csv_record){ .line = csv->line };
	if (csv->encoding == CSV_OTHER)
		return CSV_UTF16;
	if (csv->at == csv->end)
		return CSV_END;
	start = csv->at;
	result = take_record(csv, mem, record);
	if (memchr(start, '\0', (size_t)(csv->at - start)))
		return CSV_NUL;
	if (result == CSV_RECORD &&
	    strcmp(record->fields[0].text, csv_incomplete) == 0)
		return CSV_INCOMPLETE;
	return result;
}
