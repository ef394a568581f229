"""Behind PgBouncer in transaction mode, and with several hosts."""
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.cluster import Cluster
from harness.process import as_user, end, free_port, make_folder, wait_until

POOLER = """[databases]
* = host=%s port=%d user=ifmatch
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir = %s
auth_type = any
auth_file = %s/users
pool_mode = transaction
default_pool_size = %d
logfile = %s/log
pidfile = %s/pid
"""
TABLE = """CREATE TABLE note (key text PRIMARY KEY, body text, day timestamptz
    DEFAULT '2020-01-01 12:00+00', cost money DEFAULT 5);
SELECT ifmatch.protect('note');
INSERT INTO note VALUES ('a', 'old');
CREATE FUNCTION state() RETURNS text LANGUAGE sql SET search_path = '' AS
    'SELECT current_setting(''ifmatch.person'', true)';"""
INI = ("database = %s\nanonymous = write\nremote_user = on\n"
       "authenticated = write\n%s[table note]\n")
JSON = {"Content-Type": "application/json"}


class Pooler:
    """PgBouncer before a cluster. Clients say whom they are to be there."""

    def __init__(self, cluster, size=1):
        self.folder = make_folder("ifmatch-pooler-", "postgres")
        self.port = free_port()
        folder = self.folder
        with open(os.path.join(folder, "ini"), "w", encoding="utf-8") as out:
            out.write(POOLER % (cluster.sockdir, cluster.port, self.port,
                                folder, folder, size, folder, folder))
        with open(os.path.join(folder, "users"), "w", encoding="utf-8") as out:
            out.write('"ifmatch" ""\n')
        self.process = subprocess.Popen(
            ["/usr/sbin/pgbouncer", "-q", os.path.join(folder, "ini")],
            stderr=subprocess.DEVNULL, **as_user("postgres"))
        socket = os.path.join(folder, ".s.PGSQL.%d" % self.port)
        wait_until(lambda: os.path.exists(socket))

    def conninfo(self, database):
        return "host=127.0.0.1 port=%d dbname=%s user=ifmatch" % (
            self.port, database)

    def stop(self):
        end(self.process)
        shutil.rmtree(self.folder)


@pytest.fixture(name="notes")
def notes_fixture(cluster, database):
    cluster.psql(database, "ALTER DATABASE %s SET timezone = 'Asia/Tokyo';"
                 "ALTER DATABASE %s SET datestyle = 'German'"
                 % (database, database))
    cluster.psql(database, TABLE, user="owner")
    # auth_type any lets everybody in as this one
    cluster.psql("postgres", "ALTER ROLE ifmatch LOGIN")
    return database


@pytest.fixture(name="pooler")
def pooler_fixture(cluster):
    pooler = Pooler(cluster)
    yield pooler
    pooler.stop()


@pytest.fixture(name="web")
def web_fixture(site, notes, pooler):
    return site(notes, INI % (pooler.conninfo(notes), "time_zone = UTC\n"),
                workers=3)


def test_reads_and_guarded_writes_go_through_one_backend(web):
    for n in range(6):
        first = web.get("/note/a")
        assert first.json()["day"] == "2020-01-01T12:00:00+00:00"
        tag = first.headers["ETag"]
        for status in (204, 412):
            assert web.patch("/note/a", json={"body": "b%d" % n},
                             headers={"If-Match": tag}).status_code == status
        assert web.get("/note/a").json()["body"] == "b%d" % n
        assert web.get("/note?limit=5").status_code == 200


def test_many_clients_share_it(web):
    with ThreadPoolExecutor(6) as threads:
        replies = list(threads.map(
            lambda _: web.new_session().get(web.url + "/note/a"), range(60)))
    assert {r.status_code for r in replies} == {200}
    assert len({r.text for r in replies}) == 1


