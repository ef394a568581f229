#!/bin/sh
# curl keeps tags by itself: --etag-save, --etag-compare.
set -eu
url=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ask() {
	curl -s -o "$folder/body" -w '%{http_code} ' "$@" "$url"
}
save() {
	ask -X PATCH -H "If-Match: $(cat "$folder/tag")" \
		-H 'Content-Type: application/merge-patch+json' -d "$1"
}
ask --etag-save "$folder/tag"
ask --etag-compare "$folder/tag"
save '{"body":"curl"}'
save '{"body":"lost"}'
# in chunks, and asking for leave first
printf '{"body":"lost"}' | ask -T - -H 'Expect: 100-continue' \
	-H 'If-Match: "x1-j"' -H 'Content-Type: application/json'
ask --compressed
