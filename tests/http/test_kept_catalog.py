"""Plain CGI: what the catalogue said is kept in files between processes, and
believed only while the database is as it was."""
import os

import pytest

from harness.process import wait_until
from harness.proxy import Proxy

TABLES = """CREATE TABLE note (key text PRIMARY KEY, body text);
CREATE TABLE page (key text PRIMARY KEY, note text REFERENCES note);
SELECT ifmatch.protect('note');
SELECT ifmatch.protect('page');
INSERT INTO note VALUES ('a', 'old');
INSERT INTO page VALUES ('p', 'a');"""
INI = "database = %s\nanonymous = write\nfolder = %s\n[table public.*]\n"
JSON = {"Content-Type": "application/json"}


class Records:
    """The program as CGI, with a folder of its own."""

    def __init__(self, cluster, database, cgi, tmp_path, conninfo=None):
        self.cluster, self.database, self.cgi = cluster, database, cgi
        self.folder = str(tmp_path / "own")
        self.ini = str(tmp_path / "records.ini")
        self.write_ini(conninfo or cluster.conninfo(database))

    def write_ini(self, conninfo):
        with open(self.ini, "w", encoding="utf-8") as out:
            out.write(INI % (conninfo, self.folder))
        os.chmod(self.ini, 0o600)

    def __call__(self, method, path, **kwargs):
        return self.cgi(self.ini, method, "/records" + path, **kwargs)

    def run(self, sql):
        """What it changes is counted when its session has ended."""
        self.cluster.psql(self.database, sql, user="owner")
        wait_until(lambda: self.cluster.query(
            self.database, "SELECT count(*) FROM pg_stat_activity WHERE"
            " datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'") == [(0,)])

    def files(self):
        return [os.path.join(self.folder, name)
                for name in os.listdir(self.folder)]

    def asked(self, send):
        """How often the catalogue itself was asked."""
        self.cluster.query("postgres", "ALTER DATABASE %s SET log_statement ="
                           " 'all'" % self.database)
        mark = self.cluster.log_mark()
        reply = send()
        log = self.cluster.log_since(mark)
        return reply, log.count("-- The columns of one relation")


@pytest.fixture(name="records")
def records_fixture(cluster, database, cgi, tmp_path):
    records = Records(cluster, database, cgi, tmp_path)
    records.run(TABLES)
    assert records("GET", "/note/a").json()["body"] == "old"
    return records


def test_the_second_process_does_not_ask_the_catalogue(records):
    reply, asked = records.asked(lambda: records("GET", "/note/a"))
    assert reply.status == 200 and asked == 0


@pytest.mark.parametrize("path", ["/note/a", "/note", "/page/p", "/"])
def test_kept_answers_are_the_same_answers(records, path):
    for name in records.files():
        os.remove(name)
    first = records("GET", path)
    assert first.status == 200
    assert records("GET", path).text == first.text


@pytest.fixture(name="counted")
def counted_fixture(cluster, records):
    proxy = Proxy(cluster, late=True)
    records.write_ini(proxy.conninfo(records.database))

    def turns(*args, **kwargs):
        before = proxy.turns
        reply = records(*args, **kwargs)
        return reply, proxy.turns - before
    yield turns
    proxy.close()


@pytest.mark.parametrize("method, path, kwargs, status", [
    ("GET", "/note/a", {}, 200),
    ("GET", "/note", {}, 200),
    ("GET", "/", {}, 200),
    ("GET", "/note/a?_format=html", {}, 200),
    ("GET", "/note?_format=html", {}, 200),
    ("GET", "/page/p", {}, 200),
    ("PUT", "/note/b", {"body": '{"key": "b", "body": "new"}', "headers":
                        dict(JSON, **{"If-None-Match": "*"})}, 201),
    ("PATCH", "/note/a", {"body": '{"body": "new"}', "headers":
                          dict(JSON, **{"If-Match": "*"})}, 204)])
def test_a_request_waits_at_most_twice(counted, method, path, kwargs, status):
    for known in (path.partition("/b")[0] or "/", "/note/a?_format=html",
                  "/page/p"):
        # the sessions that made the database are counted when they have ended
        wait_until(lambda: counted("GET", known)[1] <= 2)
    reply, turns = counted(method, path, **kwargs)
    assert reply.status == status, reply.text
    assert 1 <= turns <= 2


