"""Each mistake in a configuration: file, line, and what was expected."""
import os
import re

import pytest

from harness.process import write_file

SECRET = "secret = 0123456789abcdef0123456789abcdef\n"
MAKE = """CREATE SCHEMA other;
CREATE TABLE member (id int PRIMARY KEY, name text, version int,
    joined date);
CREATE TABLE twin (id int PRIMARY KEY); CREATE TABLE other.twin (id int);
CREATE TABLE lone (v text);
CREATE VIEW seen AS SELECT id, name FROM member;
CREATE TABLE "odd name" (id int PRIMARY KEY);"""
# text behind the line "database = ...", the line at fault, words to be said
FILE_MISTAKES = {
    "a picture from elsewhere": (
        "logo = https://other.example/logo.svg\n", 2, ["logo", "this host"]),
    "no such header": ("header = nowhere.html\n", 2, [
        "header = nowhere.html", "No such file"]),
    "unknown key": ("titel = x\n", 2, ["titel", "title"]),
    "unknown key in a section": ("[table member]\nhiden = x\n", 3,
                                 ["hiden", "hidden"]),
    "key of a table before any": ("hidden = name\n", 2,
                                  ["hidden", "[table ...]"]),
    "key of the site in a section": ("[table member]\ntitle = x\n", 3,
                                     ["title", "before the first section"]),
    "twice": ("title = a\n\ntitle = b\n", 4, ["title", "line 2"]),
    "twice in a section": ("[table member]\nlabel = a\nlabel = b\n", 4,
                           ["label", "line 3"]),
    "section twice": ("[table member]\n[table member]\n", 3, ["line 2"]),
    "section twice, with schema": ("[table member]\n[table public.member]\n",
                                   3, ["line 2"]),
    "no section": ("[tables member]\n", 2, ["[table NAME]"]),
    "a section not closed": ("[table member\n", 2, ["[table NAME]"]),
    "no value": ("title =\n", 2, ["title", "expected"]),
    "no key": ("just words\n", 2, ["KEY = VALUE"]),
    "language": ("language = fr\n", 2, ["fr", "auto", "en", "de"]),
    "anonymous": ("anonymous = yes\n", 2, ["yes", "none, read or write"]),
    "authenticated": ("authenticated = all\n", 2, ["none, read or write"]),
    "remote_user": ("remote_user = maybe\n", 2, ["maybe", "on or off"]),
    "secret": ("secret = short\n", 2, ["secret", "16 characters"]),
    "base": ("base = records\n", 2, ["records", "path"]),
    "body_limit": ("body_limit = 1\n", 2, ["1K to 64M"]),
    "body_limit, unit": ("body_limit = 5G\n", 2, ["5G", "1K to 64M"]),
    "body_limit, overflow": ("body_limit = 99999999999999999999M\n", 2,
                             ["1K to 64M"]),
    "statement_timeout": ("statement_timeout = 25\n", 2, ["25s"]),
    "workers": ("workers = 0\n", 2, ["1 to 1000"]),
    "workers, no number": ("workers = 4x\n", 2, ["4x", "1 to 1000"]),
    "blind_writes": ("blind_writes = perhaps\n", 2, ["yes or no"]),
    "accept_dates": ("accept_dates = 2\n", 2, ["yes or no"]),
    "bump": ("[table member]\nbump = both\n", 3, ["self or trigger"]),
    "a list": ("[table member]\nhidden = a,,b\n", 3, ["commas"]),
    "a name not closed": ("[table member]\nhidden = \"a\n", 3, ["commas"]),
    "behind windows line ends": ("title = x\r\n\r\ntitel = x\r\n", 4,
                                 ["titel"]),
    "another encoding": ("title = Z\udcfcrich\n", 2, ["UTF-8"]),
    "another encoding of a table": ("[table gr\udcf6\udcdfe]\n", 2,
                                    ["UTF-8"]),
    "behind comments": ("# titel = x\n; titel = x\ntitel = x\n", 4,
                        ["titel"]),
}
DATABASE_MISTAKES = {
    "a table that is not there": ("[table members]\n", 2, ["members"]),
    "a schema that is not there": ("[table nowhere.*]\n", 2, ["nowhere"]),
    "a table of another schema": ("[table other.member]\n", 2,
                                  ["other.member"]),
    "one name in two schemas": ("[table twin]\n[table other.twin]\n", (2, 3),
                                ["twin"]),
    "one name given to two": ("[table member]\nname = x\n[table twin]\n"
                              "name = x\n", (3, 5), ["x"]),
    "hidden": ("[table member]\nhidden = iban\n", 3, ["iban", "id, name"]),
    "read_only": ("[table member]\nread_only = name, iban\n", 3, ["iban"]),
    "version_column": ("[table member]\nversion_column = rev\n", 3, ["rev"]),
    "version_column of a type": ("[table member]\nversion_column = name\n", 3,
                                 ["name"]),
    "modified": ("[table member]\nversion_column = none\nmodified = later\n",
                 4, ["later"]),
    "label": ("[table member]\nlabel = {last_name}\n", 3, ["last_name"]),
    "key": ("[table seen]\nkey = number\n", 3, ["number"]),
    "time_zone": ("time_zone = Mars/Olympus\n[table member]\n", None,
                  ["Mars/Olympus"]),
}


