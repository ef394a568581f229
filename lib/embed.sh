#!/bin/sh
# Writes texts as C strings: embed.sh PREFIX OUT FILE... makes OUT.c and OUT.h
# with "const char PREFIX_NAME[]" for each file. An .sql file's NAME has no
# extension; any other's has: style.css becomes PREFIX_style_css. A stylesheet
# is sent to everybody: it loses its indents and comments, each of whole lines.
set -eu

bare() {
	case $1 in
	*.css) sed 's/^	*//; /^$/d; /^\/\*.*\*\/$/d; /^\/\*/,/\*\/$/d' "$1" ;;
	*) cat "$1" ;;
	esac
}

prefix=$1 out=$2
shift 2
mkdir -p "$(dirname "$out")"
guard=$(printf %s "${out##*/gen/}_H" | tr a-z/ A-Z_)

{
	printf '#ifndef %s\n#define %s\n\n' "$guard" "$guard"
	for file; do
		name=$(basename "$file" .sql | tr -c 'A-Za-z0-9\n' _)
		printf 'extern const char %s_%s[];\n' "$prefix" "$name"
	done
	printf '\n#endif\n'
} >"$out.h"

{
	printf '#include "%s.h"\n' "$(basename "$out")"
	for file; do
		name=$(basename "$file" .sql | tr -c 'A-Za-z0-9\n' _)
		printf '\nconst char %s_%s[] = ""\n' "$prefix" "$name"
		bare "$file" |
			sed 's/[\\"?]/\\&/g; s/	/\\t/g; s/.*/"&\\n"/'
		printf ';\n'
	done
} >"$out.c"
