#include "view/label.h"

static char *
key_text(struct mem *mem, const struct row *row, size_t n)
{
	struct text *text = mem_text_open(mem);

	for (size_t i = 0; row->key && i < n; i++) {
		fputs(i > 0 ? ", " : "", text->out);
		fputs(row->key[i], text->out);
	}
	return mem_text(text);
}

char *
label_of(struct mem *mem, const struct scope *scope, const struct row *row)
{
	const struct label_rule rule = table_label(mem, scope);
	struct text *text = mem_text_open(mem);

	for (size_t i = 0; i < rule.n; i++) {
		const struct label_part *part = &rule.parts[i];
		const char *piece =
		    part->text ? part->text : row->values[part->column];

		if (piece)
			fputs(piece, text->out);
		if (!rule.joined && mem_text_size(text) > 0)
			break;
	}
	if (mem_text_size(text) == 0)
		return key_text(mem, row, scope->table->n_key);
	return mem_text(text);
}
