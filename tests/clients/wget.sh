#!/bin/sh
set -u
url=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Asks, keeps the header fields, prints the status.
ask() {
	wget -q -S -O "$folder/body" "$@" "$url" 2>"$folder/head"
	awk '$1 ~ /^HTTP/ { printf "%s ", $2 }' "$folder/head"
}
save() {
	ask --method=PATCH --body-data="$1" --header="If-Match: $tag" \
		--header='Content-Type: application/merge-patch+json'
}
ask
tag=$(sed -n 's/^ *ETag: //p' "$folder/head")
ask --header="If-None-Match: $tag"
save '{"body":"wget"}'
save '{"body":"lost"}'
