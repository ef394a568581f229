#!/bin/sh
# clang-tidy over every C file: tidy.sh OUT. What was clean with the same text of
# every header and of .clang-tidy is not read again.
set -u

out=$1/tidy
mkdir -p "$out"
# shellcheck disable=SC2046 # lists of words
flags="-std=c11 -D_GNU_SOURCE -Ilib -I$1/gcc/gen $(pkg-config --cflags libpq \
	inih libsodium)"
headers=$(cat .clang-tidy lib/*/*.h lib/*/*.def | cksum)
export out flags headers

# shellcheck disable=SC2016 # for the inner shell
find lib cgi-bin -name '*.c' | sort | xargs -P 2 -n 1 sh -c '
	mark=$out/$(echo "$1" | tr / -)
	sum="$headers $(cksum <"$1")"
	[ "$(cat "$mark.clean" 2>/dev/null)" != "$sum" ] || exit 0
	if clang-tidy --quiet "$1" -- $flags >"$mark.log" 2>/dev/null; then
		echo "$sum" >"$mark.clean"
	else
		grep -E "(error|warning): " "$mark.log"
		echo "how it comes to that: $mark.log"
		exit 1
	fi' sh
