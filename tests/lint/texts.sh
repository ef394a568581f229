#!/bin/sh
# What no source line may hold. Comments and strings count for the words, not
# for the functions.
set -u

bad=0

# forbid WHY FILES PATTERN: prints each line that matches the pattern.
forbid() {
	# shellcheck disable=SC2086 # a list of names
	if [ -n "$2" ] && grep -nIE -- "$3" $2 /dev/null; then
		echo "^ $1"
		bad=1
	fi
}

# The C files without comments and without the inside of strings, line for line.
bare=$(mktemp -d)
trap 'rm -rf "$bare"' EXIT
find lib cgi-bin -name '*.[ch]' | while read -r file; do
	mkdir -p "$bare/$(dirname "$file")"
	awk '
	{
		out = ""
		for (i = 1; i <= length($0); i++) {
			c = substr($0, i, 1)
			two = substr($0, i, 2)
			if (comment) {
				if (two == "*/") { comment = 0; i++ }
			} else if (quote != "") {
				if (c == "\\") i++
				else if (c == quote) { quote = ""; out = out c }
			} else if (two == "/*") { comment = 1; i++ }
			else if (two == "//") break
			else {
				if (c == "\"" || c == "\047") quote = c
				out = out c
			}
		}
		print out
	}' "$file" >"$bare/$file"
done

top=$PWD
sources=$(find lib cgi-bin -name '*.[ch]' | sort)
others=$(find sql tests -type f ! -path '*/lint/texts.sh' \
	! -name '*.pyc' | sort)
forbid "leave nothing undone" "$sources $others Makefile" \
	'\b(TODO|FIXME|XXX)\b'
forbid "in view, data goes through an escaping function, not %s" \
	"$(find lib/view -name '*.c')" 'fprintf\(.*%[-0-9.*]*s'

cd "$bare" || exit 1
forbid "memory comes from base/mem" \
	"$(find lib cgi-bin -name '*.[ch]' ! -path lib/base/mem.c)" \
	'\b(malloc|calloc|realloc|free|strdup|strndup|asprintf|vasprintf)\('
forbid "bounded functions only" "$sources" \
	'\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|strncpy|strncat|alloca)\('
forbid "no typedef of structs" "$sources" \
	'typedef[[:space:]]+(struct|enum|union)\b[^(]*$'
forbid "no Linux-only or locale-dependent number reading" "$sources" \
	'\b(atoi|atol|atof)\('
cd "$top" || exit 1

# A switch over an enum names every value, so that a new one warns. The cases of
# such a switch are names in capitals.
# shellcheck disable=SC2086 # a list of names
awk '
/^[[:space:]]*switch \(/ { named = 0 }
/^[[:space:]]*case [A-Z][A-Z0-9_]+:/ { named = 1 }
/^[[:space:]]*default:/ && named {
	printf "%s:%d: default in a switch over an enum\n", FILENAME, FNR
	bad = 1
}
END { exit bad }' $sources || bad=1

exit $bad
