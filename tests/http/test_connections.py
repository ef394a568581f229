"""connections = N: over all processes of a site, however they are started."""
import os
import shutil
import signal
import stat
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.cgi import environment
from harness.process import BINARY, make_folder
from harness.site import USER

TABLE = """CREATE TABLE note (key text PRIMARY KEY, body text);
SELECT ifmatch.protect('note');
INSERT INTO note VALUES ('a', 'old');"""
OPEN = "anonymous = write\nconnections = %d\nfolder = %s\n[table note]\n"


@pytest.fixture(name="notes")
def notes_fixture(cluster, database):
    cluster.psql(database, TABLE, user="owner")
    return database


@pytest.fixture(name="folder")
def folder_fixture(tmp_path):
    return str(tmp_path / "own")


@pytest.fixture(name="web_folder")
def web_folder_fixture():
    path = make_folder("ifmatch-own-", USER)
    yield path
    shutil.rmtree(path)


@pytest.fixture(name="config")
def config_fixture(ini, notes, folder):
    return lambda n: ini(notes, OPEN % (n, folder))


def sessions(cluster, database):
    return cluster.query("postgres", "SELECT count(*) FROM pg_stat_activity"
                         " WHERE datname = '%s' AND usename = 'ifmatch'"
                         % database)[0][0]


@pytest.fixture(name="held")
def held_fixture(config, notes, cgi, psql_session, cluster, wait_until):
    """The only connection is held by a request that waits for a lock: its
    process, and the session with that lock."""
    path = config(1)
    tag = cgi(path, "GET", "/records/note/a").get("ETag")
    session = psql_session(notes)
    session.run("BEGIN")
    session.run("SELECT key FROM note FOR UPDATE")
    body = b'{"body": "new"}'
    process = subprocess.Popen(
        [BINARY], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, cwd="/",
        env=environment(path, "PATCH", "/records/note/a", {
            "If-Match": tag, "Content-Type": "application/json"}, body, {}))
    process.stdin.write(body)
    process.stdin.close()
    wait_until(lambda: cluster.query(
        "postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname ="
        " '%s' AND wait_event_type = 'Lock'" % notes)[0][0] == 1)
    yield path, process, session
    process.kill()
    process.wait()
    process.stdout.close()
    process.stderr.close()


def test_without_a_connection_within_two_seconds_it_is_503(held, cgi):
    path, _, _ = held
    begin = time.monotonic()
    reply = cgi(path, "GET", "/records/note/a")
    assert 2 <= time.monotonic() - begin < 10
    assert reply.status == 503
    assert int(reply.get("Retry-After")) > 0
    assert "connections" in reply.errors


def test_a_connection_that_comes_free_is_waited_for(held, cgi):
    path, process, session = held
    with ThreadPoolExecutor(1) as threads:
        reply = threads.submit(cgi, path, "GET", "/records/note/a")
        session.run("COMMIT")
        process.wait()
        assert reply.result().json()["body"] == "new"


def test_killed_processes_give_their_connection_back(held, cgi, cluster,
                                                     notes, wait_until):
    path, process, session = held
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert cgi(path, "GET", "/records/note/a").status == 200
    session.run("COMMIT")
    wait_until(lambda: sessions(cluster, notes) == 0)


def test_workers_share_one_connection(site, notes, web_folder, cluster):
    web = site(notes, OPEN % (1, web_folder), workers=4)
    with ThreadPoolExecutor(8) as threads:
        replies = list(threads.map(
            lambda _: web.new_session().get(web.url + "/note/a"), range(40)))
    assert [r.status_code for r in replies] == [200] * 40
    assert sessions(cluster, notes) <= 1


def test_a_folder_that_is_removed_does_not_split_the_count(
        site, notes, web_folder, cluster, wait_until):
    """The manual says that it may be, at any time."""
    web = site(notes, OPEN % (1, web_folder), workers=1)
    assert web.get("/note/a").status_code == 200
    shutil.rmtree(web_folder)
    wait_until(lambda: sessions(cluster, notes) == 0)
    assert web.get("/note/a").status_code == 200
    assert os.listdir(web_folder)


def test_idle_workers_give_their_connection_back(site, notes, web_folder,
                                                 cluster, wait_until):
    web = site(notes, OPEN % (4, web_folder), workers=2)
    assert web.get("/note/a").status_code == 200
    assert sessions(cluster, notes) >= 1
    wait_until(lambda: sessions(cluster, notes) == 0)
    assert web.get("/note/a").status_code == 200


def test_without_a_count_they_keep_it(site, notes, cluster):
    web = site(notes, "anonymous = read\n[table note]\n", workers=1)
    assert web.get("/note/a").status_code == 200
    pids = "SELECT pid FROM pg_stat_activity WHERE datname = '%s'" % notes
    before = cluster.query("postgres", pids)
    assert web.get("/note/a").status_code == 200
    assert cluster.query("postgres", pids) == before


# The folder is nobody else's

def test_the_folder_is_closed_to_others(config, cgi, folder):
    assert cgi(config(1), "GET", "/records/note/a").status == 200
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    assert os.listdir(folder)
    for name in os.listdir(folder):
        assert stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode) == \
            0o600


def test_a_folder_that_others_may_enter_is_closed(config, cgi, folder):
    os.mkdir(folder)
    os.chmod(folder, 0o777)
    assert cgi(config(1), "GET", "/records/note/a").status == 200
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700


def link_of_the_folder(folder, elsewhere):
    os.symlink(elsewhere, folder)


def somebody_elses_folder(folder, _):
    os.mkdir(folder)
    os.chmod(folder, 0o777)
    os.chown(folder, 65534, 65534)


@pytest.mark.parametrize("prepare", [link_of_the_folder,
                                     somebody_elses_folder])
def test_what_others_have_prepared_is_not_used(config, cgi, folder, tmp_path,
                                               prepare):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    prepare(folder, str(elsewhere))
    reply = cgi(config(1), "GET", "/records/note/a")
    assert reply.status == 503
    assert folder in reply.errors
    assert not list(elsewhere.iterdir())


def test_links_to_files_are_not_followed(config, cgi, folder, tmp_path):
    path = config(1)
    assert cgi(path, "GET", "/records/note/a").status == 200
    victim = tmp_path / "victim"
    victim.write_text("kept")
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))
        os.symlink(victim, os.path.join(folder, name))
    assert cgi(path, "GET", "/records/note/a").status == 503
    assert victim.read_text() == "kept"
