#!/bin/sh
# Writes texts as C: embed.sh PREFIX OUT FILE... makes OUT.c and OUT.h. For the
# prefix asset each file is a struct asset (view/asset.h) called asset_NAME,
# NAME with its extension: asset_style_css; for any other prefix it is a string
# PREFIX_NAME, NAME without it.
set -eu

prefix=$1 out=$2
shift 2
mkdir -p "$(dirname "$out")"
guard=$(printf %s "${out##*/gen/}_H" | tr a-z/ A-Z_)

name_of() {
	basename "$1" .sql | tr -c 'A-Za-z0-9\n' _
}

# Styles and scripts are sent to everybody: they lose indents and comments, each
# of whole lines. So no string in them spans lines.
bare() {
	case $1 in
	*.css | *.js) sed 's/^	*//; /^$/d; /^\/\//d; /^\/\*.*\*\/$/d
		/^\/\*/,/\*\/$/d' "$1" ;;
	*) cat "$1" ;;
	esac
}

# string NAME FILE: a text's definition
string() {
	printf 'const char %s[] = ""\n' "$1"
	bare "$2" | sed 's/[\\"?]/\\&/g; s/	/\\t/g; s/.*/"&\\n"/'
	printf ';\n'
}

asset() {
	printf '\nstatic '
	string "text_$1" "$2"
	printf '\nstatic const unsigned char packed_%s[] = {' "$1"
	bare "$2" | gzip -9n | od -An -v -tu1 | sed 's/[0-9][0-9]*/&,/g'
	printf '};\n\nconst struct asset asset_%s = {\n' "$1"
	printf '\t.text = text_%s,\n\t.len = sizeof text_%s - 1,\n' "$1" "$1"
	printf '\t.packed = (const char *)packed_%s,\n' "$1"
	printf '\t.n_packed = sizeof packed_%s,\n};\n' "$1"
}

{
	printf '#ifndef %s\n#define %s\n\n' "$guard" "$guard"
	[ "$prefix" != asset ] || printf '#include "view/asset.h"\n\n'
	for file; do
		case $prefix in
		asset) printf 'extern const struct asset asset_%s;\n' \
			"$(name_of "$file")" ;;
		*) printf 'extern const char %s_%s[];\n' "$prefix" \
			"$(name_of "$file")" ;;
		esac
	done
	printf '\n#endif\n'
} >"$out.h"

{
	printf '#include "%s.h"\n' "$(basename "$out")"
	for file; do
		case $prefix in
		asset) asset "$(name_of "$file")" "$file" ;;
		*)
			echo
			string "${prefix}_$(name_of "$file")" "$file"
			;;
		esac
	done
} >"$out.c"
