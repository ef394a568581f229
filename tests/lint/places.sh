#!/bin/sh
# What lies where: the top level, headers, statements, names.
set -u

top_level() {
	# Files that are ignored are nobody's concern.
	git ls-files --cached --others --exclude-standard 2>/dev/null |
	cut -d/ -f1 | sort -u | while read -r name; do
		case $name in
		cgi-bin | lib | sql | tests | Makefile | README.md | LICENSE) ;;
		.*) ;;
		*) echo "$name: does not belong at the top" ;;
		esac
	done
}

headers() {
	find lib -name '*.h' | while read -r file; do
		guard=$(echo "${file#lib/}" | tr 'a-z/.' 'A-Z__')
		head -n 1 "$file" | grep -q '^/\*' ||
			echo "$file: does not begin with what it is for"
		for line in ifndef define; do
			grep -qx "#$line $guard" "$file" ||
				echo "$file: has no guard $guard"
		done
		[ -e "${file%.h}.c" ] || grep -qi 'plain data' "$file" ||
			echo "$file: has no .c and is not said to be plain data"
	done
	find lib -name '*.c' | while read -r file; do
		[ -e "${file%.c}.h" ] || echo "$file: has no header"
	done
}

drawers() {
	find lib -iname '*util*' -o -iname '*misc*' -o -iname '*common*' \
		-o -iname '*helper*' | sed 's/$/: a drawer/'
}

statements() {
	for file in sql/stmt/*.sql; do
		[ -e "$file" ] || continue
		name=$(basename "$file" .sql | tr -c 'A-Za-z0-9\n' _)
		grep -qrw "statement_$name" lib --include='*.c' ||
			echo "$file: is not used"
	done
}

found=$(top_level; headers; drawers; statements)
[ -z "$found" ] || {
	echo "$found"
	exit 1
}
