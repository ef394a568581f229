"""The resource that says what reached the program, the page for those who
administrate, and the command that does the same from a terminal."""
import base64
import hashlib
import hmac
import html
import json
import os
import re
import subprocess
import time

import pytest

from harness.browser import Page
from harness.process import BINARY, wait_until
from pages import secure

SECRET = "0123456789abcdef0123456789abcdef"
INI = """secret = %s
anonymous = read
authenticated = write
remote_user = on
admin = anna, Bernd B
[table *]
""".replace("[table *]", "[table public.*]") % SECRET
TABLES = """CREATE TABLE member (id int PRIMARY KEY, name text);
SELECT ifmatch.protect('member');
CREATE TABLE boat (id int PRIMARY KEY);
CREATE TABLE paid (id int PRIMARY KEY);
CREATE TABLE counted (id int PRIMARY KEY, version int);
"""
ANNA = {"REMOTE_USER": "anna"}
PAGE = {"Accept": "text/html"}


def seal(subject, expires, secret=SECRET):
    mac = hmac.new(secret.encode(), ("%d\n%s" % (expires, subject)).encode(),
                   hashlib.sha512).digest()[:32]
    return "%d.%s" % (expires, base64.urlsafe_b64encode(mac).decode()
                      .rstrip("="))


def token():
    return seal("probe", int(time.time()) + 60)


@pytest.fixture(scope="module")
def tables(module_database):
    return module_database(TABLES)


# The probe

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@pytest.mark.parametrize("method", METHODS)
def test_without_a_token_there_is_nothing(tables, ini, cgi, method):
    config = ini(tables, INI)
    now = int(time.time())
    for sent in ("", "?_probe", "?_probe=", "?_probe=1.x",
                 "?_probe=" + seal("probe", now - 1),
                 "?_probe=" + seal("probe", now + 60, "another" * 4),
                 "?_probe=" + seal("form\n", now + 60),
                 "?_probe=" + seal("form\nanna", now + 60)):
        got = cgi(config, method, "/records/-/probe" + sent, env=ANNA)
        none = cgi(config, method, "/records/-/none" + sent, env=ANNA)
        assert (got.status, got.headers, got.body) == (
            404, none.headers, none.body), sent


def test_without_a_secret_there_is_nothing(tables, ini, cgi):
    config = ini(tables, INI.replace("secret = " + SECRET, ""))
    for secret in (SECRET, "x"):
        sent = seal("probe", int(time.time()) + 60, secret)
        got = cgi(config, "GET", "/records/-/probe?_probe=" + sent)
        assert got.status == 404


FIELDS = {"If-Match": '"a", W/"b"', "If-None-Match": '"c"',
          "If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT",
          "If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT",
          "If-Range": '"d"', "Range": "bytes=0-1", "Prefer": "return=minimal"}


@pytest.mark.parametrize("method", [m for m in METHODS if m != "HEAD"])
def test_the_probe_says_what_the_request_brought(tables, ini, cgi, method):
    config = ini(tables, INI.replace("anonymous = read", "anonymous = none"))
    got = cgi(config, method, "/records/-/probe/a%2Fb?_probe=" + token(),
              dict(FIELDS, Authorization="Basic c2VjcmV0", Cookie="secret=1",
                   **{"Content-Type": "application/octet-stream"}),
              b"\0\1\2", {"REMOTE_USER": "eve", "SERVER_SOFTWARE": "s/1"})
    said = got.json()
    assert got.status == 200 and len(got.body) > 512
    assert re.match(r"\d+\.\d{9}-\d+$", said.pop("at"))
    assert said == {
        **FIELDS, "method": method, "path": "/records/-/probe/a%2Fb",
        "segment": "a/b", "content_type": "application/octet-stream",
        "content_length": "3", "read": "3", "authorization": "yes",
        "remote_user": "eve", "host": "localhost", "server": "s/1",
        "gateway": "CGI", "probe": "v1"}
    assert "c2VjcmV0" not in got.text and SECRET not in got.text
    secure({n: v for n, v in got.headers})


