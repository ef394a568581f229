/*
 * httpdate: HTTP-date (RFC 9110 5.6.7).
 */
#ifndef FORMAT_HTTPDATE_H
#define FORMAT_HTTPDATE_H

#include <stdbool.h>
#include <time.h>

enum {
	HTTPDATE_SIZE = 30
};

/* Reads the three forms: IMF-fixdate, RFC 850 (a two-digit year over 50 years
 * ahead of now is in the past), asctime. Names are case-sensitive, the second
 * may be 60, the day of the week must be one but is not checked against the
 * date. False: none of them, or no day of the calendar. */
bool httpdate_read(const char *, time_t now, time_t *);

/* Writes an IMF-fixdate. The year must be 0 to 9999. */
void httpdate_write(time_t, char text[HTTPDATE_SIZE]);

#endif