CHANGES = [
    ("ALTER TABLE note ADD COLUMN more text DEFAULT 'm'",
     lambda r: r("GET", "/note/a").json().get("more") == "m"),
    ("ALTER TABLE note RENAME COLUMN body TO words",
     lambda r: r("GET", "/note/a").json().get("words") == "old"),
    ("ALTER TABLE note DROP COLUMN body",
     lambda r: "body" not in r("GET", "/note/a").json()),
    ("CREATE TABLE late (key text PRIMARY KEY);"
     "GRANT SELECT ON late TO ifmatch",
     lambda r: "/records/late" in r("GET", "/").text),
    ("DROP TABLE page", lambda r: r("GET", "/page/p").status == 404),
    ("REVOKE SELECT ON note FROM ifmatch",
     lambda r: r("GET", "/note/a").status == 404),
    ("REVOKE UPDATE ON note FROM ifmatch",
     lambda r: "PATCH" not in r("OPTIONS", "/note/a").get("Allow")),
    ("ALTER TABLE note DISABLE TRIGGER zzz_ifmatch",
     lambda r: r("GET", "/note/a").get("ETag") is None),
    ("COMMENT ON COLUMN note.body IS 'What is said'",
     lambda r: "What is said" in r("GET", "/note/a?_format=html").text)]


@pytest.mark.parametrize("change, seen", CHANGES, ids=[c for c, _ in CHANGES])
def test_a_change_of_the_database_is_seen_at_once(records, change, seen):
    for path in ("/", "/page/p", "/note/a?_format=html"):
        records("GET", path)
    assert not seen(records)
    records.run(change)
    assert seen(records)
    assert seen(records)


def test_a_write_by_what_has_changed_is_made_once(records):
    records.run("ALTER TABLE note ADD COLUMN more text;"
                "CREATE TABLE log (n serial);"
                "CREATE FUNCTION logs() RETURNS trigger LANGUAGE plpgsql AS"
                " 'BEGIN INSERT INTO log DEFAULT VALUES; RETURN NULL; END';"
                "ALTER FUNCTION logs() SECURITY DEFINER SET search_path = public;"
                "CREATE TRIGGER logs AFTER UPDATE ON note"
                " EXECUTE FUNCTION logs()")
    reply = records("PATCH", "/note/a", body='{"more": "m"}', headers=dict(
        JSON, **{"If-Match": "*"}))
    assert reply.status == 204, reply.text
    assert records.cluster.query(
        records.database, "SELECT count(*) FROM log") == [(1,)]


def spoil_bytes(path):
    with open(path, "r+b") as file:
        data = bytearray(file.read())
        data[-3] ^= 1
        file.seek(0)
        file.write(data)


def cut(path):
    os.truncate(path, os.path.getsize(path) - 1)


def hand_to_another(path):
    os.chown(path, 65534, 65534)


def make_a_link(path):
    os.rename(path, path + ".moved")
    os.symlink(path + ".moved", path)


@pytest.mark.parametrize("spoil", [spoil_bytes, cut, hand_to_another,
                                   make_a_link, os.remove])
def test_a_file_that_is_not_as_we_left_it_is_not_believed(records, spoil):
    for path in records.files():
        spoil(path)
    reply, asked = records.asked(lambda: records("GET", "/note/a"))
    assert reply.json()["body"] == "old" and asked == 1
    reply, asked = records.asked(lambda: records("GET", "/note/a"))
    assert reply.json()["body"] == "old" and asked == 0


def test_files_are_closed_to_others_and_whole(records):
    assert records.files()
    for path in records.files():
        assert os.stat(path).st_mode & 0o777 == 0o600
        assert "." not in os.path.basename(path)


def test_where_the_database_does_not_count_nothing_is_kept(records, cluster):
    cluster.query("postgres", "ALTER DATABASE %s SET track_counts = off"
                  % records.database)
    for _ in range(2):
        reply, asked = records.asked(lambda: records("GET", "/note/a"))
        assert reply.status == 200 and asked == 1
