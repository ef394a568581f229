#include "fuzz.h"

#include "format/filter.h"

static void
check(const struct filter *filter, int depth)
{
	HOLDS(depth <= 17);
	if (filter->kind == FILTER_TEST) {
		HOLDS(filter->column && *filter->column != '\0');
		HOLDS(filter->op == FILTER_IN || filter->n_values == 1);
		for (size_t i = 0; i < filter->n_values; i++)
			HOLDS(filter->values[i] != NULL);
		return;
	}
	HOLDS(filter->n_parts > 0 && filter->n_values == 0);
	for (size_t i = 0; i < filter->n_parts; i++)
		check(&filter->parts[i], depth + 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	const char *text = mem_copy(mem, (const char *)data, size);
	struct filter filter;
	struct filter_order *order;
	struct filter_pick *picks;
	size_t n;

	if (filter_read(mem, "a", text, &filter))
		check(&filter, 1);
	if (filter_read_logic(mem, "not.or", text, &filter)) {
		HOLDS(filter.negated && filter.kind == FILTER_OR);
		check(&filter, 1);
	}
	if (filter_read_order(mem, text, &order, &n)) {
		HOLDS(n > 0 && n <= 16);
		for (size_t i = 0; i < n; i++)
			HOLDS(*order[i].column != '\0');
	}
	if (filter_read_select(mem, text, &picks, &n)) {
		HOLDS(n > 0);
		for (size_t i = 0; i < n; i++)
			HOLDS(*picks[i].column != '\0');
	}
	mem_free(mem);
	return 0;
}
