#!/bin/sh
# Runs each fuzz target for some seconds: fuzz.sh BUILD SECONDS PROGRAM...
# A target fuzz_NAME begins with the inputs in tests/fuzz/seeds/NAME, where there are
# some. What crashes is kept in BUILD/crashes.
set -u

build=$1 seconds=$2
shift 2
mkdir -p "$build/crashes"
failed=0
for target; do
	name=$(basename "$target" | sed 's/^fuzz_//')
	mkdir -p "$build/corpus/$name"
	set -- "$build/corpus/$name"
	[ -d "tests/fuzz/seeds/$name" ] && set -- "$@" "tests/fuzz/seeds/$name"
	echo "fuzz $name: $seconds s"
	"$target" -max_total_time="$seconds" -timeout=10 -max_len=65536 \
		-artifact_prefix="$build/crashes/$name-" -verbosity=0 \
		-print_final_stats=1 "$@" >"$build/crashes/$name.log" 2>&1 || {
		failed=$((failed + 1))
		tail -n 40 "$build/crashes/$name.log"
		continue
	}
	sed -n 's/^stat::number_of_executed_units: */	inputs tried: /p' \
		"$build/crashes/$name.log"
done
echo "$failed failed"
[ "$failed" = 0 ]
