#!/bin/sh
# No C file over 500 lines, half of them under 250. Functions are clang-tidy's.
set -u

find lib cgi-bin -name '*.c' -exec wc -l {} + | awk '$2 != "total"' | sort -n |
awk '
{ lines[NR] = $1 }
$1 > 500 { printf "%s: %d lines\n", $2, $1; bad = 1 }
END {
	median = lines[int((NR + 1) / 2)]
	if (median > 250) {
		printf "the median is %d lines\n", median
		bad = 1
	}
	exit bad
}'
