"""Shared caches of other people's in front of the site: nothing stale, nothing
of somebody else's, and the page never in the place of the JSON."""
import contextlib
import os
import shutil
import subprocess

import pytest
import requests

from harness.process import (as_user, end, free_port, give, make_folder,
                             read_text, wait_until, write_file)
from harness.site import USER

HERE = os.path.dirname(os.path.abspath(__file__))
MODULES = "/usr/lib/apache2/modules"
MAKE = """CREATE TABLE note (key text PRIMARY KEY, body text);
INSERT INTO note VALUES ('a', 'old');
SELECT ifmatch.protect('note');
"""
INI = """anonymous = write
authenticated = write
secret = 0123456789abcdef0123456789abcdef
[table note]
"""
# Varnish 7.1 ends itself over a Content-Range of anything but bytes, as lists
# have, unless it is told to leave ranges alone.
COMMANDS = {
    "squid": ["/usr/sbin/squid", "-N", "-f", "{folder}/squid.conf"],
    "varnish": ["/usr/sbin/varnishd", "-F", "-j", "none", "-n",
                "{folder}/varnish", "-a", "127.0.0.1:{port}", "-b",
                "127.0.0.1:{origin}", "-s", "malloc,16m",
                "-p", "http_range_support=off"],
    "nginx": ["/usr/sbin/nginx", "-e", "stderr", "-p", "{folder}", "-c",
              "{folder}/nginx.conf"],
    "apache": ["/usr/sbin/apache2", "-D", "FOREGROUND", "-f",
               "{folder}/apache.conf"],
}
# Conditions of a GET that the cache does not hand on.
KEPT = {"squid": (), "varnish": ("If-Match",),
        "nginx": ("If-Match", "If-None-Match"), "apache": ()}
JSON, HTML = "application/json", "text/html"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Cache:
    """One cache before the site; requests as a client of the cache's."""

    def __init__(self, name, site):
        self.name, self.site = name, site
        self.folder = make_folder("ifmatch-cache-", USER)
        names = {"folder": self.folder, "port": free_port(),
                 "origin": site.port, "modules": MODULES}
        self.url = "http://127.0.0.1:%d%s" % (names["port"], site.base)
        conf = os.path.join(HERE, "conf", name + ".conf")
        if os.path.exists(conf):
            write_file(os.path.join(self.folder, name + ".conf"),
                       read_text(conf).format(**names), owner=USER)
        os.mkdir(os.path.join(self.folder, "cache"))
        give(os.path.join(self.folder, "cache"), USER)
        self.session = requests.Session()
        self.session.trust_env = False
        with open(os.path.join(self.folder, "log"), "wb") as log:
            self.process = start(COMMANDS[name], names, log)
        try:
            wait_until(self._answers, 30, "an answer from " + name)
        except BaseException:
            print(read_text(os.path.join(self.folder, "log")))
            self.stop()
            raise

    def _answers(self):
        assert self.process.poll() is None
        with contextlib.suppress(requests.ConnectionError):
            return self.request("GET", "/-/health").status_code == 200

    def request(self, method, path, url=None, **headers):
        body = headers.pop("data", None)
        return self.session.request(
            method, (url or self.url) + path, data=body, timeout=30, headers={
                name.replace("_", "-"): value
                for name, value in headers.items()})

    def get(self, path="/note/a", **headers):
        reply = self.request("GET", path, **headers)
        assert reply.status_code == 200, reply.text
        return reply

    def save(self, body, tag, url=None):
        return self.request("PATCH", "/note/a", url, If_Match=tag,
                            data='{"body":"%s"}' % body,
                            Content_Type="application/json").status_code

    def stop(self):
        self.session.close()
        end(self.process)
        shutil.rmtree(self.folder)


def start(command, names, log):
    return subprocess.Popen([word.format(**names) for word in command],
                            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                            cwd=names["folder"], **as_user(USER))


@pytest.fixture(scope="module")
def origin(cluster, module_site):
    name = cluster.makedb(MAKE)
    yield module_site(name, INI)
    cluster.dropdb(name)


@pytest.fixture(scope="module", params=sorted(COMMANDS))
def cache(request, origin):
    cache = Cache(request.param, origin)
    yield cache
    cache.stop()


def kind(reply):
    return reply.headers["Content-Type"].partition(";")[0]


def test_it_does_cache(cache):
    """What may be kept is kept: else the rest here would show nothing."""
    def asked():
        return cache.site.server_log().count("GET /records/-/style.css 200")
    before = asked()
    texts = {cache.get("/-/style.css", Accept="text/css").text
             for _ in range(3)}
    assert len(texts) == 1
    assert asked() == before + 1


def test_page_and_json_are_kept_apart(cache):
    for accept, wanted in ((JSON, JSON), (HTML, HTML), (JSON, JSON),
                           (HTML, HTML), (BROWSER, HTML),
                           ("application/json;q=0.5, text/html;q=0.1", JSON),
                           ("*/*", JSON)):
        assert kind(cache.get(Accept=accept)) == wanted, accept


def test_nothing_is_stale(cache):
    """Behind a save through the cache, and behind one past it."""
    for n, url in enumerate((None, cache.site.url) * 2):
        body = "saved%d" % n
        tag = cache.get(Accept=JSON).headers["ETag"]
        page = cache.get(Accept=HTML)
        assert body not in page.text
        assert cache.save(body, tag, url) == 204
        assert cache.get(Accept=JSON).json()["body"] == body
        assert body in cache.get(Accept=HTML).text
        assert cache.get("/note", Accept=JSON).json()[0]["body"] == body
        assert cache.save("lost", tag, url) == 412
        assert cache.get(Accept=JSON).json()["body"] == body


def test_conditions_of_readers(cache):
    """The program's verdict; where the cache keeps the condition to itself, the
    row as it is now."""
    reply = cache.get(Accept=JSON)
    tag = reply.headers["ETag"]
    kept = KEPT[cache.name]
    for _ in range(2):
        again = cache.request("GET", "/note/a", Accept=JSON,
                              If_None_Match=tag)
        assert (again.status_code, again.content) == (
            (200, reply.content) if "If-None-Match" in kept else (304, b""))
    assert cache.save("newer", tag) == 204
    again = cache.request("GET", "/note/a", Accept=JSON, If_None_Match=tag)
    assert again.status_code == 200
    assert again.json()["body"] == "newer"
    again = cache.request("GET", "/note/a", Accept=JSON, If_Match=tag)
    assert again.status_code == (200 if "If-Match" in kept else 412)
    assert again.json().get("body", "newer") == "newer"


def test_each_person_is_asked_for(cache):
    """A reply to one person, and a refusal, are never another one's."""
    def asked():
        return cache.site.server_log().count("GET /records/note/a 200")
    before = asked()
    for name in ("Basic YTph", "Basic Yjpi", None):
        headers = {"Authorization": name} if name else {}
        cache.get(Accept=JSON, **headers)
        cache.get(Accept=HTML, **headers)
    assert asked() == before + 6
    for _ in range(2):
        assert cache.request("GET", "/note/b").status_code == 404
    cache.site.put("/note/b", json={"key": "b", "body": "new"},
                   headers={"If-None-Match": "*"})
    assert cache.get("/note/b", Accept=JSON).json()["body"] == "new"
    cache.site.delete("/note/b", headers={"If-Match": "*"})
    assert cache.request("GET", "/note/b").status_code == 404
