"""check --url says of each server what it does: of the samples nothing is
wrong, of a changed one what is, with the line to write."""
import os
import re
import shutil
import subprocess

import pytest

import fronts
from harness.process import BINARY, read_text

REPEAT = "What no check from outside can see"
TWIN = "If_Match, with an underscore, is taken for If-Match"
SLASH = "An encoded slash in an address does not arrive. The answer: 404."
LIMITS = {"nginx": [REPEAT], "wrap": [REPEAT], "lt-fcgi": [TWIN],
          "lt-cgi": [TWIN], "caddy": [TWIN], "h2o": [TWIN],
          "ht-fcgid": [SLASH], "ht-cgi": [SLASH]}


def check(front, url=None, ini=None):
    """(exit status, the lines about the server as (level, text, advice))."""
    url = url or front.url
    done = subprocess.run(
        [BINARY, "check", "--url", url], timeout=120, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={"PATH": os.environ["PATH"],
             "IFMATCH_CONFIG": ini or front.ini})
    assert not done.stderr, done.stderr
    head, mark, shown = done.stdout.partition("\n%s\n" % url.rstrip("/"))
    assert mark and "\n  wrong: " not in head, done.stdout
    found = re.findall(r"(?m)^  (ok|note|wrong): (.*)\n((?:      .*\n)*)",
                       shown)
    assert "".join("  %s: %s\n%s" % f for f in found) == shown
    return done.returncode, found


def said(found, level):
    return [text for l, text, _ in found if l == level]


def assert_only(found, level, texts):
    """Exactly these have been said at this level, by their beginnings."""
    lines = said(found, level)
    assert len(lines) == len(texts), lines
    for line, text in zip(lines, texts):
        assert line.startswith(text), (line, text)


@pytest.mark.parametrize("mode", fronts.MODES)
def test_the_sample_is_well(mode, notes):
    front = fronts.Front(mode, conninfo=notes.conninfo)
    try:
        status, found = check(front, front.url + "/")
    finally:
        front.stop()
        front.remove()
    assert_only(found, "wrong", [])
    assert_only(found, "note", LIMITS.get(mode, []))
    assert status == 0
    kind = "CGI" if mode in ("cgid", "wrap", "lt-cgi", "ht-cgi") else (
        "FastCGI")
    assert said(found, "ok")[0].endswith(", as %s." % kind)
    limit = 131072 if mode == "ht-fcgid" else 524288
    assert "Bodies of up to %d bytes arrive: that is body_limit." % limit in (
        said(found, "ok"))


@pytest.fixture
def changed(notes):
    made = []

    def make(mode, *changes, more=""):
        """A server whose sample says new where it said old, for (old, new)."""
        made.append(fronts.Front(mode, conninfo=notes.conninfo,
                                 changes=changes, more=more))
        return made[-1]
    yield make
    for front in made:
        front.stop()
        front.remove()


