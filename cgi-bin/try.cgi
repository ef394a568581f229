#!/bin/sh
# Says whether this folder can run programs, before there is one: upload it
# (rights 755), open it in a browser, then delete it.
echo 'Content-Type: text/plain; charset=utf-8'
echo 'Cache-Control: no-store'
echo
echo 'ifmatch try: programs run here.'
echo "As user: $(id -un), group $(id -gn)"
if [ -O "$0" ]; then
	echo 'Good: this file is of that user.'
else
	echo 'Note: this file is of another user, who cannot hide a configuration from other customers.'
fi
# shellcheck disable=SC2012 # the names are ours
rights() { ls -ld "$1" | cut -c1-10; }
echo "Rights: of this file $(rights "$0"), of its folder $(rights .)"
case $(rights .) in
?????w* | ????????w*) echo 'Wrong: others may write to this folder. Set its rights to 755.' ;;
*) echo 'Good: nobody else writes to this folder.' ;;
esac
