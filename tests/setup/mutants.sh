#!/bin/sh
# Builds the program with each patch in tests/mutants and demands that the test
# named in the patch fails with it and passes without. A patch begins with one
# or more lines "# kills: tests/FILE.py::test_name".
set -u

build=${BUILD:-build}
make=${MAKE:-make}
case $build in
/*) root= ;;
*) root=$PWD/ ;;
esac
passed=0 failed=0

# run_test PROGRAM TEST
run_test() {
	IFMATCH_BIN=$1 PYTHONDONTWRITEBYTECODE=1 \
		/usr/bin/python3 -m pytest -x "$2"
}

# One mutant; says on stdout what is wrong, if anything is.
judge() {
	patch=$1 folder=$2
	rm -rf "$folder"
	mkdir -p "$folder"
	# what was built is newer than its sources still, so that only what the
	# patch touches is built again
	cp -Rp lib cgi-bin sql Makefile "$folder/"
	mkdir "$folder/build"
	cp -Rp "$root$build/lib" "$root$build/gen" "$root$build/cgi-bin" \
		"$folder/build/"
	find "$folder/build" -name '*.d' -exec \
		sed -i "s,$build/\\(lib\\|gen\\|cgi-bin\\)/,build/\\1/,g" {} +
	patch -d "$folder" -p1 -F0 --no-backup-if-mismatch <"$patch" \
		>"$folder/patch.log" 2>&1 || {
		cat "$folder/patch.log"
		echo "the patch does not apply"
		return
	}
	$make -s -C "$folder" BUILD=build >"$folder/make.log" 2>&1 || {
		cat "$folder/make.log"
		echo "it does not build"
		return
	}
	tests=$(sed -n 's/^# kills: *//p' "$patch")
	[ -n "$tests" ] || echo "it has no line '# kills:'"
	for test in $tests; do
		run_test "$folder/build/ifmatch" "$test" >"$folder/test.log" 2>&1
		# 1: a test failed. Anything else is a broken run.
		[ $? = 1 ] || {
			tail -n 20 "$folder/test.log"
			echo "$test does not fail"
		}
		grep -q '^FAILED' "$folder/test.log" ||
			echo "$test did not fail by an assertion of its own"
		run_test "$root$build/ifmatch" "$test" \
			>"$folder/sound.log" 2>&1 || {
			tail -n 20 "$folder/sound.log"
			echo "$test fails without the patch too"
		}
	done
}

for patch in tests/mutants/*.patch; do
	[ -e "$patch" ] || continue
	name=$(basename "$patch" .patch)
	wrong=$(judge "$patch" "$root$build/mutants/$name")
	if [ -z "$wrong" ]; then
		passed=$((passed + 1))
		echo "mutant $name: killed"
	else
		failed=$((failed + 1))
		printf 'mutant %s: FAILED\n%s\n' "$name" "$wrong"
	fi
done
[ $((passed + failed)) != 0 ] || echo "there is no patch in tests/mutants"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