PLAIN = "\tSetEnv no-gzip 1\n\tSetEnv no-brotli 1\n"
USER = '\tfastcgi_param REMOTE_USER "";\n'
LOST = "The field Authorization does not arrive"
WEAK = 'Compression weakens the tags: "v1-probe" comes back as W/"v1-probe"'
GREATEST = "Of bodies, 100000 bytes arrive, 200000 do not. The answer: "
PAGE = "The server shows a page of its own instead of the program's answer "
ANSWERED = "A request with %s is answered on the way, not by the program. "
# mode, what is changed, what is wrong, a line of the advice
WRONG = {
    "authorization": ("cgid", [("\tCGIPassAuth On\n", "")], [LOST],
                      "CGIPassAuth On"),
    "user": ("nginx", [(USER, "")], ["Anybody can claim any name"],
             'fastcgi_param REMOTE_USER "";'),
    "user-wrap": ("wrap", [(USER, "")], ["Anybody can claim any name"],
                  'fastcgi_param REMOTE_USER "";'),
    "weak": ("nginx", [("gzip off;", "")], [WEAK], "gzip off;"),
    "deflate": ("lt-fcgi", [("deflate.mimetypes = ()", "")],
                [ANSWERED % "If-None-Match" + "The answer: 304"],
                "deflate.mimetypes = ()"),
    "body-nginx": ("nginx", [("gzip off;", "gzip off; "
                              "client_max_body_size 100k;")],
                   [GREATEST + "413"], "client_max_body_size 524288;"),
    "body-fcgid": ("fcgid", [("FcgidMaxRequestLen 1048576\n", "")],
                   [GREATEST + "500"], "FcgidMaxRequestLen 524288"),
    "pages": ("nginx", [("gzip off;", "gzip off; error_page 404 412 500 "
                         "/page.html; fastcgi_intercept_errors on;")],
              [PAGE + "with the status %d" % s for s in (404, 412, 500)],
              "fastcgi_intercept_errors off;"),
    "pages-apache": ("proxy", [("CGIPassAuth On", "CGIPassAuth On\n"
                                "ProxyErrorOverride On")],
                     [PAGE + "with the status %d" % s
                      for s in (404, 412, 500)], "ProxyErrorOverride Off"),
    "methods": ("nginx", [("gzip off;", "gzip off; limit_except GET POST "
                           "OPTIONS { deny all; }")],
                ["PUT does not arrive. The answer: 403", "PATCH", "DELETE",
                 "An answer with the status 412 comes back as 403",
                 "Of bodies, 0 bytes arrive, 100000 do not"],
                "# no limit_except in this location"),
    "field": ("proxy", [("AllowEncodedSlashes NoDecode",
                         fronts.load("headers") + "AllowEncodedSlashes "
                         "NoDecode\nRequestHeader unset If-Match early")],
              ["The field If-Match does not arrive as it was sent."] * 4,
              "# no RequestHeader for this field"),
    "host": ("nginx", [(USER, USER + "\tfastcgi_param HTTP_HOST "
                        "inside.example;\n")],
             ["The program learns the name inside.example"],
             "fastcgi_param HTTP_HOST $http_host;"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said(changed, case):
    mode, changes, texts, line = WRONG[case]
    front = changed(mode, *changes)
    status, found = check(front)
    assert_only(found, "wrong", texts)
    assert status == 1
    assert line in [s.strip() for level, _, advice in found
                    for s in advice.splitlines() if level == "wrong"]


CACHE = """gzip off;
	fastcgi_cache kept;
	fastcgi_cache_key $request_uri;
	fastcgi_cache_valid any 1m;
	fastcgi_ignore_headers Cache-Control Expires Vary;
"""


def test_a_cache_is_seen(changed):
    front = changed("nginx", ("gzip off;", CACHE),
                    more="fastcgi_cache_path FOLDER/tmp/kept "
                    "keys_zone=kept:1m;")
    status, found = check(front)
    wrong = said(found, "wrong")
    assert ANSWERED % "If-None-Match" + "The answer: 304" in wrong
    assert ANSWERED % "If-Match" + "The answer: 412" in wrong
    assert any(t.startswith("Two requests got one and the same answer")
               for t in wrong)
    assert "fastcgi_cache off;" in {a.strip() for _, _, a in found}
    assert status == 1


SUFFIX = 'Compression changes the tags: "v1-probe" comes back as "v1-probe-'
SHARED = "Replies are compressed and their tags stay the same"
# what a site can live with
NOTES = {
    "suffix": ("proxy", [(PLAIN, "")], SUFFIX, "SetEnv no-gzip 1"),
    "shared": ("h2o", [("compress: OFF", "compress: ON")], SHARED,
               "compress: OFF"),
    "slash": ("proxy", [("AllowEncodedSlashes NoDecode", "")], SLASH,
              "AllowEncodedSlashes NoDecode"),
}


@pytest.mark.parametrize("case", NOTES)
def test_what_can_be_lived_with_is_said(changed, case):
    mode, changes, text, line = NOTES[case]
    _, found = check(changed(mode, *changes))
    advice, = [a for level, t, a in found
               if level == "note" and t.startswith(text)]
    assert line in [s.strip() for s in advice.splitlines()]


def test_an_unchecked_name_is_told_where_nobody_believes_it(changed):
    front = changed("nginx", (USER, ""))
    text = read_text(front.ini)
    assert "remote_user = on\n" in text
    front.write("doubting.ini", text.replace("remote_user = on\n", ""), 0o600)
    status, found = check(front, ini=front.path("doubting.ini"))
    assert_only(found, "wrong", [])
    assert any("Never set remote_user = on" in t for t in said(found, "note"))
    assert status == 0


def test_a_file_that_anybody_can_fetch(changed):
    front = changed("nginx")
    shutil.copy(front.ini, front.path("www/records.ini"))
    os.chmod(front.path("www/records.ini"), 0o644)
    front.write("www/ifmatch.sql", "-- ifmatch's part in the database\n")
    status, found = check(front)
    assert_only(found, "wrong", ["Anybody can fetch /records.ini, and the "
                                 "password in it.",
                                 "Anybody can fetch /ifmatch.sql, which came "
                                 "with the program."])
    advice = [a for level, _, a in found if level == "wrong"][0]
    assert advice.strip() == "location = /records.ini { deny all; }"
    assert status == 1


def test_a_page_of_the_sites_is_no_file_of_ours(changed):
    """A site that shows its start page for every address."""
    front = changed("nginx")
    shutil.copy(front.path("www/page.html"), front.path("www/records.ini"))
    assert check(front)[0] == 0


def test_what_is_not_the_program(changed):
    front = changed("nginx")
    status, found = check(front, front.origin + "/nothing")
    assert_only(found, "wrong", ["The program is not reached at this address. "
                                 "The answer: 404"])
    assert status == 1
    text = read_text(front.ini)
    front.write("other.ini", re.sub(r"(?m)^secret = .*$", "secret = "
                                    + "another secret than that", text), 0o600)
    status, found = check(front, ini=front.path("other.ini"))
    assert_only(found, "wrong", ["What answers at this address has another "
                                 "configuration"])
    assert status == 1
    front.stop()
    status, found = check(front)
    assert_only(found, "wrong", ["The program is not reached at this address. "
                                 "The answer: curl: (7) "])
    assert [level for level, _, _ in found] == ["wrong"]
    assert status == 1


# Where the advice about a file is put: before this line of the sample, or
# behind it.
FILE = {
    "proxy": "AllowEncodedSlashes NoDecode\n",
    "nginx": "location ~ ^/records(/|$) {\n",
    "lt-fcgi": 'server.modules += ( "mod_fastcgi" )\n',
    "caddy": "@records path /records /records/*\n", "h2o": '"/records":\n'}


@pytest.mark.parametrize("mode", FILE)
def test_the_advice_about_a_file_helps(changed, mode):
    def serve(*changes):
        front = changed(mode, *changes)
        shutil.copy(front.path("srv/records.ini"),
                    front.path("www/records.ini"))
        os.chmod(front.path("www/records.ini"), 0o644)
        return check(front)
    _, found = serve()
    advice, = [a for level, _, a in found if level == "wrong"]
    advice = advice.replace("\n      ", "\n").lstrip(" ")
    line = FILE[mode]
    if mode == "lt-fcgi":
        more = line + 'server.modules += ( "mod_access" )\n' + advice
    elif mode == "proxy":
        more = line + advice
    else:
        more = advice + line
    status, found = serve((line, more))
    assert (status, said(found, "wrong")) == (0, [])
