/*
 * clock: the time that passes, for waits, deadlines and durations.
 *
 * It runs evenly and nobody sets it; what it counts from means nothing. The
 * time of day is for those who show it or seal it: time(), clock_gettime().
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds of CLOCK_MONOTONIC. More than an int holds: take differences
 * before narrowing. */
int64_t clock_milliseconds(void);

#endif