@pytest.fixture(scope="module")
def database(cluster):
    name = cluster.makedb(MAKE)
    cluster.grant(name)
    yield name
    cluster.dropdb(name)


def complaints(done):
    assert done.returncode == 1, (done.stdout, done.stderr)
    return done.stdout + done.stderr


def assert_said(text, path, line, words):
    lines = [t for t in text.splitlines() if path + ":" in t]
    if line is None:
        assert all(word in text for word in words), text
        return
    among = line if isinstance(line, tuple) else (line,)
    said = [t for t in lines if any("%s:%d: " % (path, n) in t
                                    for n in among)]
    assert said, text
    assert any(all(word in t.partition(path)[2] for word in words)
               for t in said), text


@pytest.mark.parametrize("name", FILE_MISTAKES)
def test_a_mistake_in_the_file_is_named(database, ini, cgi, name):
    text, line, words = FILE_MISTAKES[name]
    path = ini(database, text)
    said = complaints(cgi.command("check", config=path))
    assert_said(said, path, line, words)
    assert "dbname" not in said
    serve = cgi.command("serve", "127.0.0.1:1", config=path)
    assert_said(complaints(serve), path, line, words)


@pytest.mark.parametrize("name", DATABASE_MISTAKES)
def test_a_mistake_against_the_database_is_named(database, ini, cgi, name):
    text, line, words = DATABASE_MISTAKES[name]
    path = ini(database, text)
    assert_said(complaints(cgi.command("check", config=path)), path, line,
                words)


def test_a_file_with_a_mistake_serves_nothing(database, ini, cgi):
    path = ini(database, SECRET + "anonymous = write\ntitel = x\n"
               "[table member]\n")
    got = cgi(path, "GET", "/records/member")
    assert got.status == 503 and got.get("Retry-After")
    assert "titel" in got.errors and path + ":4:" in got.errors
    assert path not in got.text and "titel" not in got.text


@pytest.fixture
def folder(tmp_path):
    return str(tmp_path)


@pytest.mark.parametrize("text", [
    "database = host=/x dbname=d password=s3cret\n",
    "database = postgresql://u:s3cret@h/d\n",
    "database = dbname=d\nsecret = s3cret0123456789abcdef\n"])
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o602])
def test_a_password_that_others_can_read_is_refused(folder, cgi, text, mode):
    path = write_file(os.path.join(folder, "club.ini"), text, mode)
    done = cgi.command("check", config=path)
    said = complaints(done)
    assert "chmod 600 " + path in said
    assert "s3cret" not in said
    got = cgi(path, "GET", "/records/")
    assert got.status == 503
    assert "s3cret" not in got.text + got.errors


def test_a_password_for_the_owner_alone_is_read(folder, cgi):
    path = write_file(os.path.join(folder, "club.ini"),
                      "database = host=/nowhere dbname=d password=s3cret\n",
                      0o600)
    said = complaints(cgi.command("check", config=path))
    assert "chmod" not in said and "s3cret" not in said
    assert "/nowhere" in said


def test_there_is_no_configuration(folder, cgi):
    missing = os.path.join(folder, "none.ini")
    assert missing in complaints(cgi.command("check", config=missing))
    for path in ("/records/", "/records/member", "/records/-/health"):
        got = cgi(missing, "GET", path)
        assert got.status == 503
        assert missing not in got.text and missing in got.errors