def test_nothing_is_prepared_or_set_for_good(cluster, web, pooler, notes):
    for _ in range(6):
        assert web.get("/note/a").status_code == 200
        assert web.get("/note").status_code == 200
    asked = subprocess.run(
        ["psql", "-XAt", pooler.conninfo(notes), "-c",
         "SELECT count(*) FROM pg_prepared_statements", "-c",
         "SHOW timezone", "-c", "SHOW search_path", "-c", "SHOW datestyle",
         "-c", "SELECT current_setting('ifmatch.person', true)"],
        check=True, capture_output=True, text=True).stdout.split("\n")
    assert asked[:4] == ["0", "Asia/Tokyo", '"$user", public', "German, DMY"]
    assert asked[4] == ""


def test_who_wrote_is_known(web, cluster, notes, cgi):
    ini = web.ini
    tag = cgi(ini, "GET", "/records/note/a").get("ETag")
    reply = cgi(ini, "PATCH", "/records/note/a", headers=dict(
        JSON, **{"If-Match": tag}), body='{"body": "x"}',
        env={"REMOTE_USER": "anna"})
    assert reply.status == 204
    assert cluster.query(notes, "SELECT updated_by FROM note") == [("anna",)]


def test_directly_statements_are_prepared_and_settings_kept(
        site, cluster, notes):
    web = site(notes, INI % (cluster.conninfo(notes), "time_zone = UTC\n"),
               workers=1)
    assert web.get("/note/a").status_code == 200
    mark = cluster.log_mark()
    cluster.setting("log_statement", "all")
    for _ in range(2):
        assert web.get("/note/a").json()["day"] == "2020-01-01T12:00:00+00:00"
    cluster.setting("log_statement", None)
    log = cluster.log_since(mark)
    assert "set_config('DateStyle'" not in log
    assert re.search(r"execute s\d+:", log)
    assert "execute <unnamed>" not in log


# Several hosts

@pytest.fixture(name="standby", scope="module")
def standby_fixture():
    """A server that takes no writes, as one of which a site has two."""
    standby = Cluster()
    standby.make_roles()
    name = standby.createdb("db")
    standby.psql("postgres", "ALTER SYSTEM SET default_transaction_read_only"
                 " = on; SELECT pg_reload_conf()")
    yield standby, name
    standby.stop()
    standby.remove()



def test_the_host_that_takes_writes_is_found(cgi, ini, cluster, notes,
                                             standby, tmp_path):
    other, _ = standby
    both = "host=%s,%s port=%d,%d dbname=%s user=ifmatch " % (
        other.sockdir, cluster.sockdir, other.port, cluster.port, notes)
    other.query("postgres", "SELECT 1")
    other.psql("postgres", "SET default_transaction_read_only = off;"
               "CREATE DATABASE %s" % notes)
    path = str(tmp_path / "site.ini")
    for wish, status in (("target_session_attrs=read-write", 200),
                         ("target_session_attrs=any", 404)):
        with open(path, "w", encoding="utf-8") as out:
            out.write(INI % (both + wish, "folder = %s\n" % tmp_path))
        os.chmod(path, 0o600)
        assert cgi(path, "GET", "/records/note/a").status == status


def test_a_session_that_takes_no_writes_is_not_kept(site, notes, cluster):
    """As the sessions of a managed database that was full for a while."""
    setting = "ALTER DATABASE %s SET default_transaction_read_only = " % notes
    cluster.query("postgres", setting + "on")
    web = site(notes, INI % (cluster.conninfo(notes), ""), workers=1)

    def patch():
        tag = web.get("/note/a").headers["ETag"]
        return web.patch("/note/a", json={"body": "new"},
                         headers={"If-Match": tag}).status_code
    assert patch() == 503
    cluster.query("postgres", setting + "off")
    assert patch() == 204


def test_the_next_host_is_taken_where_one_is_away(cgi, cluster, notes,
                                                  tmp_path):
    path = str(tmp_path / "site.ini")
    with open(path, "w", encoding="utf-8") as out:
        out.write(INI % ("host=%s,%s port=%d,%d dbname=%s user=ifmatch" % (
            "127.0.0.1", cluster.sockdir, free_port(), cluster.port, notes),
            ""))
    os.chmod(path, 0o600)
    assert cgi(path, "GET", "/records/note/a").status == 200
