/*
 * asset: a file that the program carries and serves as it is. Plain data.
 */
#ifndef VIEW_ASSET_H
#define VIEW_ASSET_H

#include <stddef.h>

struct asset {
	const char *text;
	size_t len;
	const char *packed; /* the same, compressed as gzip does */
	size_t n_packed;
};

#endif
