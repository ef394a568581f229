"""HTTP libraries that others wrote, used as their manuals say: each program
beside this reads a row, reads it again by its tag, saves, and saves a stale
state. Two of them keep a cache."""
import os
import subprocess

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
MAKE = """CREATE TABLE note (key text PRIMARY KEY, body text);
INSERT INTO note VALUES ('a', 'old');
SELECT ifmatch.protect('note');
"""
PYTHON = "/usr/bin/python3"
USUAL = "200 304 204 412"
CACHED = "200 True %s 204 %s text/html; charset=utf-8"
# program, what runs it, what it prints, what the row then says
CLIENTS = [
    ("curl.sh", ["sh"], USUAL + " 412 200", "curl"),
    ("wget.sh", ["sh"], USUAL, "wget"),
    ("python-requests.py", [PYTHON], USUAL, "requests"),
    ("python-httpx.py", [PYTHON], USUAL, "httpx"),
    ("python-cachecontrol.py", [PYTHON], CACHED % (True, "cachecontrol"),
     "cachecontrol"),
    ("php-curl.php", ["php"], USUAL, "php"),
    ("php-streams.php", ["php"], USUAL, "streams"),
    ("perl-lwp.pl", ["perl"], USUAL, "lwp"),
    ("node-fetch.mjs", ["node"], USUAL, "node"),
    ("node-make-fetch-happen.js", ["node"],
     CACHED.lower() % ("revalidated", "happen"), "happen"),
    ("ruby-net-http.rb", ["ruby"], USUAL, "ruby"),
    ("JavaHttpClient.java", ["java"], USUAL, "java"),
    ("go-net-http.go", ["go", "run"], USUAL, "go"),
]


@pytest.fixture(scope="module")
def notes(cluster, module_site):
    """(site, query)"""
    name = cluster.makedb(MAKE)
    db = cluster.connect(name)

    def body():
        with db.cursor() as cursor:
            cursor.execute("SELECT body FROM note")
            return cursor.fetchone()[0]
    yield module_site(name, "anonymous = write\nsecret = " + "0123456789abcdef"
                      * 2 + "\n[table note]\n"), body
    db.close()
    cluster.dropdb(name)


@pytest.mark.parametrize("program, runner, said, body", CLIENTS,
                         ids=[row[0] for row in CLIENTS])
def test_library(notes, tmp_path, program, runner, said, body):
    site, now = notes
    done = subprocess.run(
        runner + [os.path.join(HERE, program), site.url + "/note/a"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
        cwd=tmp_path, env=dict(os.environ, GOCACHE=str(tmp_path / "go"),
                               GO111MODULE="off", no_proxy="127.0.0.1"))
    assert done.stdout.decode().split() == said.split(), done.stderr.decode()
    assert now() == body


def test_each_program_is_run():
    files = {name for name in os.listdir(HERE)
             if not name.startswith(("test_", "__", "."))}
    assert files - {"package.json"} == {row[0] for row in CLIENTS}
