#!/bin/sh
# Runs the unit programs given and says how many failed: units.sh PROGRAM...
set -u

failed=0
for unit; do
	if "$unit" >"$unit.log" 2>&1; then
		sed -n 's/^\[  PASSED  \] \(.*\)\.$/'"$(basename "$unit"): \\1/p" \
			"$unit.log"
	else
		failed=$((failed + 1))
		echo "$(basename "$unit"): FAILED"
		cat "$unit.log"
	fi
done
echo "unit programs: $(($# - failed)) passed, $failed failed"
[ "$failed" = 0 ]
