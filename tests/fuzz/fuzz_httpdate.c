#include "fuzz.h"

#include "format/httpdate.h"

static const time_t now = 1795219200;

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	const char *text = mem_copy(mem, (const char *)data, size);
	char again[HTTPDATE_SIZE];
	time_t time, time_again;

	/* The last second of the year 9999 may be a leap second, which falls
	 * into the year 10000: that one has no IMF-fixdate. */
	if (httpdate_read(text, now, &time) && time <= 253402300799) {
		httpdate_write(time, again);
		HOLDS(httpdate_read(again, now, &time_again));
		HOLDS(time == time_again);
		/* What looks like an IMF-fixdate is one, but for the day of the
		 * week and a leap second. */
		if (strlen(text) == strlen(again) &&
		    strstr(text, ":60 GMT") == NULL)
			HOLDS(strcmp(text + 3, again + 3) == 0);
	}
	mem_free(mem);
	return 0;
}