def test_the_probe_says_nothing_of_what_did_not_come(tables, ini, cgi):
    said = cgi(ini(tables, INI), "GET", "/records/-/probe?_probe=" + token(),
               env={"HTTP_HOST": None, "SERVER_SOFTWARE": None}).json()
    assert {n for n in said if said[n] is None} == {
        *FIELDS, "segment", "content_type", "content_length", "authorization",
        "remote_user", "host", "server"}
    assert said["read"] == "0"


def test_no_two_replies_of_the_probe_are_alike(tables, ini, cgi):
    config = ini(tables, INI)
    url = "/records/-/probe?_probe=" + token()
    assert len({cgi(config, "GET", url).json()["at"]
                for _ in range(5)}) == 5


@pytest.mark.parametrize("status, headers, answer", [
    ("200", {}, 200), ("304", {}, 200), ("304", {"If-None-Match": '"x"'}, 304),
    ("404", {}, 404), ("412", {}, 412), ("500", {}, 500),
    ("201", {}, 400), ("x", {}, 400), ("", {}, 400)])
def test_the_probe_answers_with_a_status_of_the_list(tables, ini, cgi, status,
                                                     headers, answer):
    got = cgi(ini(tables, INI), "GET", "/records/-/probe?_probe=%s&_status=%s"
              % (token(), status), headers)
    assert got.status == answer
    if answer == 400:
        return
    assert got.get("ETag") == '"v1-probe"'
    assert (len(got.body) > 512) == (answer != 304)


# The page

def test_only_those_who_administrate_see_the_page(tables, ini, cgi):
    sent = dict(PAGE, **{"Content-Type": "application/json"})
    for method in ("GET", "POST"):
        def status(config, env):
            return cgi(config, method, "/records/-/check", sent, "x",
                       env).status
        nobody = ini(tables, INI.replace("admin = anna, Bernd B\n", ""))
        config = ini(tables, INI)
        assert status(nobody, ANNA) == status(nobody, {}) == 404
        assert status(config, {}) == 403
        assert status(config, {"REMOTE_USER": "eve"}) == 403
        assert status(config, {"REMOTE_USER": "Anna"}) == 403
        shown = 200 if method == "GET" else 400
        assert status(config, ANNA) == shown
        assert status(config, {"REMOTE_USER": "Bernd B"}) == shown
        # a name that the server says counts by configuration alone
        off = ini(tables, INI.replace("remote_user = on", ""))
        assert status(off, ANNA) == 403


def plan_of(page):
    """The page's place for the script: its attributes."""
    place, = [attrs for tag, attrs in page.tags if attrs.get("id") == "front"]
    return place


def test_the_page_says_what_the_command_says(tables, ini, cgi):
    config = ini(tables, INI)
    got = cgi(config, "GET", "/records/-/check", PAGE, env=ANNA)
    assert got.status == 200 and SECRET not in got.text
    secure(dict(got.headers))
    assert "script-src 'self'; connect-src 'self';" in (
        got.get("Content-Security-Policy"))
    page = Page(got.text)
    done = cgi.command("check", config=config)
    for line in done.stdout.splitlines():
        text = line.strip()
        if not re.match(r"(guard|key|rights): |\w+ \(", text):
            assert text in page.text, text
    for name in ("member", "boat", "paid", "counted"):
        assert name in page.text
    assert "xmin" not in page.text
    assert page.text.count("SELECT ifmatch.protect('public.boat');\n"
                           "SELECT ifmatch.protect('public.paid');") == 1
    assert "counted: read-only: " in page.text
    assert "ifmatch check --url http://localhost/records" in page.text
    scripts = [attrs["src"] for tag, attrs in page.tags if tag == "script"]
    assert scripts[-1] == "/records/-/check.js"
    assert plan_of(page)["data-judge"] == "/records/-/check"


def test_the_page_in_german(tables, ini, cgi):
    got = cgi(ini(tables, INI + "[table gone]\n"), "GET", "/records/-/check",
              dict(PAGE, **{"Accept-Language": "de"}), env=ANNA)
    assert '<html lang="de">' in got.text
    assert "Prüfung dieser Website" in got.text
    assert "<strong>falsch:</strong>" in got.text


