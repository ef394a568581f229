#!/bin/sh
# Every check of "make lint", each with its own line; fails if one fails.
set -u

BUILD=${BUILD:-build}
MAKE=${MAKE:-make}
here=tests/lint
out=$BUILD/lint
mkdir -p "$out"
failed=0

# check NAME COMMAND...: silent where it holds.
check() {
	name=$1
	shift
	if "$@" >"$out/log" 2>&1; then
		echo "lint: $name: well"
	else
		failed=$((failed + 1))
		echo "lint: $name: FAILED"
		cat "$out/log"
	fi
}

format() {
	find lib cgi-bin tests -name '*.[ch]' -exec \
		clang-format --dry-run -Werror {} +
}

shell() {
	find lib cgi-bin tests .ci \( -name '*.sh' -o -name '*.cgi' \) \
		-exec shellcheck {} + &&
		{ [ ! -e .ci/run ] || shellcheck .ci/run; }
}

python() {
	find tests -name '*.py' -exec /usr/bin/python3 -c '
import ast, sys
for path in sys.argv[1:]:
	with open(path) as f:
		ast.parse(f.read(), path)' {} +
}

# gcc sees more while it optimises; clang has warnings of its own.
werror_gcc() {
	$MAKE -s BUILD="$out/gcc" CC=gcc WERROR=-Werror all units
}
werror_clang() {
	$MAKE -s BUILD="$out/clang" CC=clang WERROR=-Werror all
}

check includes "$here/includes.sh"
check texts "$here/texts.sh"
check sizes "$here/sizes.sh"
check places "$here/places.sh"
check clang-format format
check shellcheck shell
check python python
check "gcc -Werror" werror_gcc
check "clang -Werror" werror_clang
check clang-tidy "$here/tidy.sh" "$out"
check cppcheck "$here/cppcheck.sh" "$out"

echo "lint: $failed failed"
[ "$failed" = 0 ]
