"""What no server may show: the configuration, and what came with the program."""
import os
import re

import pytest

import hosts

INI = """database = host=127.0.0.1 port=1 dbname=none password=hidden
secret = 0123456789abcdef0123456789abcdef
anonymous = read
"""


def archive():
    return sorted(os.path.relpath(os.path.join(at, name), hosts.DIST)
                  for at, _, names in os.walk(hosts.DIST) for name in names)


@pytest.fixture(name="host")
def host_fixture(hosted):
    host = hosted()
    host.apache(allow="All")
    host.upload("htdocs/.htaccess", host.htaccess())
    host.upload("htdocs/records", ("file", "ifmatch"), 0o755)
    host.upload("records.ini", INI, 0o600)
    return host


def upload_all(host):
    """Somebody who puts everything where the web shows it."""
    for name in archive():
        os.makedirs(os.path.dirname(os.path.join(host.www, name)),
                    exist_ok=True)
        host.upload("htdocs/" + name, ("file", name), 0o644)
    host.upload("htdocs/records.ini", INI, 0o644)
    host.upload("htdocs/try.cgi", ("file", "try.cgi"), 0o755)


def shouted(done):
    """The paths that check says anybody can fetch."""
    return set(re.findall(r"(?m)^  wrong: Anybody can fetch (/[^ ,]+)",
                          done.stdout))


def test_every_file_of_the_archive_is_tried(host):
    tried, = re.findall("(?m)^  ok: .* Tried: (.*)$",
                        host.check(1).stdout)
    assert set(tried.split(", ")) >= {"/" + name for name in archive()} | {
        "/records.ini", "/.htaccess"}


def test_each_that_comes_back_is_shouted_at(host):
    upload_all(host)
    text = host.htaccess()
    start = text.index("<FilesMatch")
    host.upload("htdocs/.htaccess", text[:start])
    said = shouted(host.check(1))
    assert said == {"/" + name for name in archive()} | {
        "/records.ini", "/.htaccess"}
    # the advice is one that .htaccess takes
    assert "<Location" not in host.check(1).stdout


def test_the_sample_denies_them(host):
    upload_all(host)
    # a program of that name runs, as it was asked to, until it is deleted
    assert shouted(host.check(1)) == {"/try.cgi"}
    host.remove_file("htdocs/try.cgi")
    assert shouted(host.check(1)) == set()
    for name in archive() + ["records.ini", ".htaccess"]:
        reply = host.get("/" + name)
        assert reply.status_code in (403, 404), name


def test_what_an_editor_leaves_is_denied(host):
    for name in ("records.ini~", "records.ini.bak", "records.ini.2026"):
        host.upload("htdocs/" + name, INI)
        assert host.get("/" + name).status_code == 403, name


def test_other_files_of_the_owner_are_shown(host):
    for name, text in (("index.html", "<p>Welcome"), ("club.css", "p {}"),
                       ("program.pdf", "%PDF-"), ("data.1", "1")):
        host.upload("htdocs/" + name, text)
        assert host.get("/" + name).text == text


def test_a_row_whose_key_looks_like_a_file_is_no_file(host):
    """It is the program that answers."""
    for key in ("a.sql", "records.ini", "INSTALL"):
        reply = host.get("/records/member/" + key)
        assert reply.headers["Content-Type"] == "application/problem+json"