def test_the_page_without_a_secret_cannot_send_anything(tables, ini, cgi):
    got = cgi(ini(tables, INI.replace("secret = " + SECRET, "")), "GET",
              "/records/-/check", PAGE, env=ANNA)
    assert got.status == 200
    assert "the web server cannot be checked" in html.unescape(got.text)
    assert "check.js" not in got.text and "<button" not in got.text


def test_the_script_is_served(tables, ini, cgi):
    got = cgi(ini(tables, INI), "GET", "/records/-/check.js")
    assert got.status == 200
    assert got.get("Content-Type") == "text/javascript; charset=utf-8"
    assert "fetch(" in got.text


def replies_of(cgi, config, plan, env=()):
    """What the plan's requests bring where nothing stands between."""
    replies = []
    for probe in plan:
        got = cgi(config, probe["method"], probe["path"], {
            n: v for n, v in probe["fields"].items() if "_" not in n},
            b"\0" * probe["size"], env)
        replies.append({"status": got.status, "tag": got.get("ETag"),
                        "coding": None, "body": got.text[:8000].strip()})
    return replies


def judge(cgi, config, data, **headers):
    return cgi(config, "POST", "/records/-/check", dict(
        PAGE, **{"Content-Type": "application/json", **headers}),
        data if isinstance(data, (str, bytes)) else json.dumps(data), ANNA)


def entries(text):
    """The list's (class, text)."""
    return [(kind, html.unescape(re.sub("<[^>]+>", "", shown)))
            for kind, shown in re.findall(
                r'(?s)<li class="(\w+)">(.*?)</li>', text)]


def test_what_the_script_sends_back_is_judged(tables, ini, cgi):
    config = ini(tables, INI)
    page = Page(cgi(config, "GET", "/records/-/check", PAGE, env=ANNA).text)
    plan = json.loads(plan_of(page)["data-probes"])
    assert [p["size"] for p in plan if p["size"] > 2] == [
        100000, 200000, 1000000, 1 << 20]
    replies = replies_of(cgi, config, plan)
    got = judge(cgi, config, {"origin": "http://localhost",
                              "replies": replies})
    assert got.status == 200 and got.text.startswith("<ul")
    assert {kind for kind, _ in entries(got.text)} == {"fine"}
    assert len(entries(got.text)) == 13
    # the same with a tag that was weakened on its way
    replies[2].update(tag='W/"v1-probe"', coding="gzip")
    got = judge(cgi, config, {"origin": "http://localhost",
                              "replies": replies})
    wrong, = [text for kind, text in entries(got.text) if kind == "wrong"]
    assert 'comes back as W/"v1-probe"' in wrong


@pytest.mark.parametrize("data", [
    "x", "[]", "{}", '{"origin":"http://h"}',
    '{"origin":"http://h","replies":{}}',
    '{"origin":"http://h","replies":[]}',
    '{"origin":1,"replies":[]}',
    '{"origin":"http://h","replies":[1]}',
    '{"origin":"http://h","replies":[{}]}',
    '{"origin":"http://h","replies":[{"status":200},{"status":200}]}'])
def test_what_cannot_be_judged_is_refused(tables, ini, cgi, data):
    config = ini(tables, INI)
    assert judge(cgi, config, data).status == 400
    if data.endswith("}]}") or data.endswith("[1]}"):
        # as many as were asked for, but one of them is no reply
        page = Page(cgi(config, "GET", "/records/-/check", PAGE,
                        env=ANNA).text)
        more = json.loads(plan_of(page)["data-probes"])[1:]
        data = json.loads(data)
        data["replies"] = data["replies"][:1] + [{"status": 1}] * len(more)
        good = data["replies"][0] == {"status": 200}
        assert judge(cgi, config, data).status == (200 if good else 400)