def test_a_file_without_a_database_says_so(folder, cgi):
    path = write_file(os.path.join(folder, "club.ini"), "title = x\n", 0o600)
    said = complaints(cgi.command("check", config=path))
    assert path in said and "database = " in said


def test_a_database_that_cannot_be_reached_is_said(folder, cgi):
    path = write_file(os.path.join(folder, "club.ini"),
                      "database = host=%s dbname=none\n[table a]\n" % folder,
                      0o600)
    assert folder in complaints(cgi.command("check", config=path))


def test_nothing_is_exposed_without_a_section(database, ini, cgi):
    path = ini(database, SECRET + "anonymous = write\n")
    home = cgi(path, "GET", "/records/")
    assert home.json() == {"tables": []}
    for table in ("member", "pg_class", "twin", "public.member"):
        assert cgi(path, "GET", "/records/" + table).status == 404
    done = cgi.command("check", config=path)
    assert "no [table ...] section" in done.stdout


def test_nobody_is_allowed_in_without_saying_so(database, ini, cgi):
    path = ini(database, SECRET + "[table public.*]\n")
    for target in ("/records/", "/records/member", "/records/member/1"):
        assert cgi(path, "GET", target).status in (401, 403)
    # the server's word for who it is counts by configuration alone
    path = ini(database, SECRET + "authenticated = write\n[table public.*]\n")
    got = cgi(path, "GET", "/records/member", env={"REMOTE_USER": "anna"})
    assert got.status in (401, 403)
    done = cgi.command("check", config=path)
    assert "nobody is allowed in" in done.stdout


def test_reading_allowed_is_not_writing_allowed(database, ini, cgi):
    path = ini(database, SECRET + "anonymous = read\n[table twin]\n")
    assert cgi(path, "GET", "/records/twin").status == 200
    got = cgi(path, "POST", "/records/twin", {
        "Content-Type": "application/json"}, b'{"id": 1}')
    assert got.status == 403
    assert cgi(path, "GET", "/records/twin").json() == []


def test_check_shows_what_is_on_offer(database, ini, cgi):
    path = ini(database, SECRET + "anonymous = read\n[table public.*]\n"
               "[table other.twin]\nname = other_twin\n")
    done = cgi.command("check", config=path)
    assert done.returncode == 0, done.stdout + done.stderr
    for text in ("member", "key: id", "guard: xmin", "odd name",
                 "version_column = version", "version_column = none",
                 "key: none", "other_twin", "rights: read"):
        assert text in done.stdout, (text, done.stdout)


def test_the_sample_can_be_loaded_again(cluster, database, folder, cgi):
    sample = cgi.command("sample")
    assert sample.returncode == 0
    text, n = re.subn(r"(?m)^database = .*$", "database = "
                      + cluster.conninfo(database), sample.stdout)
    assert n == 1
    path = write_file(os.path.join(folder, "club.ini"), text, 0o600)
    done = cgi.command("check", config=path)
    assert done.returncode == 0, done.stdout + done.stderr
    # every commented line is good as well, but for what it names
    for part in sample.stdout.split(";[table"):
        keys = re.findall(r"(?m)^;?([a-z_.]+) = ", part)
        assert len(keys) == len(set(keys)) > 10
    open_text = re.sub(r"(?m)^;(?=[a-z\[])", "", text)
    open_text = open_text.replace("{last_name}, {first_name}", "{name}")
    open_text = re.sub(r"(?m)^hidden = .*$", "hidden = name", open_text)
    open_text = re.sub(r"(?m)^grid = .*$", "grid = joined", open_text)
    write_file(path, open_text, 0o600)
    for name in ("header.html", "footer.html"):
        write_file(os.path.join(folder, name), "<p>ours</p>\n")
    done = cgi.command("check", config=path)
    assert done.returncode == 1
    said = [t for t in (done.stdout + done.stderr).splitlines()
            if re.search(r"\.ini:\d+: ", t)]
    missed = {re.search(r" has no column (\w+): ", t).group(1) for t in said}
    assert missed <= {"updated_at", "iban", "fee", "phone", "paid"}, said
    assert "updated_at" in missed


def test_two_samples_have_two_secrets(cgi):
    secrets = {re.search(r"(?m)^secret = (.*)$", cgi.command(
        "sample").stdout).group(1) for _ in range(3)}
    assert len(secrets) == 3 and all(len(s) >= 32 for s in secrets)
