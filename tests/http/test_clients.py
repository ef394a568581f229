"""README's programs, as they stand there: read, save, a stale save, read again,
add to what is there now, save, create, create again."""
import html
import os
import re
import shutil
import subprocess

import pytest

from harness.process import (ROOT, as_user, give, make_folder, read_text,
                             write_file)
from harness.site import USER

INI = """anonymous = write
secret = 0123456789abcdef0123456789abcdef
[table room]
"""
STATUSES = ["204", "412", "204", "201", "412"]
PAGE = """<!DOCTYPE html><title>A page</title><body><pre></pre>
<script type="module">
const shown = document.querySelector("pre");
console.log = (text) => shown.append(text + "\\n");
addEventListener("unhandledrejection", (event) => console.log(event.reason));
%s
</script>
"""


def examples():
    """The fenced blocks that README has for programs: {language: text}."""
    readme = read_text(os.path.join(ROOT, "README.md"))
    text = re.search(r"(?ms)^### From programs$(.*?)^##", readme).group(1)
    found = re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", text)
    assert len(found) == len(dict(found))
    return dict(found)


@pytest.fixture
def room(site, cluster, demo_database):
    """(site, query)"""
    db = cluster.connect(demo_database)

    def query(sql):
        with db.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    yield site(demo_database, INI), query
    db.close()


@pytest.fixture
def folder():
    folder = make_folder("ifmatch-client-", USER)
    yield folder
    shutil.rmtree(folder)


def run(folder, *args, **more):
    done = subprocess.run(
        args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=120, cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8",
             **more}, **as_user(USER))
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def program(command):
    def said(site, folder, text):
        path = write_file(os.path.join(folder, "program"), text, owner=USER)
        return run(folder, *command, path, site.url, U=site.url)
    return said


def browser(site, folder, text):
    """In a page of the site's, in Chromium without a window."""
    assert '"%s/' % site.base in text
    path = os.path.join(site.folder, "www", "page.html")
    give(write_file(path, PAGE % text), USER)
    got = run(folder, "chromium", "--headless", "--no-sandbox",
              "--disable-gpu", "--disable-dev-shm-usage",
              "--user-data-dir=" + os.path.join(folder, "profile"),
              "--virtual-time-budget=60000", "--dump-dom",
              site.origin + "/page.html")
    shown = re.search(r"(?s)<pre>(.*?)</pre>", got)
    assert shown, got
    return html.unescape(shown.group(1))


CLIENTS = {"sh": program(["sh"]), "python": program(["/usr/bin/python3"]),
           "php": program(["php"]), "js": browser}


@pytest.mark.parametrize("language", CLIENTS)
def test_readme(room, folder, language):
    site, query = room
    sauna = "SELECT name, places FROM room WHERE code = 'SAUNA'"
    hall = "SELECT places FROM room WHERE code = 'HALL'"
    assert (query(sauna), query(hall)) == ([], [(120,)])
    said = CLIENTS[language](site, folder, examples()[language])
    assert said.split() == STATUSES
    assert (query(sauna), query(hall)) == ([("Sauna", 8)], [(130,)])


def test_each_example_is_run():
    assert set(examples()) == set(CLIENTS)