def test_anything_can_be_posted_without_harm(tables, ini, cgi):
    """Replies of every size and shape, as a script may send them."""
    config = ini(tables, INI)
    page = Page(cgi(config, "GET", "/records/-/check", PAGE, env=ANNA).text)
    n = len(json.loads(plan_of(page)["data-probes"]))
    for reply in ({"status": 0}, {"status": 200, "body": "{}"},
                  {"status": -1, "body": '{"probe":1}', "tag": ""},
                  {"status": 9e99, "body": "<script>x</script>", "tag": 3},
                  {"status": 200, "body": "database = x", "coding": "\u0007"},
                  {"status": 200, "body": json.dumps(
                      {"server": "<b>", "at": None, "probe": "v1"}),
                   "tag": "<script>"}):
        got = judge(cgi, config, {"origin": "x", "replies": [reply] * n})
        assert got.status == 200, reply
        assert entries(got.text) and "<script" not in got.text
        assert "<b>" not in got.text


def test_another_site_cannot_ask_for_a_judgement(tables, ini, cgi):
    config = ini(tables, INI)
    for headers in ({"Origin": "http://evil.example"},
                    {"Sec-Fetch-Site": "cross-site"}):
        assert judge(cgi, config, "{}", **headers).status == 403
    assert judge(cgi, config, "{}", **{
        "Content-Type": "text/plain"}).status in (403, 415)


# In a browser

def test_the_script_checks_the_server(tables, site, chromium):
    server = site(tables, INI, server="nginx-anna")
    chromium.open(server.url + "/-/check")
    chromium.click("#run")
    wait_until(lambda: chromium.find("#front li"), 60, "the findings")
    found = entries(chromium.run(
        "return document.getElementById('front').innerHTML"))
    assert [text for kind, text in found if kind == "wrong"] == []
    assert found[0][1] == (
        "ok: The program is reached through nginx/1.22.1, as FastCGI.")
    note, = [text for kind, text in found if kind == "limit"]
    assert "fastcgi_next_upstream off;" in note
    assert chromium.run("return document.getElementById('site').textContent"
                        ) == server.url
    texts = [text for _, text in found]
    assert "ok: Bodies of up to 1048576 bytes arrive: that is body_limit." in (
        texts)
    # the console tells of the statuses that were asked for, and of no more
    said = [line for line in chromium.log()
            if not re.search(r"status of (404|412|500) ", line)]
    assert said == []


# The command

def run(config, *args, path=None):
    return subprocess.run(
        [BINARY, "check", *args], stdout=subprocess.PIPE, timeout=120,
        stderr=subprocess.PIPE, text=True, check=False, cwd="/",
        env={"PATH": os.environ["PATH"] if path is None else path,
             "IFMATCH_CONFIG": config})


def test_the_command_checks_the_server(tables, site):
    server = site(tables, INI)
    done = run(server.ini, "--url", server.url)
    assert done.returncode == 0, done.stdout
    assert "\n%s\n  ok: The program is reached" % server.url in done.stdout


@pytest.mark.parametrize("url", [
    "", "x", "localhost", "ftp://localhost/", "http://", "http:///x",
    "http://localhost/?x", "http://localhost/#x", "http://a:b@localhost/",
    "http://local host/", "-o /tmp/x", "file:///etc/passwd"])
def test_what_is_no_url_is_refused(tables, ini, url):
    done = run(ini(tables, INI), "--url", url)
    assert done.returncode == 2
    assert "that is no URL such as" in done.stderr and not done.stdout


def test_the_commands_arguments(tables, ini):
    config = ini(tables, INI)
    for args in (["--url"], ["x"], ["--url", "http://h/", "x"], ["-u", "x"]):
        done = run(config, *args)
        assert done.returncode == 2
        assert "usage: ifmatch check [--url URL]" in done.stderr


def test_without_a_secret_the_command_says_so(tables, ini):
    config = ini(tables, INI.replace("secret = " + SECRET, ""))
    done = run(config, "--url", "http://127.0.0.1:9/")
    assert done.returncode == 1
    assert '\n  wrong: Without "secret" ' in done.stdout


def test_without_curl_the_command_says_so(tables, ini):
    done = run(ini(tables, INI), "--url", "http://127.0.0.1:9/",
               path="/nonexistent")
    assert done.returncode == 1
    assert "\n  wrong: The program curl is not there" in done.stdout
